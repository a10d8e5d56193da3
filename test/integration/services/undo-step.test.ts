import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { matchChangedDays } from '#main/services/match-days.ts';
import { parkItems, unparkItems } from '#main/services/park-items.ts';
import { acceptAll, matchByHand, rejectFinding, unmatchLink } from '#main/services/reconcile-acts.ts';
import { setDayStart } from '#main/services/set-day-start.ts';
import { showSummary } from '#main/services/show-summary.ts';
import { voidSale } from '#main/services/type-sale.ts';
import { undoImport } from '#main/services/undo-import.ts';
import { undoStep } from '#main/services/undo-step.ts';
import { cents } from '#shared/domain/money.ts';
import type { BusinessDay } from '#shared/domain/time.ts';
import { type Result, succeed } from '#shared/ipc/result.ts';
import { openShop, type TestShop } from '#test/helpers/open-shop.ts';
import { unwrap } from '#test/helpers/results.ts';
import { dayStatement, salesFile } from '#test/helpers/shop-files.ts';

const DAY = '2026-03-14' as BusinessDay;
const ROWS = [
  { receipt: 'UCE7KQ2M4X', time: '01:30:00', amount: 150 },
  { receipt: 'UCEB9RTW6H', time: '08:05:00', amount: 200 },
  { receipt: 'UCE3NPYD5V', time: '08:10:00', amount: 310 },
];

let shop: TestShop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(async () => {
  await shop.close();
});

const read = () => shop.core.ledger.read;
const idOf = (receipt: string) =>
  read().get<{ id: number }>('SELECT id FROM live_movements WHERE receipt = ?', receipt)?.id ?? 0;
const saleOf = (reference: string) =>
  read().get<{ id: number }>('SELECT id FROM live_sales WHERE reference = ?', reference)?.id ?? 0;
const links = () =>
  read().all<{ id: number; how: string; day: string }>(
    `SELECT id, how, business_day AS day FROM links WHERE ended_at IS NULL AND kind = 'sale' ORDER BY id`,
  );
const undo = (stepId: number) => undoStep(shop.core, shop.actor, stepId);
/** The id of the sentence that refuses, or `ok`. */
const whyNot = (result: Result<unknown>) => (result.ok ? 'ok' : result.error.message.id);
const match = async (receipt: string, reference: string) =>
  unwrap(
    await matchByHand(shop.core, shop.actor, {
      payments: [idOf(receipt)],
      sales: [saleOf(reference)],
      note: 'x',
    }),
  ).step.id;
const unmatch = async () => unwrap(await unmatchLink(shop.core, shop.actor, links().at(-1)?.id ?? 0)).step.id;
const lateSale = (amount: number, reference = 'S-9') =>
  shop.bringIn(`${reference}.csv`, salesFile([{ time: '2026-03-14 20:00:00', amount, reference }]));

async function statement(): Promise<number> {
  const outcome = await shop.bringIn('a.csv', dayStatement(ROWS));
  if (outcome.type !== 'done') throw new Error(outcome.type);
  return outcome.importId;
}

function insertReversalOf(receipt: string): void {
  const done = shop.core.ledger.act(shop.actor, 'test.reversal', 'test', (db) => {
    db.run(
      `INSERT INTO movements (till_id, receipt, direction, amount_cents, occurrence, account_id, kind,
         classifier_version, status, completed_at, time_precision, business_day, wording_id, linked_receipt, import_id)
       SELECT till_id, 'UCEZZZZZZ1', 'out', amount_cents, 1, account_id, 'reversal', 1, status, completed_at + 60000,
              time_precision, business_day, wording_id, receipt, import_id FROM movements WHERE receipt = ?`,
      receipt,
    );
    db.run('INSERT INTO days_to_match VALUES (?, 1)', DAY);
    return succeed({ value: undefined, details: {} });
  });
  unwrap(done);
}

describe('bringing a match back', () => {
  it('is refused when its payment has left the books', async () => {
    await lateSale(310);
    const file = await statement();
    await match('UCE3NPYD5V', 'S-9');
    const step = await unmatch();
    unwrap(await undoImport(shop.core, shop.actor, file, shop.book.open('undo', null)));
    expect(whyNot(await undo(step))).toBe('step.items-gone');
    expect(links()).toEqual([]);
    expect(unwrap(showSummary(shop.core, { from: DAY, to: DAY, tillId: null })).payments).toBe(0);
  });

  it('is refused when its sale was voided', async () => {
    await lateSale(310);
    await statement();
    await match('UCE3NPYD5V', 'S-9');
    const step = await unmatch();
    unwrap(await voidSale(shop.core, shop.actor, { saleId: saleOf('S-9'), note: 'not a sale' }));
    expect(whyNot(await undo(step))).toBe('step.items-gone');
    expect(links()).toEqual([]);
  });

  it('puts it where its items stand now', async () => {
    await lateSale(150);
    await statement();
    await match('UCE7KQ2M4X', 'S-9');
    const step = await unmatch();
    unwrap(await setDayStart(shop.core, shop.actor, { fromDay: '2026-03-01' as BusinessDay, minutes: 240 }));
    unwrap(await undo(step));
    expect(links()).toMatchObject([{ how: 'by-hand', day: '2026-03-13' }]);
  });
});

describe('a payment that was reversed', () => {
  it('is neither matched by hand nor given its match back', async () => {
    await lateSale(310);
    await statement();
    await match('UCE3NPYD5V', 'S-9');
    const step = await unmatch();
    insertReversalOf('UCE3NPYD5V');
    await matchChangedDays(shop.core, shop.actor);
    const items = { payments: [idOf('UCE3NPYD5V')], sales: [saleOf('S-9')], note: 'x' };
    expect(whyNot(await matchByHand(shop.core, shop.actor, items))).toBe('reconcile.payment-reversed');
    expect(whyNot(await undo(step))).toBe('step.payment-reversed');
    expect(links()).toEqual([]);
  });
});

describe('undoing steps in another order', () => {
  it('refuses to undo a match that was taken apart since, and undoes both the other way round', async () => {
    await lateSale(310);
    await statement();
    const matched = await match('UCE3NPYD5V', 'S-9');
    const unmatched = await unmatch();
    expect(whyNot(await undo(matched))).toBe('step.later-step');
    unwrap(await undo(unmatched));
    expect(links()).toMatchObject([{ how: 'by-hand' }]);
    unwrap(await undo(matched));
    expect(links()).toEqual([]);
  });

  it('refuses to undo a refusal that a match by hand has ended', async () => {
    await shop.bringIn('s.csv', salesFile([{ time: '2026-03-14 08:11:00', amount: 310, reference: 'S-1' }]));
    await statement();
    const finding = read().get<{ id: number }>(`SELECT id FROM findings WHERE type = 'proposal'`);
    const rejected = unwrap(await rejectFinding(shop.core, shop.actor, finding?.id ?? 0)).step.id;
    const matched = await match('UCE3NPYD5V', 'S-1');
    expect(whyNot(await undo(rejected))).toBe('step.later-step');
    unwrap(await undo(matched));
    unwrap(await undo(rejected));
  });

  it('refuses to undo a park that was ended or renewed since', async () => {
    await statement();
    const items = { payments: [idOf('UCE3NPYD5V')], sales: [] };
    const notes = () =>
      read()
        .all<{ note: string }>('SELECT note FROM parks WHERE ended_at IS NULL')
        .map((park) => park.note);
    const park = async (note: string) =>
      unwrap(await parkItems(shop.core, shop.actor, { ...items, note })).step.id;
    const first = await park('first');
    const unparked = unwrap(await unparkItems(shop.core, shop.actor, items)).step.id;
    expect(whyNot(await undo(first))).toBe('step.later-step');
    const second = await park('second');
    expect(whyNot(await undo(unparked))).toBe('step.later-step');
    expect(notes()).toEqual(['second']);
    unwrap(await undo(second));
    unwrap(await undo(unparked));
    expect(notes()).toEqual(['first']);
    unwrap(await undo(first));
    expect(notes()).toEqual([]);
  });

  it('does not set aside again what has left the books', async () => {
    const file = await statement();
    const items = { payments: [idOf('UCE3NPYD5V')], sales: [] };
    unwrap(await parkItems(shop.core, shop.actor, { ...items, note: 'x' }));
    const unparked = unwrap(await unparkItems(shop.core, shop.actor, items)).step.id;
    unwrap(await undoImport(shop.core, shop.actor, file, shop.book.open('undo', null)));
    expect(whyNot(await undo(unparked))).toBe('step.items-gone');
  });

  it('undoes a bulk accept only while all of it stands', async () => {
    await shop.bringIn(
      's.csv',
      salesFile([
        { time: '2026-03-14 08:06:00', amount: 200, reference: 'S-1' },
        { time: '2026-03-14 08:11:00', amount: 310, reference: 'S-2' },
      ]),
    );
    await statement();
    const scope = { from: DAY, to: DAY, tillId: null };
    const all = { ...scope, expectedCount: 2, expectedCents: cents(51_000) };
    const accepted = unwrap(await acceptAll(shop.core, shop.actor, all)).step.id;
    const unmatched = await unmatch();
    expect(whyNot(await undo(accepted))).toBe('step.later-step');
    expect(links()).toHaveLength(1);
    unwrap(await undo(unmatched));
    unwrap(await undo(accepted));
    expect(links()).toEqual([]);
  });
});
