import type { Batch, FixedItems } from './batch.ts';
import { chain, chainBy } from './chains.ts';
import { readClaims } from './claims.ts';
import { keyOfReference } from './reference.ts';
import { sortByNumber } from './sort-by-number.ts';
import { numberTexts, openNumbers } from './text-numbers.ts';
import type { MatchInput, MatchLine, MatchSale, MatchSettings } from './types.ts';

function compareText(a: string | null, b: string | null): number {
  const left = a ?? '';
  const right = b ?? '';
  return left === right ? 0 : left < right ? -1 : 1;
}

/** Of lines of one time; so with sales. */
function compareLines(a: MatchLine, b: MatchLine): number {
  return compareText(a.receipt, b.receipt) || a.amountCents - b.amountCents || a.id - b.id;
}

function compareSales(a: MatchSale, b: MatchSale): number {
  return (
    compareText(a.day, b.day) ||
    compareText(a.reference, b.reference) ||
    a.amountCents - b.amountCents ||
    a.id - b.id
  );
}

/** Sorts, gates and indexes the input. */
export function openBatch(input: MatchInput, settings: MatchSettings): Batch {
  const lines = sortByNumber(input.lines, ({ at }) => at, compareLines);
  const sales = sortByNumber(input.sales, ({ at }) => at, compareSales);
  const { lineIds, lineTime, lineAmount, otherLines, isPayment, hasReferences } = readLines(lines);
  const { saleIds, saleTime, saleAmount, dayTotals, isExpected } = readSales(sales);
  const positions = { lines: positionsOf(lineIds), sales: positionsOf(saleIds) };
  const fixed = readFixed(input, positions);
  const lineIsOpen = isPayment.slice();
  const saleIsOpen = isExpected.slice();
  for (const line of fixed.lines.sale) lineIsOpen[line] = 0;
  for (const sale of fixed.sales.sale) saleIsOpen[sale] = 0;
  const receipts = openNumbers();
  const receiptOfLine = numberTexts(receipts, lines.length, (index) => lines[index]?.receipt || null);
  const receiptOfSale = numberTexts(receipts, sales.length, (index) =>
    isExpected[index] === 1 ? (sales[index]?.receipt ?? null) : null,
  );
  const linesOfReceipt = chain(receipts, receiptOfLine);
  return {
    settings,
    lines,
    sales,
    lineTime,
    lineAmount,
    saleTime,
    saleAmount,
    otherLines,
    dayTotals,
    isPayment,
    isExpected,
    lineIsOpen,
    saleIsOpen,
    lineIsTold: isPayment.map((is, index) => Number(is === 0 || lineIsOpen[index] === 0)),
    saleIsTold: isExpected.map((is, index) => Number(is === 0 || saleIsOpen[index] === 0)),
    reversalOf: new Int32Array(lines.length).fill(-1),
    codedLineOf: new Int32Array(sales.length).fill(-1),
    isWeaklyPaid: new Uint8Array(sales.length),
    mayBeReversed: readSaidReversed(input, lines),
    linesOfReceipt,
    salesOfReceipt: chain(receipts, receiptOfSale),
    lineOfSale: receiptOfSale.map((number) => (number === -1 ? -1 : (linesOfReceipt.first[number] ?? -1))),
    salesOfReference: chainBy(hasReferences ? sales.length : 0, (index) =>
      isExpected[index] === 1 ? (keyOfReference(sales[index]?.reference ?? null)?.loose ?? null) : null,
    ),
    fixed,
    claims: readClaims(input, { lines, sales, isPayment, isExpected, fixed }),
    refused: readRefused(input, positions, sales.length),
    differing: [],
    reversedPairs: [],
    links: [],
    suggestions: [],
    exceptions: [],
  };
}

type LineColumns = Pick<Batch, 'lineTime' | 'lineAmount' | 'otherLines' | 'isPayment'> & {
  readonly lineIds: Float64Array;
  readonly hasReferences: boolean;
};
type SaleColumns = Pick<Batch, 'saleTime' | 'saleAmount' | 'dayTotals' | 'isExpected'> & {
  readonly saleIds: Float64Array;
};

function readLines(lines: readonly MatchLine[]): LineColumns {
  const lineIds = new Float64Array(lines.length);
  const lineTime = new Float64Array(lines.length);
  const lineAmount = new Float64Array(lines.length);
  const isPayment = new Uint8Array(lines.length);
  const otherLines: number[] = [];
  let hasReferences = false;
  for (const [index, line] of lines.entries()) {
    lineIds[index] = line.id;
    lineTime[index] = line.at;
    lineAmount[index] = line.amountCents;
    if (line.kind !== 'customer-payment') otherLines.push(index);
    if (line.kind !== 'customer-payment' || line.direction !== 'in' || line.status !== 'completed') continue;
    isPayment[index] = 1;
    hasReferences ||= line.accountReference !== null;
  }
  return { lineIds, lineTime, lineAmount, otherLines, isPayment, hasReferences };
}

function readSales(sales: readonly MatchSale[]): SaleColumns {
  const saleIds = new Float64Array(sales.length);
  const saleTime = new Float64Array(sales.length);
  const saleAmount = new Float64Array(sales.length);
  const isExpected = new Uint8Array(sales.length);
  const dayTotals: number[] = [];
  for (const [index, sale] of sales.entries()) {
    saleIds[index] = sale.id;
    saleTime[index] = sale.at ?? Number.NaN;
    saleAmount[index] = sale.amountCents;
    if (sale.kind === 'day-total') dayTotals.push(index);
    const isLive = sale.tender === 'mpesa' && !sale.isCancelled && sale.kind === 'sale';
    isExpected[index] = Number(isLive && sale.amountCents > 0);
  }
  return { saleIds, saleTime, saleAmount, dayTotals, isExpected };
}

/** The position of an id. */
type PositionOf = { get(id: number): number | undefined };
type Positions = { readonly lines: PositionOf; readonly sales: PositionOf };

/** Ids that are dense, as a ledger's are, need one integer each and no map of a million entries. */
const DENSE = 4;

function positionsOf(ids: Float64Array): PositionOf {
  let most = 0;
  for (let index = 0; index < ids.length; index++) most = Math.max(most, ids[index] ?? 0);
  const isDense = most <= DENSE * ids.length;
  const positions = isDense ? denseMap(most) : new Map<number, number>();
  for (let index = 0; index < ids.length; index++) {
    const id = ids[index] ?? 0;
    if (positions.get(id) !== undefined) throw new Error('two items of one side share an id');
    positions.set(id, index);
  }
  return positions;
}

function denseMap(most: number): PositionOf & { set(id: number, position: number): unknown } {
  const positions = new Int32Array(most + 1).fill(-1);
  return {
    get: (id) => {
      const position = positions[id] ?? -1;
      return position === -1 ? undefined : position;
    },
    set: (id, position) => {
      positions[id] = position;
    },
  };
}

function readFixed(input: MatchInput, positions: Positions): FixedItems {
  const perKind = () => ({
    sale: new Set<number>(),
    'charge-of': new Set<number>(),
    'reversal-of': new Set<number>(),
    sweep: new Set<number>(),
    'day-total': new Set<number>(),
  });
  const taken = { lines: perKind(), sales: perKind() };
  const salesOfLine = new Map<number, readonly number[]>();
  const reversals = new Map<number, number>();
  const dayTotals: { lines: number[]; sales: number[] }[] = [];
  for (const link of input.fixed) {
    const lines = link.lines.map((id) => positions.lines.get(id)).filter((index) => index !== undefined);
    const sales = link.sales.map((id) => positions.sales.get(id)).filter((index) => index !== undefined);
    for (const line of lines) taken.lines[link.kind].add(line);
    for (const sale of sales) taken.sales[link.kind].add(sale);
    if (link.kind === 'sale') for (const line of lines) salesOfLine.set(line, sales);
    if (link.kind === 'day-total') dayTotals.push({ lines, sales });
    const [reversal, payment] = lines;
    if (link.kind === 'reversal-of' && reversal !== undefined && payment !== undefined) {
      reversals.set(reversal, payment);
    }
  }
  return { lines: taken.lines, sales: taken.sales, salesOfLine, dayTotals, reversals };
}

/** Nobody but an answer says so: enough to ask a person, not to end the payment. */
function readSaidReversed({ saidReversed = [] }: MatchInput, lines: readonly MatchLine[]): Uint8Array {
  const mayBe = new Uint8Array(lines.length);
  if (saidReversed.length === 0) return mayBe;
  const receipts = new Set(saidReversed);
  for (const [index, line] of lines.entries()) if (receipts.has(line.receipt)) mayBe[index] = 2;
  return mayBe;
}

function readRefused(input: MatchInput, positions: Positions, saleCount: number): Set<number> {
  const refused = new Set<number>();
  for (const pair of input.refused) {
    const line = positions.lines.get(pair.line);
    const sale = positions.sales.get(pair.sale);
    if (line !== undefined && sale !== undefined) refused.add(line * saleCount + sale);
  }
  return refused;
}
