import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addFailure,
  DELAY_RULES,
  delayAfter,
  NO_TRIES,
  recallTries,
  waitLeft,
} from '#shared/domain/access/delays.ts';
import { DAY, MINUTE, SECOND, type UtcMs } from '#shared/domain/time.ts';

const NOW = Date.UTC(2026, 10, 20) as UtcMs;
const later = (ms: number) => (NOW + ms) as UtcMs;
const { person, owner, computer } = DELAY_RULES;

test.each([
  [0, 0],
  [1, 0],
  [2, 0],
  [3, 1],
  [4, 2],
  [5, 4],
  [8, 32],
  [11, 256],
  [12, 300],
  [13, 300],
  [1_000_000, 300],
])('after %i failures a person waits %i seconds', (failures, seconds) => {
  expect(delayAfter(failures, person)).toBe(seconds * SECOND);
});

test('the owner waits a minute at most, and the computer half of that', () => {
  expect(delayAfter(1_000, owner)).toBe(MINUTE);
  expect(delayAfter(1_000, computer)).toBe(30 * SECOND);
});

describe('tries', () => {
  test('count on, and are forgotten after the time of their rule', () => {
    const three = [1, 2, 3].reduce((tries) => addFailure(tries, person, NOW), NO_TRIES);
    expect(three).toEqual({ failures: 3, lastAt: NOW });
    expect(waitLeft(three, person, later(400))).toBe(600);
    expect(waitLeft(three, person, later(SECOND))).toBe(0);
    expect(addFailure(three, person, later(DAY - 1)).failures).toBe(4);
    expect(addFailure(three, person, later(DAY)).failures).toBe(1);
  });

  test('a clock set back neither ends the wait nor lengthens it', () => {
    const many = { failures: 20, lastAt: later(365 * DAY) };
    expect(waitLeft(many, person, NOW)).toBe(5 * MINUTE);
    expect(recallTries(many, person, NOW)).toEqual({ failures: 20, lastAt: NOW });
  });

  test('whatever happens, the wait is between nothing and the cap, and more failures never shorten it', () => {
    const rules = fc.constantFrom(person, owner, computer);
    const tries = fc.record({
      failures: fc.nat(10_000),
      lastAt: fc.integer({ min: NOW - 3 * DAY, max: NOW + 3 * DAY }).map((at) => at as UtcMs),
    });
    fc.assert(
      fc.property(rules, tries, (rule, some) => {
        const wait = waitLeft(some, rule, NOW);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(rule.capMs);
        expect(waitLeft({ ...some, failures: some.failures + 1 }, rule, NOW)).toBeGreaterThanOrEqual(wait);
      }),
    );
  });
});
