import { expect, test } from 'vitest';
import { findDraftProblem, NO_PASSWORD, rateStrength } from '#renderer/components/new-password.ts';

test.each([
  ['', false, 'none'],
  ['kiti', true, 'refused'],
  ['a very long one that is in the list', true, 'refused'],
  ['mango-bicycle', false, 'good'],
  ['mango bicycle river', false, 'long'],
] as const)('"%s", problems: %s, is %s', (password, hasProblems, strength) => {
  expect(rateStrength(password, hasProblems)).toBe(strength);
});

test('signs are counted as people see them', () => {
  expect(rateStrength('😀'.repeat(17), false)).toBe('good');
  expect(rateStrength('😀'.repeat(18), false)).toBe('long');
});

test('a password that is not shown must be typed twice', () => {
  const draft = { ...NO_PASSWORD, password: 'mango-bicycle' };
  expect(findDraftProblem(NO_PASSWORD)).toBe('newpass.empty');
  expect(findDraftProblem(draft)).toBe('newpass.differs');
  expect(findDraftProblem({ ...draft, again: 'mango-bicycles' })).toBe('newpass.differs');
  expect(findDraftProblem({ ...draft, again: 'mango-bicycle' })).toBeNull();
  expect(findDraftProblem({ ...draft, isVisible: true })).toBeNull();
});
