import { say } from '../message.ts';
import { declareAmbiguous } from './ambiguity.ts';
import { type Batch, isTimed, lineAmountOf, lineAt, propose, saleAmountOf, saleAt } from './batch.ts';
import { gapBefore, pairWords, personEvidence, weigh } from './evidence.ts';
import type { Habit } from './habit.ts';
import {
  type Block,
  type DecidedPair,
  decidePairs,
  gapOfPair,
  isPlausible,
  splitBlocks,
  type Window,
} from './tie-blocks.ts';
import type { Band } from './types.ts';

/**
 * Amount and time, without any code: alone in the time window, or the clear best of its block. Likely, and never
 * certain.
 */
export function matchAmountTime(batch: Batch, habit: Habit | null): void {
  const { tight } = windowsOf(batch, habit);
  for (const block of blocksOfAmount(batch)) settleTies(batch, timedOf(batch, block), tight, 'likely', habit);
}

/**
 * The same with less to go by: within the whole window only, or on a date alone. Possible, and likely when the
 * phone or the name agrees too.
 */
export function matchAmountFarther(batch: Batch, habit: Habit | null): void {
  const { wide } = windowsOf(batch, habit);
  for (const block of blocksOfAmount(batch)) {
    settleTies(batch, timedOf(batch, block), wide, 'possible', habit);
    settleDates(batch, stillOpen(batch, block));
  }
}

function windowsOf(batch: Batch, habit: Habit | null): { tight: Window; wide: Window } {
  const { beforeMs, afterMs, amountWindowMs } = batch.settings;
  const usualMs = Math.min(Math.max(habit?.usualMs ?? 0, -afterMs), Math.min(amountWindowMs, beforeMs));
  const wide: Window = { beforeMs, afterMs, usualMs };
  const tight: Window = {
    beforeMs: Math.min(amountWindowMs, beforeMs),
    afterMs: Math.min(amountWindowMs, afterMs),
    usualMs,
  };
  return { tight, wide };
}

function timedOf(batch: Batch, { payments, sales }: Block): Block {
  return { payments, sales: sales.filter((sale) => isTimed(batch, sale)) };
}

/** Open payments and open sales that name no receipt, by amount, each side in order of time. */
function blocksOfAmount(batch: Batch): Block[] {
  const blocks = new Map<number, { payments: number[]; sales: number[] }>();
  for (let sale = 0; sale < batch.sales.length; sale++) {
    if (batch.saleIsOpen[sale] !== 1 || saleAt(batch, sale).receipt !== null) continue;
    const amount = saleAmountOf(batch, sale);
    const block = blocks.get(amount);
    if (block) block.sales.push(sale);
    else blocks.set(amount, { payments: [], sales: [sale] });
  }
  if (blocks.size === 0) return [];
  for (let line = 0; line < batch.lines.length; line++) {
    if (batch.lineIsOpen[line] === 1) blocks.get(lineAmountOf(batch, line))?.payments.push(line);
  }
  return [...blocks.values()].filter(({ payments }) => payments.length > 0);
}

function stillOpen(batch: Batch, { payments, sales }: Block): Block {
  return {
    payments: payments.filter((line) => batch.lineIsOpen[line] === 1),
    sales: sales.filter((sale) => batch.saleIsOpen[sale] === 1),
  };
}

function settleTies(batch: Batch, block: Block, window: Window, band: Band, habit: Habit | null): void {
  if (block.payments.length === 0 || block.sales.length === 0) return;
  for (const pair of decidePairs(batch, block, window))
    proposePair(batch, pair, band, isUsual(batch, pair, habit));
  for (const rest of splitBlocks(batch, stillOpen(batch, block), window)) {
    declareAmbiguous(batch, rest, 'amount-time', (line, sale) => gapOfPair(batch, line, sale, window));
  }
}

/** True when the pair lies as far apart as this shop's pairs do; true of every pair while that is not known. */
function isUsual(batch: Batch, { line, sale }: DecidedPair, habit: Habit | null): boolean {
  const gap = gapBefore(batch, line, sale);
  return habit === null || gap === null || (gap >= habit.fromMs && gap <= habit.toMs);
}

function proposePair(batch: Batch, pair: DecidedPair, ofWindow: Band, isUsualTime: boolean): void {
  const { line, sale, isAlone, isSamePerson } = pair;
  const ofTime = isUsualTime ? ofWindow : 'possible';
  const weighed = weigh(batch, line, sale, isSamePerson ? 'likely' : ofTime);
  const { band } = weighed;
  const doubt = weighed.doubt === 'none' && !isUsualTime ? 'unusual' : weighed.doubt;
  const why = say('match.amount-time', {
    ...pairWords(batch, line, sale, doubt),
    how: isSamePerson ? 'person' : isAlone ? 'alone' : 'nearest',
  });
  propose(batch, { kind: 'sale', lines: [line], sales: [sale], rule: 'amount-time', band, why });
}

/** Sales with a date alone, against the payments of that day. */
function settleDates(batch: Batch, block: Block): void {
  const days = new Map<string, { payments: number[]; sales: number[] }>();
  for (const sale of block.sales) {
    const { at, day } = saleAt(batch, sale);
    if (at !== null) continue;
    const ofDay = days.get(day) ?? { payments: [], sales: [] };
    ofDay.sales.push(sale);
    days.set(day, ofDay);
  }
  for (const line of block.payments) days.get(lineAt(batch, line).day)?.payments.push(line);
  for (const ofDay of days.values()) settleDay(batch, ofDay);
}

/** More than this many pairs on one day are not compared by person: they are ambiguous. */
const MAX_PAIRS = 4_000;

function settleDay(batch: Batch, { payments, sales }: Block): void {
  const isSmall = payments.length * sales.length <= MAX_PAIRS;
  if (isSmall) {
    const agreeing = matrixOf(payments, sales, (line, sale) => personEvidence(batch, line, sale) === 1);
    for (const { line, sale } of agreeing) proposeOfDay(batch, line, sale, true);
  }
  const rest = stillOpen(batch, { payments, sales });
  if (isSmall) {
    const alone = matrixOf(rest.payments, rest.sales, (line, sale) => isPlausible(batch, line, sale));
    for (const { line, sale } of alone) proposeOfDay(batch, line, sale, false);
  }
  declareAmbiguous(batch, stillOpen(batch, rest), 'amount-time', (line, sale) =>
    isPlausible(batch, line, sale) ? 0 : null,
  );
}

function proposeOfDay(batch: Batch, line: number, sale: number, isSamePerson: boolean): void {
  proposePair(batch, { line, sale, isAlone: true, isSamePerson }, 'possible', true);
}

/** The pairs in which each side has no other partner. */
function matrixOf(
  payments: readonly number[],
  sales: readonly number[],
  fits: (line: number, sale: number) => boolean,
): { line: number; sale: number }[] {
  const pairs = payments.flatMap((line) =>
    sales.filter((sale) => fits(line, sale)).map((sale) => ({ line, sale })),
  );
  const perLine = countBy(pairs.map(({ line }) => line));
  const perSale = countBy(pairs.map(({ sale }) => sale));
  return pairs.filter(({ line, sale }) => perLine.get(line) === 1 && perSale.get(sale) === 1);
}

function countBy(items: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}
