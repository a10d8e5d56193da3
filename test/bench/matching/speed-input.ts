import type { MatchInput, MatchLine, MatchSale } from '#shared/domain/matching/types.ts';
import { cents } from '#shared/domain/money.ts';
import { addDays, type BusinessDay, HOUR, SECOND, startOfDay, type UtcMs } from '#shared/domain/time.ts';
import { seededRandom } from '#test/fixtures/random.ts';

/** Payments a day: a shop with a queue. More rows are more days, as in a real ledger. */
const PER_DAY = 2_000;
const MASKS = ['0722****', '254711****', '2547****', '0790***', '25470****'];

/**
 * `size` payments and as many sales, over as many days as that takes: 70 % with their receipt, 5 % of those with a
 * slip; a tenth of either side has no partner; round prices, masked phones, five sales in a hundred with a phone.
 */
export function makeSpeedInput(size: number, seed = 1): MatchInput {
  const random = seededRandom(seed);
  const lines: MatchLine[] = [];
  const sales: MatchSale[] = [];
  const first = '2020-01-01' as BusinessDay;
  for (let index = 0; index < size; index++) {
    const day = addDays(first, Math.floor(index / PER_DAY));
    const at = (startOfDay(day) + 7 * HOUR + random.whole(0, 13 * 3600) * SECOND) as UtcMs;
    const amount = cents(
      random.chance(0.3) ? random.pick([50, 100, 200, 500]) * 100 : random.whole(20, 5_000) * 100,
    );
    const receipt = receiptOf(day, index % PER_DAY, random.whole(0, 34));
    lines.push(lineOf(index, receipt, amount, at, day, `${random.pick(MASKS)}${random.whole(100, 999)}`));
    const sold = random.chance(0.1) ? cents(random.whole(20, 5_000) * 100) : amount;
    const typed =
      !random.chance(0.7) || sold !== amount ? null : random.chance(0.05) ? slipOf(receipt) : receipt;
    const soldAt = (at + random.whole(-30, 240) * SECOND) as UtcMs;
    const phone = random.chance(0.05) ? `07${random.whole(10_000_000, 99_999_999)}` : null;
    sales.push(saleOf(index, typed, sold, soldAt, day, phone));
  }
  return { lines: random.shuffle(lines), sales: random.shuffle(sales), fixed: [], refused: [] };
}

/** As Safaricom makes them: year, month and day in three characters, then what rises through the day. */
function receiptOf(day: BusinessDay, ofDay: number, salt: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const start = `${letterOf(year - 2006)}${letterOf(month - 1)}${date < 10 ? date : letterOf(date - 10)}`;
  return `${start}${(100_000_000 + ofDay * 35 + salt).toString(36).toUpperCase().padStart(7, '0')}`;
}

function letterOf(place: number): string {
  return String.fromCharCode(65 + place);
}

function slipOf(receipt: string): string {
  return `${receipt.slice(0, 6)}${receipt.charAt(7)}${receipt.charAt(6)}${receipt.slice(8)}`;
}

function lineOf(
  index: number,
  receipt: string,
  amountCents: MatchLine['amountCents'],
  at: UtcMs,
  day: BusinessDay,
  phone: string,
): MatchLine {
  return {
    id: index + 1,
    till: '1',
    account: 'Merchant Account',
    receipt,
    direction: 'in',
    amountCents,
    at,
    day,
    kind: 'customer-payment',
    status: 'completed',
    accountReference: null,
    linkedReceipt: null,
    party: { phone, code: null, name: 'ALICE EXAMPLE' },
  };
}

function saleOf(
  index: number,
  receipt: string | null,
  amountCents: MatchSale['amountCents'],
  at: UtcMs,
  day: BusinessDay,
  phone: string | null,
): MatchSale {
  return {
    id: index + 1,
    till: null,
    reference: `INV-${index + 1}`,
    receipt,
    accountReference: null,
    amountCents,
    at,
    day,
    kind: 'sale',
    tender: 'mpesa',
    isCancelled: false,
    isTyped: false,
    phone,
    customer: null,
  };
}

/** 200 equal amounts on either side within an hour, and 40 items whose sums nearly make one payment. */
export function makeSumTrap(): MatchInput {
  const start = startOfDay('2026-03-15' as BusinessDay) + 9 * HOUR;
  const day = '2026-03-15' as BusinessDay;
  const lines: MatchLine[] = [];
  const sales: MatchSale[] = [];
  const add = (shillings: number, second: number, isLine: boolean) => {
    const at = (start + second * SECOND) as UtcMs;
    const amount = cents(shillings * 100);
    if (isLine)
      lines.push(lineOf(lines.length, receiptOf(day, lines.length, 0), amount, at, day, '0722****100'));
    else sales.push(saleOf(sales.length, null, amount, at, day, null));
  };
  for (let item = 0; item < 200; item++) {
    add(50, item * 17, true);
    add(50, item * 17 + 60, false);
  }
  for (let item = 0; item < 40; item++) add(1_000 + 2 * item, 7_200 + item, false);
  add(20_001, 7_300, true);
  add(20_780, 7_300, true);
  return { lines, sales, fixed: [], refused: [] };
}
