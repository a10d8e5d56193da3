import { expect, test } from 'vitest';
import { eraseSealed, seal, sealIfAny, unseal, unsealAll } from '#main/db/queries/sealed.ts';
import type { SealedValue } from '#shared/domain/audit/sealed-value.ts';
import { succeed } from '#shared/ipc/result.ts';
import { openLedgerForTest } from '#test/helpers/open-ledger.ts';

const OWNER = { staffId: 1, session: null };
type Ledger = Awaited<ReturnType<typeof openLedgerForTest>>;

function sealIn(ledger: Ledger, about: string, value: string): SealedValue {
  const done = ledger.act(OWNER, 'sale.sealed', about, (db) => {
    const sealed = seal(db, about, value);
    return succeed({ value: sealed, details: { customer: sealed } });
  });
  if (!done.ok) throw new Error(done.error.code);
  return done.value;
}

function erase(ledger: Ledger, about: string) {
  return ledger.act(OWNER, 'sale.erased', about, (db) =>
    succeed({ value: eraseSealed(db, about), details: {} }),
  );
}

test('a sealed value is read with its key, and is nowhere in the entry', async () => {
  const ledger = await openLedgerForTest();
  const sealed = sealIn(ledger, 'sale:1', 'Wanjiku Ñandú');
  expect(unseal(ledger.read, sealed)).toBe('Wanjiku Ñandú');
  const details = ledger.read.get<{ details: string }>(
    'SELECT details FROM audit_entries ORDER BY seq DESC LIMIT 1',
  )?.details;
  expect(details).not.toContain('Wanjiku');
  expect(unsealAll(ledger.read, JSON.parse(details ?? ''))).toEqual({ customer: 'Wanjiku Ñandú' });
});

test('equal values do not look equal', async () => {
  const ledger = await openLedgerForTest();
  expect(sealIn(ledger, 'sale:1', 'same')).not.toEqual(sealIn(ledger, 'sale:1', 'same'));
});

test('erasing what they are about erases every value, and nothing else; a new key reads none of them', async () => {
  const ledger = await openLedgerForTest();
  const [one, two, other] = [
    sealIn(ledger, 'sale:1', 'one'),
    sealIn(ledger, 'sale:1', 'two'),
    sealIn(ledger, 'sale:2', 'other'),
  ];
  expect(erase(ledger, 'sale:1')).toEqual({ ok: true, value: true });
  expect(erase(ledger, 'sale:1')).toEqual({ ok: true, value: false });
  const later = sealIn(ledger, 'sale:1', 'later');
  expect([one, two, other, later].map((sealed) => unseal(ledger.read, sealed))).toEqual([
    null,
    null,
    'other',
    'later',
  ]);
});

test('a box that was moved or changed does not open', async () => {
  const ledger = await openLedgerForTest();
  const [one, other] = [sealIn(ledger, 'sale:1', 'one'), sealIn(ledger, 'sale:2', 'other')];
  const moved = { sealed: { key: other.sealed.key, box: one.sealed.box } };
  const changed = {
    sealed: { key: one.sealed.key, box: one.sealed.box.replace(/^./, (c) => (c === 'A' ? 'B' : 'A')) },
  };
  const short = { sealed: { key: one.sealed.key, box: 'AAAA' } };
  expect([moved, changed, short].map((sealed) => unseal(ledger.read, sealed))).toEqual([null, null, null]);
});

test('nothing stays nothing', async () => {
  const ledger = await openLedgerForTest();
  const done = ledger.act(OWNER, 'sale.sealed', 'sale:1', (db) =>
    succeed({ value: sealIfAny(db, 'sale:1', null), details: {} }),
  );
  expect(done).toEqual({ ok: true, value: null });
});
