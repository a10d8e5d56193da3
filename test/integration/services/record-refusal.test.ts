import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { OpenLedger } from '#main/db/open.ts';
import type { Refusal } from '#main/ipc/router.ts';
import { silentLog } from '#main/log/log.ts';
import type { Core } from '#main/services/core.ts';
import { openRefusalRecord, type RefusalRecord } from '#main/services/record-refusal.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { openLedgerForTest } from '#test/helpers/open-ledger.ts';
import { sessionOf } from '#test/helpers/router.ts';

let now = 1_790_000_000_000;
let ledger: OpenLedger;
let record: RefusalRecord;
beforeEach(async () => {
  ledger = await openLedgerForTest(() => now as UtcMs);
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  record = openRefusalRecord({ ledger, now: () => now as UtcMs, log: silentLog } as Core);
});
afterEach(() => {
  record.settle();
  vi.useRealTimers();
});

const refusal = (change: Partial<Refusal> = {}): Refusal => ({
  channel: 'settings:save',
  code: 'ipc/forbidden',
  window: 'main',
  session: sessionOf('clerk'),
  ...change,
});
const written = () =>
  ledger.read
    .all<{ details: string; session: string | null }>(
      `SELECT details, session FROM audit_entries WHERE action = 'access.refused' ORDER BY seq`,
    )
    .map(({ details, session }) => ({ ...JSON.parse(details), session }));

test('a flood of one kind is two entries a minute: the first at once, the others counted', () => {
  for (let n = 0; n < 1_000; n++) record.note(refusal());
  expect(written()).toMatchObject([{ channel: 'settings:save', times: 0, session: 'session-1' }]);
  now += 61_000;
  record.note(refusal());
  expect(written().map(({ times }) => times)).toEqual([0, 999, 0]);
});

test('what was counted is told after a minute, and at the end, without another refusal', () => {
  record.note(refusal());
  record.note(refusal());
  now += 61_000;
  vi.advanceTimersByTime(60_000);
  expect(written().map(({ times }) => times)).toEqual([0, 1]);
  record.note(refusal());
  record.note(refusal());
  record.settle();
  expect(written().map(({ times }) => times)).toEqual([0, 1, 0, 1]);
});

test('another request, reason or person is another kind; invented names are one', () => {
  record.note(refusal());
  record.note(refusal({ channel: 'staff:add' }));
  record.note(refusal({ code: 'ipc/malformed' }));
  record.note(refusal({ session: null }));
  for (let n = 0; n < 300; n++)
    record.note(refusal({ channel: `made-up:${n}`, code: 'ipc/unknown-channel' }));
  expect(written()).toHaveLength(5);
});

test('however many kinds there are, the log does not grow with them', () => {
  for (let n = 0; n < 5_000; n++) record.note(refusal({ session: { ...sessionOf('clerk'), id: `s-${n}` } }));
  expect(written().length).toBeLessThanOrEqual(200);
  record.settle();
  const all = written();
  expect(all.length).toBeLessThanOrEqual(201);
  expect(all.reduce((sum, { times }) => sum + times, 0)).toBe(5_000 - 200);
});
