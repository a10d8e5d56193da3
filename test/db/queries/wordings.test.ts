import { expect, test } from 'vitest';
import { wordingFinder } from '#main/db/queries/wordings.ts';
import { say } from '#shared/domain/message.ts';
import { fail, succeed } from '#shared/ipc/result.ts';
import { openLedgerForTest } from '#test/helpers/open-ledger.ts';

const OWNER = { staffId: 1, session: null };
type Ledger = Awaited<ReturnType<typeof openLedgerForTest>>;
type Wording = readonly [detailsTemplate: string, reasonType: string | null];

function findIn(ledger: Ledger, wordings: readonly Wording[]): number[] {
  const done = ledger.act(OWNER, 'test.wordings', 'test', (db) => {
    const wordingOf = wordingFinder(db);
    const ids = wordings.map(([detailsTemplate, reasonType]) => wordingOf({ detailsTemplate, reasonType }));
    return succeed({ value: ids, details: {} });
  });
  if (!done.ok) throw new Error(done.error.code);
  return done.value;
}

const kept = (ledger: Ledger) =>
  ledger.read.lists('SELECT details_template, reason_type FROM wordings ORDER BY id');

test('a wording is kept once, in one transaction and in the next, with a reason and without', async () => {
  const ledger = await openLedgerForTest();
  const wordings: Wording[] = [
    ['Pay Bill from {party}', 'Pay Utility'],
    ['Pay Bill from {party}', null],
    ['Pay Bill from {party}', ''],
    ['Pay merchant Charge', null],
  ];
  const ids = findIn(ledger, [...wordings, ...wordings]);
  expect(ids).toEqual([...ids.slice(0, 4), ...ids.slice(0, 4)]);
  expect(new Set(ids).size).toBe(4);
  expect(findIn(ledger, wordings)).toEqual(ids.slice(0, 4));
  expect(kept(ledger)).toEqual(wordings);
});

test('a wording that was taken back with its transaction is added anew', async () => {
  const ledger = await openLedgerForTest();
  const refused = ledger.act(OWNER, 'test.wordings', 'test', (db) => {
    wordingFinder(db)({ detailsTemplate: 'Pay Bill', reasonType: null });
    return fail('ledger/not-found', say('reconcile.item-not-found'));
  });
  expect(refused.ok).toBe(false);
  expect(kept(ledger)).toEqual([]);
  findIn(ledger, [['Pay Bill', null]]);
  expect(kept(ledger)).toEqual([['Pay Bill', null]]);
});

test('a wording longer than a line may be is refused', async () => {
  const ledger = await openLedgerForTest();
  expect(() => findIn(ledger, [['x'.repeat(1_001), null]])).toThrow('CHECK constraint failed');
  expect(() => findIn(ledger, [['x', 'y'.repeat(201)]])).toThrow('CHECK constraint failed');
});
