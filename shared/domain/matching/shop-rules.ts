import { say } from '../message.ts';
import { hasPaymentMark, hasSaleMark, readyMark } from '../rules/marks.ts';
import type { ShopRule } from '../rules/types.ts';
import { ruleInWords } from '../rules/words.ts';
import { addDays, type BusinessDay } from '../time.ts';
import { declareAmbiguous } from './ambiguity.ts';
import { type Batch, canPay, lineAt, propose, saleAt } from './batch.ts';
import { firstOf } from './chains.ts';
import { distanceMs, gapBefore, isInWindow, namesAnotherSale, personEvidence } from './evidence.ts';

type Pair = { readonly line: number; readonly sale: number };
type Sides = { readonly lines: readonly number[]; readonly sales: readonly number[] };

/** More pairs than this of one amount on one day are left to the passes that solve large blocks by time. */
const MAX_COMPARED = 4_000;

/**
 * What people have said of payments and sales that look like these: same amount, same business day or
 * the usual window, and alone on both sides. Likely, never certain. What a receipt, a number or a phone says of
 * either side is better evidence, and such items are left to it.
 */
export function matchShopRules(batch: Batch, rules: readonly ShopRule[]): void {
  for (const rule of rules) {
    const lines = openLines(batch, rule);
    const sales = lines.length === 0 ? [] : openSales(batch, rule);
    if (sales.length === 0) continue;
    const all = openByAmount(batch, new Set(sales.map((sale) => saleAt(batch, sale).amountCents)));
    const pairs = pairUp(batch, lines, sales).filter((pair) => !hasBetterPartner(batch, pair, all));
    settlePairs(batch, rule, pairs);
  }
}

function openLines(batch: Batch, rule: ShopRule): number[] {
  const wanted = readyMark(rule.payment);
  return positions(
    batch.lineIsOpen,
    (line) =>
      firstOf(batch.salesOfReceipt, lineAt(batch, line).receipt) === -1 &&
      hasPaymentMark(lineAt(batch, line), wanted),
  );
}

function openSales(batch: Batch, rule: ShopRule): number[] {
  const wanted = readyMark(rule.sale);
  return positions(
    batch.saleIsOpen,
    (sale) => saleAt(batch, sale).receipt === null && hasSaleMark(saleAt(batch, sale), wanted),
  );
}

function positions(isOpen: Uint8Array, isWanted: (index: number) => boolean): number[] {
  const found: number[] = [];
  for (let index = 0; index < isOpen.length; index++)
    if (isOpen[index] === 1 && isWanted(index)) found.push(index);
  return found;
}

/** Payments and sales of one amount on the same or the neighbouring business day. */
function pairUp(batch: Batch, lines: readonly number[], sales: readonly number[]): Pair[] {
  const paid = groupBy(lines, (line) => placeOf(lineAt(batch, line).amountCents, lineAt(batch, line).day));
  const sold = groupBy(sales, (sale) => placeOf(saleAt(batch, sale).amountCents, saleAt(batch, sale).day));
  const pairs: Pair[] = [];
  for (const ofDay of sold.values()) {
    const [first] = ofDay;
    if (first === undefined) continue;
    const { amountCents, day } = saleAt(batch, first);
    const near = [addDays(day, -1), day, addDays(day, 1)].flatMap(
      (other) => paid.get(placeOf(amountCents, other)) ?? [],
    );
    if (near.length * ofDay.length > MAX_COMPARED) continue;
    for (const sale of ofDay)
      for (const line of near) if (mayBelong(batch, line, sale)) pairs.push({ line, sale });
  }
  return pairs;
}

function placeOf(amountCents: number, day: BusinessDay): string {
  return `${amountCents}|${day}`;
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

function mayBelong(batch: Batch, line: number, sale: number): boolean {
  const isNear = isOfOneDay(batch, line, sale) || isInWindow(batch, line, sale);
  return isNear && canPay(batch, line, sale) && !namesAnotherSale(batch, line, sale);
}

function isOfOneDay(batch: Batch, line: number, sale: number): boolean {
  return lineAt(batch, line).day === saleAt(batch, sale).day;
}

/** Every open payment and open sale by amount, whether a rule speaks of it or not. */
type OpenItems = {
  readonly lines: ReadonlyMap<number, readonly number[]>;
  readonly sales: ReadonlyMap<number, readonly number[]>;
};

function openByAmount(batch: Batch, amounts: ReadonlySet<number>): OpenItems {
  const lines = positions(batch.lineIsOpen, (line) => amounts.has(lineAt(batch, line).amountCents));
  const sales = positions(batch.saleIsOpen, (sale) => amounts.has(saleAt(batch, sale).amountCents));
  return {
    lines: groupBy(lines, (line) => lineAt(batch, line).amountCents),
    sales: groupBy(sales, (sale) => saleAt(batch, sale).amountCents),
  };
}

/** True when phone or name join one of the two to somebody else nearby, and not to each other. */
function hasBetterPartner(batch: Batch, { line, sale }: Pair, open: OpenItems): boolean {
  if (personEvidence(batch, line, sale) === 1) return false;
  const { amountCents } = saleAt(batch, sale);
  const isBetter = (otherLine: number, otherSale: number) =>
    personEvidence(batch, otherLine, otherSale) === 1 && mayBelong(batch, otherLine, otherSale);
  return (
    (open.lines.get(amountCents) ?? []).some((other) => other !== line && isBetter(other, sale)) ||
    (open.sales.get(amountCents) ?? []).some((other) => other !== sale && isBetter(line, other))
  );
}

/** Pairs that are alone: first close in time, then in the usual window, then on the day. The rest is ambiguous. */
function settlePairs(batch: Batch, rule: ShopRule, pairs: readonly Pair[]): void {
  const { amountWindowMs } = batch.settings;
  const isClose = ({ line, sale }: Pair) =>
    gapBefore(batch, line, sale) !== null &&
    isInWindow(batch, line, sale) &&
    distanceMs(batch, line, sale) <= amountWindowMs;
  const isUsual = ({ line, sale }: Pair) => isInWindow(batch, line, sale);
  let open = pairs;
  for (const isNear of [isClose, isUsual, () => true]) {
    for (const pair of alonePairs(open.filter(isNear))) proposePair(batch, rule, pair);
    open = open.filter(({ line, sale }) => batch.lineIsOpen[line] === 1 && batch.saleIsOpen[sale] === 1);
  }
  for (const group of groupsOf(open)) {
    const belongs = new Set(open.map(({ line, sale }) => `${line}>${sale}`));
    const block = { payments: group.lines, sales: group.sales };
    declareAmbiguous(batch, block, 'shop-rule', (line, sale) =>
      belongs.has(`${line}>${sale}`) ? distanceMs(batch, line, sale) : null,
    );
  }
}

function alonePairs(pairs: readonly Pair[]): Pair[] {
  const perLine = countBy(pairs.map(({ line }) => line));
  const perSale = countBy(pairs.map(({ sale }) => sale));
  return pairs.filter(({ line, sale }) => perLine.get(line) === 1 && perSale.get(sale) === 1);
}

function countBy(items: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

/** Payments and sales that are tied to each other by some pair, each group in canonical order. */
function groupsOf(pairs: readonly Pair[]): Sides[] {
  const ofSale = groupBy(pairs, ({ sale }) => sale);
  const ofLine = groupBy(pairs, ({ line }) => line);
  const seen = new Set<number>();
  const groups: Sides[] = [];
  for (const { line } of pairs) {
    if (seen.has(line)) continue;
    seen.add(line);
    const lines = [line];
    const sales = new Set<number>();
    for (const at of lines) {
      for (const { sale } of ofLine.get(at) ?? []) {
        if (sales.has(sale)) continue;
        sales.add(sale);
        for (const { line: other } of ofSale.get(sale) ?? []) {
          if (seen.has(other)) continue;
          seen.add(other);
          lines.push(other);
        }
      }
    }
    groups.push({ lines: lines.sort((a, b) => a - b), sales: [...sales].sort((a, b) => a - b) });
  }
  return groups;
}

function proposePair(batch: Batch, rule: ShopRule, { line, sale }: Pair): void {
  // Who bought is part of a rule about customers or accounts; about a cashier's sales it still counts.
  const isStranger = rule.sale.by === 'cashier' && personEvidence(batch, line, sale) === -1;
  const doubt = batch.mayBeReversed[line] === 2 ? 'reversed' : isStranger ? 'person' : 'none';
  propose(batch, {
    kind: 'sale',
    lines: [line],
    sales: [sale],
    rule: 'shop-rule',
    band: doubt === 'none' ? 'likely' : 'possible',
    why: say('match.shop-rule', {
      ...ruleInWords(rule).values,
      number: rule.id,
      when: isOfOneDay(batch, line, sale) ? 'day' : 'window',
      doubt,
    }),
  });
}
