import fc from 'fast-check';
import { PROGRAM } from '#main/db/ledger.ts';
import { matchChangedDays, settleMatching } from '#main/services/match-days.ts';
import { parkItems, unparkItems } from '#main/services/park-items.ts';
import {
  acceptAll,
  acceptFinding,
  matchByHand,
  rejectFinding,
  unmatchLink,
} from '#main/services/reconcile-acts.ts';
import { decideReview } from '#main/services/reviews.ts';
import { setDayStart } from '#main/services/set-day-start.ts';
import { showSummary } from '#main/services/show-summary.ts';
import { addTillNumber } from '#main/services/tills.ts';
import { voidSale } from '#main/services/type-sale.ts';
import { undoImport } from '#main/services/undo-import.ts';
import { undoStep } from '#main/services/undo-step.ts';
import type { BusinessDay } from '#shared/domain/time.ts';
import { succeed } from '#shared/ipc/result.ts';
import { sendNotice } from './notices.ts';
import type { TestShop } from './open-shop.ts';
import { unwrap } from './results.ts';
import { dayStatement, salesFile } from './shop-files.ts';

const AMOUNTS = [100, 150, 300] as const;
/** Six payments of one morning, around an hour at which the business day may begin. */
const PAYMENTS = Array.from({ length: 6 }, (_, at) => ({
  receipt: `UCE${at}DEMO0${at}`,
  time: `0${at + 1}:30:07`,
  amount: AMOUNTS[at % 3] ?? 0,
}));
const SALES = PAYMENTS.map(({ receipt, time, amount }, at) => ({
  time: `2026-03-14 ${time.replace(':30:', ':32:')}`,
  amount,
  reference: `S-${at}`,
  receipt: at % 3 === 0 ? receipt : '',
}));
/** The month of it all. */
export const MONTH = { from: '2026-03-01' as BusinessDay, to: '2026-03-31' as BusinessDay, tillId: null };

const PICKING = [
  'accept',
  'reject',
  'unmatch',
  'park',
  'unpark',
  'match',
  'void',
  'undo-import',
  'undo-step',
] as const;
/** What a person does; `which` picks one of what there is. */
export type Act =
  | {
      readonly type: 'statement';
      readonly rows: readonly number[];
      readonly dearer: number | null;
      readonly until: string;
      readonly isCut: boolean;
    }
  | { readonly type: 'sales'; readonly rows: readonly number[]; readonly dearer: number | null }
  /** A notice of one payment, perhaps of another amount than is true. */
  | { readonly type: 'notice'; readonly row: number; readonly isDearer: boolean }
  | { readonly type: 'day-start'; readonly minutes: number }
  | { readonly type: 'accept-all' | 'add-till' }
  | { readonly type: 'restart' }
  | { readonly type: (typeof PICKING)[number]; readonly which: number }
  | { readonly type: 'decide'; readonly decision: 'keep' | 'apply'; readonly which: number };

const rows = fc.uniqueArray(fc.nat({ max: 5 }), { minLength: 1, maxLength: 6 }).map((all) => all.sort());
const which = fc.nat({ max: 30 });
const dearer = fc.option(fc.nat({ max: 5 }), { freq: 3 });
/** Files come often, and what people do with them. */
export const anyAct: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('statement' as const),
      rows,
      dearer,
      until: fc.constantFrom('23:59:59', '12:00:00'),
      isCut: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('sales' as const), rows, dearer }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('notice' as const),
      row: fc.nat({ max: 5 }),
      isDearer: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('day-start' as const), minutes: fc.constantFrom(0, 200, 300) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constantFrom('accept-all' as const, 'restart' as const, 'add-till' as const),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({ type: fc.constantFrom(...PICKING), which }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('decide' as const),
      which,
      decision: fc.constantFrom('keep' as const, 'apply' as const),
    }),
  },
);

/** What an act may pick from. */
const NAMED = {
  finding: 'SELECT id FROM findings WHERE is_head = 1 ORDER BY id',
  link: 'SELECT id FROM links WHERE ended_at IS NULL ORDER BY id',
  payment: 'SELECT id FROM live_movements ORDER BY id',
  sale: `SELECT id FROM live_sales WHERE status = 'closed' ORDER BY id`,
  import: `SELECT id FROM imports WHERE state = 'done' AND id > 0 ORDER BY id`,
  step: 'SELECT id FROM steps ORDER BY id DESC LIMIT 3',
  review: `SELECT id FROM reviews WHERE state = 'open' ORDER BY id`,
} as const;

function pick({ core }: TestShop, what: keyof typeof NAMED, at: number): number {
  const found = core.ledger.read.all<{ id: number }>(NAMED[what]);
  return found[at % Math.max(1, found.length)]?.id ?? 0;
}

/** Some rows of a file; one of them may say another amount than before. */
function chosen<Row extends { readonly amount: number }>(
  from: readonly Row[],
  { rows, dearer }: { readonly rows: readonly number[]; readonly dearer: number | null },
): Row[] {
  return rows.flatMap((at) => {
    const row = from[at];
    return row ? [{ ...row, amount: row.amount + (at === dearer ? 7 : 0) }] : [];
  });
}

/** A statement, perhaps as a spreadsheet leaves it that cuts the seconds. */
function statementOf(todo: Act & { readonly type: 'statement' }): string {
  const text = dayStatement(chosen(PAYMENTS, todo), '14-03-2026', todo.until);
  return todo.isCut ? text.replaceAll(':30:07', ':30') : text;
}

/** A notice is booked, and its day is matched, as the inbox has it done. */
async function takeNotice(shop: TestShop, { row, isDearer }: Act & { readonly type: 'notice' }) {
  const { receipt = '', time = '', amount = 0 } = PAYMENTS[row] ?? {};
  const taken = sendNotice(shop, {
    receipt,
    time: `20260314${time.replaceAll(':', '')}`,
    amount: amount + (isDearer ? 7 : 0),
  });
  await matchChangedDays(shop.core, PROGRAM);
  return taken;
}

/** What the person who accepts everything sees before. */
function expected({ core }: TestShop): { expectedCount: number; expectedCents: number } {
  const { acceptable } = unwrap(showSummary(core, MONTH));
  return { expectedCount: acceptable.count, expectedCents: acceptable.cents };
}

/**
 * Does one act, and says how it went. What is refused is left as it is: every refusal has tests of its own. A restart
 * gives another shop.
 */
export async function perform(shop: TestShop, todo: Act): Promise<{ shop: TestShop; said: string }> {
  if (todo.type === 'restart') return { shop: await shop.reopen(), said: 'restarted' };
  const { core, actor } = shop;
  const answer = async () => {
    switch (todo.type) {
      case 'statement':
        return shop.bringIn(`${todo.rows.join('')}.csv`, statementOf(todo));
      case 'notice':
        return succeed(await takeNotice(shop, todo));
      case 'sales':
        return shop.bringIn('sales.csv', salesFile(chosen(SALES, todo)));
      case 'day-start':
        return setDayStart(core, actor, { fromDay: '2026-03-10' as BusinessDay, minutes: todo.minutes });
      case 'accept-all':
        return acceptAll(core, actor, { ...MONTH, ...expected(shop) });
      case 'add-till':
        return addTillNumber(core, actor, { number: '7654321', name: 'SECOND', tillId: null });
      case 'accept':
        return acceptFinding(core, actor, pick(shop, 'finding', todo.which));
      case 'reject':
        return rejectFinding(core, actor, pick(shop, 'finding', todo.which));
      case 'unmatch':
        return unmatchLink(core, actor, pick(shop, 'link', todo.which));
      case 'match':
        return matchByHand(core, actor, {
          payments: [pick(shop, 'payment', todo.which)],
          sales: [pick(shop, 'sale', todo.which * 7)],
          note: 'as said',
        });
      case 'park':
        return parkItems(core, actor, {
          payments: [pick(shop, 'payment', todo.which)],
          sales: [],
          note: 'comes back',
        });
      case 'unpark':
        return unparkItems(core, actor, { payments: [pick(shop, 'payment', todo.which)], sales: [] });
      case 'void':
        return voidSale(core, actor, { saleId: pick(shop, 'sale', todo.which), note: 'typed twice' });
      case 'undo-import':
        return undoImport(core, actor, pick(shop, 'import', todo.which), shop.book.open('undo', null));
      case 'undo-step':
        return undoStep(core, actor, pick(shop, 'step', todo.which));
      case 'decide':
        return decideReview(core, actor, {
          reviewId: pick(shop, 'review', todo.which),
          decision: todo.decision,
        });
    }
  };
  const done = await answer();
  // A new number has its sales matched without anybody waiting for it.
  await settleMatching(core);
  if ('type' in done) return { shop, said: done.type };
  return { shop, said: done.ok ? 'done' : done.error.message.id };
}
