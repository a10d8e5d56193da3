import { QueryObserver } from '@tanstack/react-query';
import { expect, onTestFinished, test } from 'vitest';
import { type Area, askAgain, createQueryClient, keyOf } from '#renderer/lib/queries.ts';

const KEY = keyOf('alert:list', { state: 'all', after: null, limit: 1 });

/** A screen that shows the answers to one question; each is given by the test. */
function watch() {
  const client = createQueryClient();
  const asked: ((answer: string) => void)[] = [];
  const observer = new QueryObserver(client, {
    queryKey: KEY,
    queryFn: () => new Promise<string>((resolve) => asked.push(resolve)),
  });
  onTestFinished(observer.subscribe(() => undefined));
  const shown = () => observer.getCurrentResult().data;
  return { client, asked, shown, change: (area: Area) => askAgain(client, [area]) };
}

test('a change while the first answer is under way is asked about after it', async () => {
  const { asked, shown, change } = watch();
  expect(asked).toHaveLength(1);
  change('alerts');
  asked[0]?.('before the change');
  await expect.poll(() => asked.length).toBe(2);
  asked[1]?.('after it');
  await expect.poll(shown).toBe('after it');
});

test('a change while a later answer is under way is asked about at once', async () => {
  const { asked, shown, change } = watch();
  asked[0]?.('first');
  await expect.poll(shown).toBe('first');
  change('alerts');
  change('alerts');
  expect(asked).toHaveLength(3);
  asked[2]?.('newest');
  asked[1]?.('older');
  await expect.poll(shown).toBe('newest');
});

test('what a change does not touch is not asked again', async () => {
  const { asked, shown, change } = watch();
  asked[0]?.('first');
  await expect.poll(shown).toBe('first');
  change('rules');
  expect(asked).toHaveLength(1);
});
