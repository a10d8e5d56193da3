import { expect, test } from 'vitest';
import { createConfirmDesk } from '#renderer/lib/confirm-desk.ts';

/** Somebody at the desk who answers when told to. */
function sitDown() {
  const desk = createConfirmDesk();
  const answers: ((isConfirmed: boolean) => void)[] = [];
  const leave = desk.serve(() => new Promise((resolve) => answers.push(resolve)));
  return { desk, answers, leave };
}

test('calls that wait together are asked for once and answered together', async () => {
  const { desk, answers } = sitDown();
  const waiting = Promise.all([desk.ask(), desk.ask()]);
  expect(answers).toHaveLength(1);
  answers[0]?.(true);
  expect(await waiting).toEqual([true, true]);
});

test('a later call is asked for again', async () => {
  const { desk, answers } = sitDown();
  const first = desk.ask();
  answers[0]?.(false);
  expect(await first).toBe(false);
  const second = desk.ask();
  expect(answers).toHaveLength(2);
  answers[1]?.(true);
  expect(await second).toBe(true);
});

test('where nobody can ask, nothing is confirmed', async () => {
  expect(await createConfirmDesk().ask()).toBe(false);
  const { desk, leave } = sitDown();
  leave();
  expect(await desk.ask()).toBe(false);
});

test('who came later stays when the earlier one leaves', async () => {
  const { desk, answers, leave } = sitDown();
  desk.serve(async () => true);
  leave();
  expect(await desk.ask()).toBe(true);
  expect(answers).toHaveLength(0);
});
