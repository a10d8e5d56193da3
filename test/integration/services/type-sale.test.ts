import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { matchByHand } from '#main/services/reconcile-acts.ts';
import { listSales } from '#main/services/show-sales.ts';
import { addSale, editSale, voidSale } from '#main/services/type-sale.ts';
import { undoStep } from '#main/services/undo-step.ts';
import type { Cents } from '#shared/domain/money.ts';
import { addDays, type BusinessDay, businessDayOf, fromNairobi, type UtcMs } from '#shared/domain/time.ts';
import type { Input } from '#shared/ipc/contract.ts';
import { succeed } from '#shared/ipc/result.ts';
import { openShop, type TestShop } from '#test/helpers/open-shop.ts';
import { codeOf, unwrap } from '#test/helpers/results.ts';
import { dayStatement, salesFile } from '#test/helpers/shop-files.ts';

const DAY = '2026-03-14' as BusinessDay;
const at = (hour: number, minute = 0, day = 14) =>
  fromNairobi({ year: 2026, month: 3, day, hour, minute, second: 0 }) as UtcMs;
const typed = (change: Partial<Input<'sale:add'>> = {}): Input<'sale:add'> => ({
  reference: 'T-1',
  at: at(9),
  day: DAY,
  amountCents: 25_000 as Cents,
  tender: 'mpesa',
  kind: 'sale',
  tillId: null,
  receipt: null,
  phone: null,
  customer: null,
  cashier: null,
  note: null,
  ...change,
});

let shop: TestShop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(async () => {
  await shop.close();
});

const add = (change?: Partial<Input<'sale:add'>>) => addSale(shop.core, shop.actor, typed(change));
const edit = (saleId: number, change?: Partial<Input<'sale:add'>>) =>
  editSale(shop.core, shop.actor, { saleId, ...typed(change) });
const cancel = (saleId: number) => voidSale(shop.core, shop.actor, { saleId, note: 'typed twice' });
const undo = (stepId: number) => undoStep(shop.core, shop.actor, stepId);
const row = (reference: string) =>
  shop.core.ledger.read.get<Record<string, unknown> & { id: number }>(
    'SELECT * FROM sales WHERE reference = ? ORDER BY id DESC',
    reference,
  );
const idOf = (reference: string) => row(reference)?.id ?? 0;
const refusal = async (asked: Promise<Awaited<ReturnType<typeof add>>>) => {
  const done = await asked;
  return done.ok ? 'ok' : [done.error.code, done.error.message.id];
};
const bandsOf = (reference: string) =>
  shop.core.ledger.read.all<{ band: string | null; type: string }>(
    `SELECT f.band, f.type FROM findings f JOIN finding_items i ON i.finding_id = f.id WHERE i.sale_id = ?`,
    idOf(reference),
  );

describe('typing a sale', () => {
  it('says for ever who typed it and when, and is matched the same minute, never as certain', async () => {
    await shop.bringIn('a.csv', dayStatement([{ receipt: 'UCE7KQ2M4X', time: '08:59:00', amount: 250 }]));
    const { step } = unwrap(await add({ receipt: 'uce7 kq2m-4x' }));
    expect(step).toMatchObject({ action: 'add-sale', by: 'Owner', isUndoable: true });
    expect(row('T-1')).toMatchObject({
      source: 'typed',
      receipt: 'UCE7KQ2M4X',
      amount_cents: 25_000,
      typed_by: shop.actor.staffId,
      import_id: null,
      is_after_payment: 1,
    });
    expect(row('T-1')?.typed_at).toEqual(expect.any(Number));
    expect(bandsOf('T-1').map((finding) => finding.band)).toContain('likely');
    expect(shop.core.ledger.read.all('SELECT 1 FROM links WHERE ended_at IS NULL')).toEqual([]);
  });

  it('is not "after the payment" when no payment could be meant', async () => {
    await shop.bringIn('a.csv', dayStatement([{ receipt: 'UCE7KQ2M4X', time: '08:59:00', amount: 250 }]));
    unwrap(await add({ reference: 'OTHER-AMOUNT', amountCents: 25_100 as Cents }));
    unwrap(await add({ reference: 'OTHER-DAY', day: '2026-03-15' as BusinessDay, at: null }));
    unwrap(await add({ reference: 'CASH', tender: 'cash' }));
    unwrap(await add({ reference: 'SAME-AMOUNT' }));
    const marks = ['OTHER-AMOUNT', 'OTHER-DAY', 'CASH', 'SAME-AMOUNT'].map(
      (name) => row(name)?.is_after_payment,
    );
    expect(marks).toEqual([0, 0, 0, 1]);
  });

  it('keeps two equal ones apart', async () => {
    unwrap(await add({ reference: null }));
    unwrap(await add({ reference: null }));
    expect(shop.core.ledger.read.all('SELECT 1 FROM live_sales')).toHaveLength(2);
  });

  it('names the field that is wrong', async () => {
    const bad = 'ledger/bad-input';
    expect(await refusal(add({ amountCents: 0 as Cents }))).toEqual([bad, 'sale.amount-not-positive']);
    expect(await refusal(add({ amountCents: -100 as Cents }))).toEqual([bad, 'sale.amount-not-positive']);
    expect(await refusal(add({ amountCents: 0 as Cents, kind: 'day-total' }))).toEqual([
      bad,
      'sale.amount-not-positive',
    ]);
    expect(await refusal(add({ kind: 'refund' }))).toEqual([bad, 'sale.refund-not-negative']);
    expect(await refusal(add({ amountCents: 9e14 as Cents }))).toEqual([bad, 'sale.amount-too-large']);
    expect(await refusal(add({ receipt: '??' }))).toEqual([bad, 'sale.bad-receipt']);
    expect(await refusal(add({ tillId: 77 }))).toEqual([bad, 'sale.till-unknown']);
    expect(await refusal(add({ at: at(9, 0, 15) }))).toEqual([bad, 'sale.time-outside-day']);
    expect(await refusal(add({ day: '2006-12-31' as BusinessDay, at: null }))).toEqual([
      bad,
      'sale.day-too-early',
    ]);
    const tomorrow = addDays(businessDayOf(shop.core.now()), 1);
    expect(await refusal(add({ at: null, day: addDays(tomorrow, 1) }))).toEqual([
      'ledger/bad-input',
      'sale.day-too-late',
    ]);
    expect(shop.core.ledger.read.all('SELECT 1 FROM sales')).toEqual([]);
    unwrap(await add({ at: null, day: tomorrow }));
    unwrap(await add({ kind: 'refund', amountCents: -100 as Cents }));
    unwrap(await add({ kind: 'day-total', at: null }));
  });

  it('knows the hours of the shop: after midnight is still yesterday when the day begins at four', async () => {
    shop.core.ledger.act(shop.actor, 'test.day-start', 'settings', (db) => {
      db.run(`INSERT INTO day_starts (from_day, minutes) VALUES ('2026-01-01', 240)`);
      return succeed({ value: undefined, details: {} });
    });
    expect(await refusal(add({ at: at(2, 0, 14) }))).toEqual(['ledger/bad-input', 'sale.time-outside-day']);
    unwrap(await add({ at: at(2, 0, 15) }));
  });

  it('is taken back by its step, once', async () => {
    const { step } = unwrap(await add());
    unwrap(await undo(step.id));
    expect(shop.core.ledger.read.all('SELECT 1 FROM live_sales')).toEqual([]);
    expect(row('T-1')?.undone_at).toEqual(expect.any(Number));
    expect(codeOf(await undo(step.id))).toBe('ledger/not-undoable');
  });
});

describe('correcting a sale of a file', () => {
  beforeEach(async () => {
    const sale = { time: '2026-03-14 09:00:00', amount: 250, reference: 'S-1', receipt: 'UCE7KQ2M4X' };
    await shop.bringIn('sales.csv', salesFile([sale]));
    await shop.bringIn('a.csv', dayStatement([{ receipt: 'UCE7KQ2M4X', time: '08:59:00', amount: 250 }]));
  });
  const active = () => shop.core.ledger.read.all('SELECT 1 FROM links WHERE ended_at IS NULL').length;

  it('marks it for ever, ends its automatic match, keeps where it came from; undo restores all', async () => {
    const before = row('S-1');
    expect(active()).toBe(1);
    const { step } = unwrap(
      await edit(idOf('S-1'), { reference: 'S-1', amountCents: 26_000 as Cents, note: 'short' }),
    );
    expect(row('S-1')).toMatchObject({
      amount_cents: 26_000,
      typed_by: shop.actor.staffId,
      source: before?.source,
      identity: before?.identity,
      import_id: before?.import_id,
      note: 'short',
    });
    expect(active()).toBe(0);
    unwrap(await undo(step.id));
    expect(row('S-1')).toEqual(before);
    expect(active()).toBe(1);
  });

  it('is no news to the same file coming again', async () => {
    unwrap(await edit(idOf('S-1'), { reference: 'S-1', amountCents: 26_000 as Cents }));
    const sale = { time: '2026-03-14 09:00:00', amount: 250, reference: 'S-1', receipt: 'UCE7KQ2M4X' };
    const again = await shop.bringIn('again.csv', salesFile([sale]));
    expect(again).toMatchObject({ counts: { new: 0, known: 1, changed: 0 } });
  });

  it('undoes edits in the order they came, newest first', async () => {
    const first = unwrap(await edit(idOf('S-1'), { reference: 'S-1', amountCents: 26_000 as Cents }));
    const second = unwrap(await edit(idOf('S-1'), { reference: 'S-1', amountCents: 27_000 as Cents }));
    expect(codeOf(await undo(first.step.id))).toBe('ledger/changed-meanwhile');
    unwrap(await undo(second.step.id));
    unwrap(await undo(first.step.id));
    expect(row('S-1')).toMatchObject({ amount_cents: 25_000, typed_by: null });
  });

  it('keeps the whole phone when its masked form comes back from the window', async () => {
    unwrap(await edit(idOf('S-1'), { reference: 'S-1', phone: '0712345678' }));
    const [shown] = unwrap(
      listSales(shop.core, {
        from: DAY,
        to: DAY,
        tillId: null,
        search: '',
        tender: null,
        typedOnly: false,
        after: null,
        limit: 5,
      }),
    ).sales;
    expect(shown?.phone).not.toBe('0712345678');
    unwrap(await edit(idOf('S-1'), { reference: 'S-1', phone: shown?.phone ?? null }));
    expect(row('S-1')?.phone).toBe('0712345678');
  });
});

describe('voiding a sale', () => {
  it('makes it count no more but stay visible with the reason; undo brings it back', async () => {
    unwrap(await add());
    const before = row('T-1');
    const { step } = unwrap(await cancel(idOf('T-1')));
    expect(row('T-1')).toMatchObject({ status: 'void', note: 'typed twice', undone_at: null });
    expect(bandsOf('T-1')).toEqual([]);
    expect(codeOf(await cancel(idOf('T-1')))).toBe('ledger/not-found');
    expect(codeOf(await edit(idOf('T-1')))).toBe('ledger/not-found');
    unwrap(await undo(step.id));
    expect(row('T-1')).toEqual(before);
    expect(bandsOf('T-1')).not.toEqual([]);
  });

  it('is refused while a person has it matched, and so are edits and undos that would break the match', async () => {
    await shop.bringIn('a.csv', dayStatement([{ receipt: 'UCE7KQ2M4X', time: '15:00:00', amount: 250 }]));
    const added = unwrap(await add());
    const payment = shop.core.ledger.read.get<{ id: number }>('SELECT id FROM live_movements')?.id ?? 0;
    const items = { payments: [payment], sales: [idOf('T-1')], note: '' };
    unwrap(await matchByHand(shop.core, shop.actor, items));
    expect(codeOf(await cancel(idOf('T-1')))).toBe('ledger/already-matched');
    expect(codeOf(await edit(idOf('T-1'), { amountCents: 1 as Cents }))).toBe('ledger/already-matched');
    expect(codeOf(await undo(added.step.id))).toBe('ledger/already-matched');
    unwrap(await edit(idOf('T-1'), { customer: 'AMINA' }));
    expect(row('T-1')?.customer).toBe('AMINA');
    expect(shop.core.ledger.read.all('SELECT 1 FROM links WHERE ended_at IS NULL')).toHaveLength(1);
  });

  it('says who did it, and is no news to the file the sale came from', async () => {
    const content = salesFile([{ time: '2026-03-14 09:00:00', amount: 250, reference: 'S-1' }]);
    await shop.bringIn('sales.csv', content);
    unwrap(await cancel(idOf('S-1')));
    expect(row('S-1')).toMatchObject({ typed_by: shop.actor.staffId, typed_at: expect.any(Number) });
    expect(await shop.bringIn('again.csv', content)).toMatchObject({
      counts: { new: 0, known: 1, changed: 0 },
    });
    expect(row('S-1')?.status).toBe('void');
  });

  it('refuses a sale that is not there', async () => {
    expect(codeOf(await cancel(5))).toBe('ledger/not-found');
    expect(codeOf(await edit(5))).toBe('ledger/not-found');
  });
});
