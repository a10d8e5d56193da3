import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type ClockWatch, watchClock } from '#main/audit/clock.ts';
import { PROGRAM } from '#main/db/ledger.ts';
import type { OpenLedger } from '#main/db/open.ts';
import { silentLog } from '#main/log/log.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { succeed } from '#shared/ipc/result.ts';
import { openLedgerForTest } from '#test/helpers/open-ledger.ts';

const START = Date.UTC(2026, 10, 20, 9);
const HALF_MINUTE = 30_000;
const HOUR = 3_600_000;

let ledger: OpenLedger;
let watch: ClockWatch | null;
let wall: number;
let steady: number;
beforeEach(async () => {
  [wall, steady, watch] = [START, 5_000, null];
  ledger = await openLedgerForTest(() => wall as UtcMs);
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});
afterEach(() => {
  watch?.stop();
  vi.useRealTimers();
});

const open = () => {
  watch = watchClock(ledger, { wall: () => wall as UtcMs, steady: () => steady }, silentLog);
};
/** Half minutes pass; the clock on the wall is set by somebody in the last of them. */
const pass = (halves: number, set = 0) => {
  for (let half = 1; half <= halves; half++) {
    wall += HALF_MINUTE + (half === halves ? set : 0);
    steady += HALF_MINUTE;
    vi.advanceTimersByTime(HALF_MINUTE);
  }
};
const jumps = () =>
  ledger.read
    .all<{ details: string }>(`SELECT details FROM audit_entries WHERE action = 'clock.jumped' ORDER BY seq`)
    .map(({ details }) => JSON.parse(details) as { from: number; to: number });

test.each([
  ['back', -HOUR],
  ['ahead', HOUR],
])('S6: a clock that is set %s is an entry that says from when to when', (_, set) => {
  open();
  pass(10, set);
  pass(1);
  expect(jumps()).toEqual([{ from: START + 10 * HALF_MINUTE, to: START + 10 * HALF_MINUTE + set }]);
  pass(10);
  expect(jumps()).toHaveLength(1);
});

test.each([0, 60_000, -60_000])('a correction of %d ms is no jump', (set) => {
  open();
  pass(3, set);
  expect(jumps()).toEqual([]);
});

test('the time in which the computer slept is no jump', () => {
  open();
  wall += 8 * HOUR;
  watch?.wake();
  pass(2);
  expect(jumps()).toEqual([]);
});

test('nor is it one when the look comes before the news that the computer woke', () => {
  open();
  pass(2, 8 * HOUR);
  watch?.wake();
  pass(4);
  expect(jumps()).toEqual([]);
});

test('a clock that was set ahead just before the end is an entry', () => {
  open();
  pass(2, HOUR);
  watch?.stop();
  expect(jumps()).toHaveLength(1);
});

test('a clock that stands before the last entry at the start is a jump; one that stands after it is not', () => {
  ledger.act(PROGRAM, 'program.stopped', 'program', () => succeed({ value: undefined, details: {} }));
  wall += HOUR;
  open();
  watch?.stop();
  expect(jumps()).toEqual([]);
  wall -= 2 * HOUR;
  open();
  expect(jumps()).toEqual([{ from: START, to: START - HOUR }]);
});

test('after the watch has stopped nothing is noted', () => {
  open();
  watch?.stop();
  pass(5, HOUR);
  expect(jumps()).toEqual([]);
});
