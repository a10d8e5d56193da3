import { expect, test } from 'vitest';
import { leaveBehind, takeLeftBehind } from '#renderer/screens/import/left-behind.ts';

test('what was left behind is told once', () => {
  expect(takeLeftBehind()).toBe(0);
  leaveBehind(3);
  expect(takeLeftBehind()).toBe(3);
  expect(takeLeftBehind()).toBe(0);
});
