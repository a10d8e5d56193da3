import { expect, test } from 'vitest';
import { createActivity } from '#renderer/lib/activity.ts';

function start() {
  const sent: number[] = [];
  let now = 0;
  const heard = createActivity(
    () => sent.push(now),
    () => now,
    30,
  );
  return {
    sent,
    inputAt(at: number) {
      now = at;
      heard();
    },
  };
}

test('the first input is told at once', () => {
  const { sent, inputAt } = start();
  inputAt(0);
  expect(sent).toEqual([0]);
});

test('however much is typed, it is told once in the time', () => {
  const { sent, inputAt } = start();
  for (let at = 0; at < 100; at += 1) inputAt(at);
  expect(sent).toEqual([0, 30, 60, 90]);
});

test('where nobody is, nothing is told', () => {
  const { sent, inputAt } = start();
  inputAt(0);
  inputAt(1_000);
  expect(sent).toEqual([0, 1_000]);
});
