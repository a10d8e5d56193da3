import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eraseSealed } from '#main/db/queries/sealed.ts';
import { saveSettings } from '#main/services/app-state.ts';
import { listEntries, showEntry } from '#main/services/audit/list-entries.ts';
import { showHead } from '#main/services/audit/show-head.ts';
import { parkItems } from '#main/services/park-items.ts';
import { addTillNumber } from '#main/services/tills.ts';
import { addSale, editSale, voidSale } from '#main/services/type-sale.ts';
import { undoStep } from '#main/services/undo-step.ts';
import { readHeadCode } from '#shared/domain/audit/head-code.ts';
import type { Cents } from '#shared/domain/money.ts';
import { addDays, type BusinessDay, businessDayOf, fromNairobi, type UtcMs } from '#shared/domain/time.ts';
import type { AuditRow } from '#shared/ipc/audit-channels.ts';
import { auditRow } from '#shared/ipc/audit-channels.ts';
import type { Input } from '#shared/ipc/contract.ts';
import { succeed } from '#shared/ipc/result.ts';
import { type Language, render } from '#shared/text/render.ts';
import { openShop, type TestShop } from '#test/helpers/open-shop.ts';
import { codeOf, unwrap } from '#test/helpers/results.ts';
import { makeRoot } from '#test/helpers/root-key.ts';

const DAY = '2026-03-14' as BusinessDay;
const SALE: Input<'sale:add'> = {
  reference: 'T-1',
  at: fromNairobi({ year: 2026, month: 3, day: 14, hour: 9, minute: 0, second: 0 }) as UtcMs,
  day: DAY,
  amountCents: 25_000 as Cents,
  tender: 'mpesa',
  kind: 'sale',
  tillId: null,
  receipt: null,
  phone: '0712345678',
  customer: 'Wanjiku Invented',
  cashier: null,
  note: null,
};
const ALL: Input<'audit:list'> = {
  search: '',
  staffId: null,
  areas: [],
  subject: null,
  from: null,
  to: null,
  after: null,
  limit: 200,
};

let shop: TestShop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(async () => {
  await shop.close();
});

const list = (change: Partial<Input<'audit:list'>> = {}) =>
  unwrap(listEntries(shop.core, { ...ALL, ...change }));
const newest = (action: string): AuditRow => {
  const found = list().entries.find((entry) => entry.action === action);
  if (!found) throw new Error(`no entry of ${action}`);
  return auditRow.parse(found);
};
/** `Customer: Wanjiku → Achieng`, as the screen shows it. */
const changesOf = (action: string, language: Language = 'en') =>
  newest(action).changes.map(({ field, before, after }) => {
    const words = (value: typeof before) => (value === null ? '–' : render(value, language));
    return `${render(field, language)}: ${words(before)} → ${words(after)}`;
  });
const note = (n: number) =>
  shop.core.ledger.act(shop.actor, 'import.rows', `import:${n % 7}`, () =>
    succeed({ value: undefined, details: { new: n, known: 0, refused: 0, changed: 0 } }),
  );

/** Many entries in one transaction, without their chain: a list does not look at it. */
function fill(entries: number): void {
  shop.core.ledger.act(shop.actor, 'match.applied', 'days', (db) => {
    const { seq } = db.get<{ seq: number }>('SELECT max(seq) AS seq FROM audit_entries') ?? { seq: 0 };
    for (let n = 1; n <= entries; n++)
      db.run(
        `INSERT INTO audit_entries (seq, at, staff_id, action, subject, details, prev_hash, hash)
         VALUES (?, ?, 1, 'import.rows', 'import:1', '{}', zeroblob(32), zeroblob(32))`,
        seq + n,
        shop.core.now(),
      );
    return succeed({ value: undefined, details: {} });
  });
}

describe('before and after of a change, in words', () => {
  test('a sale that is typed, corrected, voided and put back', async () => {
    const added = unwrap(await addSale(shop.core, shop.actor, SALE));
    expect(changesOf('reconcile.add-sale')).toContain('Customer: – → Wanjiku Invented');
    expect(changesOf('reconcile.add-sale')).toContain('Phone: – → 0712 ••• 678');
    const saleId = shop.core.ledger.read.get<{ id: number }>('SELECT max(id) AS id FROM sales')?.id ?? 0;
    const change = { ...SALE, customer: 'Achieng Invented', amountCents: 30_000 as Cents };
    unwrap(await editSale(shop.core, shop.actor, { ...change, saleId }));
    expect(changesOf('reconcile.edit-sale')).toEqual([
      'Amount: 250.00 → 300.00',
      'Customer: Wanjiku Invented → Achieng Invented',
    ]);
    expect(changesOf('reconcile.edit-sale', 'sw')).toEqual([
      'Kiasi: 250.00 → 300.00',
      'Mteja: Wanjiku Invented → Achieng Invented',
    ]);
    const voided = unwrap(await voidSale(shop.core, shop.actor, { saleId, note: 'typed twice' }));
    expect(changesOf('reconcile.void-sale')).toEqual(['Status: completed → voided', 'Note: – → typed twice']);
    unwrap(await undoStep(shop.core, shop.actor, voided.step.id));
    expect(changesOf('step.undone')).toContain('Status: voided → completed');
    expect(added.step.id).toBeGreaterThan(0);
    const stored = shop.core.ledger.read.all<{ details: string }>('SELECT details FROM audit_entries');
    expect(stored.filter(({ details }) => /Invented|0712345678|typed twice|T-1/.test(details))).toEqual([]);
  });

  test('what has been erased says so, and the rest stays', async () => {
    unwrap(await addSale(shop.core, shop.actor, SALE));
    const saleId = shop.core.ledger.read.get<{ id: number }>('SELECT max(id) AS id FROM sales')?.id ?? 0;
    shop.core.ledger.act(shop.actor, 'reconcile.edit-sale', `sale:${saleId}`, (db) =>
      succeed({ value: eraseSealed(db, `sale:${saleId}`), details: {} }),
    );
    const changes = changesOf('reconcile.add-sale');
    expect(changes).toContain('Customer: – → erased');
    expect(changes).toContain('Amount: – → 250.00');
  });

  test('settings, tills and notes', async () => {
    const session = {
      id: shop.actor.session ?? '',
      staffId: 1,
      name: 'Owner',
      role: 'owner',
      window: 'main',
      confirmedUntil: null,
    } as const;
    const about = { host: 'preview', version: '1' } as const;
    unwrap(saveSettings(shop.core, session, about, { theme: 'dark', shopName: 'Duka la Amina' }));
    unwrap(saveSettings(shop.core, session, about, { theme: 'light', shopName: 'Duka la Amina' }));
    expect(changesOf('settings.saved')).toEqual(['Colours: dark → light']);
    unwrap(addTillNumber(shop.core, shop.actor, { number: '123456', name: 'Front', tillId: null }));
    expect(changesOf('till.number-added')).toEqual(['Number: – → 123456', 'Till: – → Front']);
    await shop.bringIn('sales.csv', 'time,amount,reference,tender\n2026-03-14 08:00:00,100,S-1,mpesa\n');
    const saleId = shop.core.ledger.read.get<{ id: number }>('SELECT max(id) AS id FROM sales')?.id ?? 0;
    unwrap(await parkItems(shop.core, shop.actor, { payments: [], sales: [saleId], note: 'asks Kamau' }));
    expect(changesOf('reconcile.park')).toEqual(['Note: – → asks Kamau']);
  });
});

describe('pages and filters', () => {
  test('newest first, every entry once, whatever the size of the pages', () => {
    for (let n = 1; n <= 40; n++) note(n);
    const seqs: number[] = [];
    let after: string | null = null;
    do {
      const page = list({ limit: 7, after });
      seqs.push(...page.entries.map(({ seq }) => seq));
      expect(page.searchedTo).toBeNull();
      after = page.next;
    } while (after !== null);
    const { entries } = unwrap(showHead(shop.core));
    expect(seqs).toEqual(Array.from({ length: entries }, (_, at) => entries - at));
  });

  test.each<[string, Partial<Input<'audit:list'>>, (row: AuditRow) => boolean]>([
    ['an area', { areas: ['import'] }, ({ area }) => area === 'import'],
    ['two areas', { areas: ['program', 'access'] }, ({ area }) => area === 'program' || area === 'access'],
    ['a person', { staffId: 1 }, ({ who }) => who === 'Owner'],
    ['the program', { staffId: 0 }, ({ who }) => who === 'Daftari'],
    ['a thing', { subject: 'import:3' }, ({ subject }) => subject === 'import:3'],
    [
      'a word',
      { search: 'IMPORT:3 rows' },
      ({ subject, action }) => `${subject}${action}` === 'import:3import.rows',
    ],
    ['a thing and an area', { subject: 'import:3', areas: ['access'] }, () => false],
    ['a person and a word', { staffId: 1, search: 'import:5' }, ({ subject }) => subject === 'import:5'],
    [
      'today',
      { from: businessDayOf(Date.now() as UtcMs), to: businessDayOf(Date.now() as UtcMs) },
      () => true,
    ],
    ['yesterday', { to: addDays(businessDayOf(Date.now() as UtcMs), -1) }, () => false],
  ])('%s', (_, filter, fits) => {
    for (let n = 1; n <= 30; n++) note(n);
    const expected = list().entries.filter(fits);
    const seqs: number[] = [];
    for (let after: string | null = null, isFirst = true; isFirst || after !== null; isFirst = false) {
      const page = list({ ...filter, limit: 4, after });
      seqs.push(...page.entries.map(({ seq }) => seq));
      after = page.next;
    }
    expect(seqs).toEqual(expected.map(({ seq }) => seq));
  });

  test('a look for something rare stops, says how far back it is, and goes on from there', () => {
    shop.core.ledger.act(shop.actor, 'program.started', 'program', () =>
      succeed({ value: undefined, details: { version: 'needle' } }),
    );
    fill(10_600);
    const first = list({ search: 'needle' });
    expect(first).toMatchObject({ entries: [], searchedTo: expect.any(Number), next: expect.any(String) });
    const second = list({ search: 'needle', after: first.next });
    expect(second).toMatchObject({ entries: [{ action: 'program.started' }], searchedTo: null, next: null });
  });

  test('a cursor that a window made up is refused', () => {
    expect(codeOf(listEntries(shop.core, { ...ALL, after: '1; DROP' }))).toBe('ledger/bad-input');
  });
});

test('one entry is shown with its hashes; there is no entry of another number', () => {
  const { entries } = unwrap(showHead(shop.core));
  const shown = unwrap(showEntry(shop.core, entries));
  expect(shown).toMatchObject({ seq: entries, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(codeOf(showEntry(shop.core, entries + 1))).toBe('ledger/not-found');
});

test('the head says how far the log is signed, and by whose root', async () => {
  expect(unwrap(showHead(shop.core))).toMatchObject({ signedTo: 0, rootFingerprint: null, alarm: null });
  await shop.core.audit.begin(shop.actor, makeRoot());
  const head = unwrap(showHead(shop.core));
  expect(head.signedTo).toBe(head.entries);
  expect(head.rootFingerprint).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
  expect(readHeadCode(head.code)?.seq).toBe(head.entries);
  expect(head.people).toContainEqual({ id: 0, name: 'Daftari' });
});
