import { say } from '../message.ts';
import { cents, sum } from '../money.ts';
import { type Batch, canPay, lineAt, propose, report, saleAt } from './batch.ts';

/** The totals of one day and till; several (one a cashier or shift) are compared together. */
type DayGroup = { readonly day: string; readonly till: string | null; readonly totals: number[] };

/**
 * Compares each day total with the customer payments of its day and till that were not sent back: with all of
 * them, for a Z report covers every sale; or, where single sales are recorded beside it, with those that no single
 * sale settles. Equal is certain unless a person typed the total. A total that explains its payments (no single
 * sale is recorded beside it, or it equals the rest) also answers for them, so that none is listed as not sold.
 */
export function matchDayTotals(batch: Batch, settled: ReadonlySet<number>): void {
  const groups = groupTotals(batch);
  if (groups.length + batch.fixed.dayTotals.length === 0) return;
  const payments = paymentsOfDays(batch, new Set(groups.map(({ day }) => day)));
  const counted = new Set<number>();
  const singles = tillsOfSingleSales(batch);
  const hasSales = (day: string, till: string | null) => {
    const tills = singles.get(day);
    return tills !== undefined && (till === null || tills.has(null) || tills.has(till));
  };
  for (const { lines, sales } of batch.fixed.dayTotals) {
    const hasSingles = sales.some((total) => hasSales(saleAt(batch, total).day, saleAt(batch, total).till));
    if (!hasSingles || !lines.some((line) => settled.has(line))) answerFor(batch, lines);
  }
  for (const group of groups) {
    const hasSingles = hasSales(group.day, group.till);
    settleGroup(batch, group, payments.get(group.day) ?? [], settled, counted, hasSingles);
  }
}

function groupTotals(batch: Batch): DayGroup[] {
  const groups = new Map<string, DayGroup>();
  for (const sale of batch.dayTotals) {
    const { tender, isCancelled, day, till } = saleAt(batch, sale);
    if (tender !== 'mpesa' || isCancelled) continue;
    if (batch.fixed.sales['day-total'].has(sale) || batch.fixed.sales.sale.has(sale)) continue;
    const key = JSON.stringify([day, till]);
    const group = groups.get(key) ?? { day, till, totals: [] };
    group.totals.push(sale);
    groups.set(key, group);
  }
  const order = ({ day, till }: DayGroup) => `${day} ${till === null ? '~' : `!${till}`}`;
  return [...groups.values()].sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

function paymentsOfDays(batch: Batch, days: ReadonlySet<string>): Map<string, number[]> {
  const payments = new Map<string, number[]>();
  for (let line = 0; line < batch.lines.length; line++) {
    const { day } = lineAt(batch, line);
    if (batch.isPayment[line] !== 1 || batch.reversalOf[line] !== -1 || !days.has(day)) continue;
    if (batch.fixed.lines['day-total'].has(line)) continue;
    const ofDay = payments.get(day);
    if (ofDay) ofDay.push(line);
    else payments.set(day, [line]);
  }
  return payments;
}

function settleGroup(
  batch: Batch,
  { totals }: DayGroup,
  payments: readonly number[],
  settled: ReadonlySet<number>,
  counted: Set<number>,
  hasSales: boolean,
): void {
  const all = payments.filter(
    (line) => !counted.has(line) && totals.every((total) => canPay(batch, line, total)),
  );
  const rest = all.filter((line) => !settled.has(line));
  const sold = sum(totals.map((total) => saleAt(batch, total).amountCents));
  const equal = [all, rest].find((lines) => lines.length > 0 && paidBy(batch, lines) === sold);
  const answersFor = !hasSales ? all : equal === rest ? rest : [];
  for (const line of equal ?? []) counted.add(line);
  if (equal !== undefined) {
    const isTyped = totals.some((total) => saleAt(batch, total).isTyped);
    propose(batch, {
      kind: 'day-total',
      lines: equal,
      sales: totals,
      rule: 'day-total',
      band: isTyped ? 'likely' : 'certain',
      why: say('match.day-total', {
        count: equal.length,
        amount: { money: sold },
        part: equal.length < all.length ? 'rest' : 'all',
        doubt: isTyped ? 'typed' : 'none',
      }),
    });
  } else reportTotal(batch, totals, answersFor, sold, nearest(batch, sold, hasSales ? [all, rest] : [all]));
  answerFor(batch, answersFor);
}

/** The total speaks for these payments: none of them is open for want of a sale of its own. */
function answerFor(batch: Batch, lines: readonly number[]): void {
  for (const line of lines) {
    batch.lineIsTold[line] = 1;
    batch.lineIsOpen[line] = 0;
  }
}

function paidBy(batch: Batch, lines: readonly number[]): number {
  return sum(lines.map((line) => lineAt(batch, line).amountCents));
}

function nearest(batch: Batch, sold: number, choices: readonly (readonly number[])[]): number {
  const sums = choices.map((lines) => paidBy(batch, lines));
  return sums.reduce(
    (best, paid) => (Math.abs(paid - sold) < Math.abs(best - sold) ? paid : best),
    sums[0] ?? 0,
  );
}

function reportTotal(
  batch: Batch,
  totals: number[],
  lines: readonly number[],
  sold: number,
  paid: number,
): void {
  const difference = cents(Math.abs(paid - sold));
  report(batch, {
    kind: 'amount-differs',
    lines,
    sales: totals,
    amountCents: difference,
    why: say('exception.amount-differs.day-total', {
      paid: { money: cents(paid) },
      sold: { money: cents(sold) },
      difference: { money: difference },
      which: paid > sold ? 'more' : 'less',
    }),
  });
}

/** The tills of the single sales of each day; null = a sale of any till. */
function tillsOfSingleSales(batch: Batch): Map<string, Set<string | null>> {
  const tills = new Map<string, Set<string | null>>();
  for (const [index, sale] of batch.sales.entries()) {
    if (batch.isExpected[index] !== 1) continue;
    const ofDay = tills.get(sale.day);
    if (ofDay) ofDay.add(sale.till);
    else tills.set(sale.day, new Set([sale.till]));
  }
  return tills;
}
