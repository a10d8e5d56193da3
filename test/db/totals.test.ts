import { expect, it } from 'vitest';
import type { WriteDb } from '#main/db/ledger.ts';
import type { OpenLedger } from '#main/db/open.ts';
import { succeed } from '#shared/ipc/result.ts';
import { openLedgerForTest } from '#test/helpers/open-ledger.ts';
import { assertTrueTotals } from '#test/helpers/true-totals.ts';

const SALE = `INSERT INTO sales (source, tender, occurrence, identity, sold_precision, business_day, amount_cents, kind,
    status, typed_by)
  VALUES ('typed', 'mpesa', 1, ?, 'day', '2026-03-14', 700, 'sale', 'closed', 1)`;

/** One act, after which the totals must be those of the rows. */
function change(ledger: OpenLedger, write: (db: WriteDb) => void): void {
  const done = ledger.act({ staffId: 1, session: null }, 'test.changed', 'sales', (db) => {
    write(db);
    return succeed({ value: undefined, details: {} });
  });
  expect(done.ok).toBe(true);
  assertTrueTotals(ledger.read);
}

const removeNewest = (db: WriteDb) => db.run('DELETE FROM sales WHERE id = (SELECT max(id) FROM sales)');
const addTwo = (db: WriteDb) => {
  for (const name of ['a', 'b']) db.run(SALE, name);
};
const counted = ({ read }: OpenLedger) =>
  read.get<{ items: number | null }>('SELECT sum(items) AS items FROM sale_days')?.items ?? 0;

it('counts rows whose ids were free again', async () => {
  const ledger = await openLedgerForTest();
  change(ledger, addTwo);
  change(ledger, removeNewest);
  change(ledger, (db) => db.run(SALE, 'c'));
  change(ledger, (db) => {
    removeNewest(db);
    db.run(SALE, 'd');
  });
  expect(counted(ledger)).toBe(2);
});

it('counts rows that came in before the newest counted one went, in the same act', async () => {
  const ledger = await openLedgerForTest();
  change(ledger, addTwo);
  change(ledger, (db) => {
    db.run(SALE, 'c');
    db.run(`DELETE FROM sales WHERE identity = 'b'`);
  });
  expect(counted(ledger)).toBe(2);
});

it('counts nothing of an act that was taken back', async () => {
  const ledger = await openLedgerForTest();
  change(ledger, (db) => db.run(SALE, 'a'));
  const fails = () =>
    ledger.act({ staffId: 1, session: null }, 'test.failed', 'sales', (db) => {
      db.run(SALE, 'b');
      db.run(`DELETE FROM sales WHERE identity = 'a'`);
      throw new Error('cut off');
    });
  expect(fails).toThrow('cut off');
  assertTrueTotals(ledger.read);
  change(ledger, (db) => db.run(SALE, 'b'));
  expect(counted(ledger)).toBe(2);
});
