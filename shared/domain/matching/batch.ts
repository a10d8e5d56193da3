import type { Message } from '../message.ts';
import type { Cents } from '../money.ts';
import type { Chains } from './chains.ts';
import type {
  Band,
  ExceptionKind,
  LinkKind,
  MatchException,
  MatchLine,
  MatchSale,
  MatchSettings,
  Proposal,
  Rule,
} from './types.ts';

/**
 * The work of one run. Lines and sales are in canonical order and passes name them by position, so that what a
 * pass does cannot depend on the order of the input.
 */
export type Batch = {
  readonly settings: MatchSettings;
  readonly lines: readonly MatchLine[];
  readonly sales: readonly MatchSale[];
  /** Times and amounts as columns: what every pass reads costs no look at a million objects. */
  readonly lineTime: Float64Array;
  readonly lineAmount: Float64Array;
  /** Not a number for a sale with a date alone. */
  readonly saleTime: Float64Array;
  readonly saleAmount: Float64Array;
  /** Positions of the few rows of another kind, so that their passes need not look at every row. */
  readonly otherLines: readonly number[];
  readonly dayTotals: readonly number[];
  /** 1 for a completed payment by a customer, whatever became of it. */
  readonly isPayment: Uint8Array;
  /** 1 for a live sale that should have been paid by M-PESA. */
  readonly isExpected: Uint8Array;
  /** 1 while a pass may still use the item. */
  readonly lineIsOpen: Uint8Array;
  readonly saleIsOpen: Uint8Array;
  /** 1 once nobody needs to be told that the item is open: linked, suggested, listed or explained. */
  readonly lineIsTold: Uint8Array;
  readonly saleIsTold: Uint8Array;
  /** The reversal that certainly ended a payment, else −1. */
  readonly reversalOf: Int32Array;
  /** 1 when a reversal of a part names the payment, 2 when a whole one probably belongs to it; nobody has said so yet. */
  readonly mayBeReversed: Uint8Array;
  /** The payment that a code gives to each sale, certain or likely so far, else −1. */
  readonly codedLineOf: Int32Array;
  /** 1 for a sale that is as good as unpaid: one `possible` payment, or fewer payments than sales to choose from. */
  readonly isWeaklyPaid: Uint8Array;
  readonly linesOfReceipt: Chains;
  readonly salesOfReceipt: Chains;
  /** For each sale the first line that has the receipt it names, −1 when none has or it names none. */
  readonly lineOfSale: Int32Array;
  /** Live sales by the loose key of their own reference. Empty when no payment carries a reference. */
  readonly salesOfReference: Chains;
  readonly fixed: FixedItems;
  /** Payment → the sale that a person holds it for. */
  readonly claims: ReadonlyMap<number, number>;
  readonly refused: ReadonlySet<number>;
  /** Pairs that share a receipt but not the amount: kept until the sum search has tried to explain them. */
  readonly differing: Pairing[];
  /** Pairs whose payment was sent back. */
  readonly reversedPairs: ReversedPair[];
  readonly links: Proposal[];
  readonly suggestions: Proposal[];
  readonly exceptions: MatchException[];
};

export type Pairing = { readonly line: number; readonly sale: number };
/** `rule` is null when the pair is a standing link and needs no proposal. */
export type ReversedPair = Pairing & { readonly rule: Rule | null };

/** What stands already, by position: for each kind the items taken, and the sales of each paid line. */
export type FixedItems = {
  readonly lines: Readonly<Record<LinkKind, ReadonlySet<number>>>;
  readonly sales: Readonly<Record<LinkKind, ReadonlySet<number>>>;
  readonly salesOfLine: ReadonlyMap<number, readonly number[]>;
  /** Standing day totals, whose payments may need no sale of their own. */
  readonly dayTotals: readonly { readonly lines: readonly number[]; readonly sales: readonly number[] }[];
  /** Reversal → payment. */
  readonly reversals: ReadonlyMap<number, number>;
};

export function isRefused(batch: Batch, line: number, sale: number): boolean {
  return batch.refused.size > 0 && batch.refused.has(line * batch.sales.length + sale);
}

/** True when nothing rules out that the line pays the sale: its till, what a person has refused, or holds it for. */
export function canPay(batch: Batch, line: number, sale: number): boolean {
  if (batch.claims.size > 0 && (batch.claims.get(line) ?? sale) !== sale) return false;
  const till = batch.sales[sale]?.till ?? null;
  return (till === null || till === batch.lines[line]?.till) && !isRefused(batch, line, sale);
}

export function lineAt(batch: Batch, index: number): MatchLine {
  const line = batch.lines[index];
  if (line === undefined) throw new RangeError(`no line ${index}`);
  return line;
}

export function saleAt(batch: Batch, index: number): MatchSale {
  const sale = batch.sales[index];
  if (sale === undefined) throw new RangeError(`no sale ${index}`);
  return sale;
}

/** When the line moved, in UTC ms. */
export function lineTimeOf(batch: Batch, line: number): number {
  return batch.lineTime[line] ?? Number.NaN;
}

/** When the sale was rung up, in UTC ms; not a number when only its date is known. */
export function saleTimeOf(batch: Batch, sale: number): number {
  return batch.saleTime[sale] ?? Number.NaN;
}

/** In cents. */
export function lineAmountOf(batch: Batch, line: number): number {
  return batch.lineAmount[line] ?? Number.NaN;
}

/** In cents. */
export function saleAmountOf(batch: Batch, sale: number): number {
  return batch.saleAmount[sale] ?? Number.NaN;
}

/** True for a sale with a time and not a date alone. */
export function isTimed(batch: Batch, sale: number): boolean {
  return !Number.isNaN(saleTimeOf(batch, sale));
}

/** The first customer payment of the receipt that the sale names, −1 when there is none. Charges share receipts. */
export function paymentNamedBy(batch: Batch, sale: number): number {
  let line = batch.lineOfSale[sale] ?? -1;
  while (line >= 0 && batch.isPayment[line] !== 1) line = batch.linesOfReceipt.next[line] ?? -1;
  return line;
}

export type Draft = {
  readonly kind: LinkKind;
  readonly lines: readonly number[];
  readonly sales: readonly number[];
  readonly rule: Rule;
  readonly band: Band;
  readonly why: Message;
  readonly group?: string | null;
};

/** Adds a link or a suggestion. A `sale` proposal takes its items out of the passes that follow. */
export function propose(batch: Batch, draft: Draft): void {
  const isOrdered = draft.kind === 'charge-of' || draft.kind === 'reversal-of';
  const lines = draft.lines.map((index) => lineAt(batch, index).id);
  const sales = draft.sales.map((index) => saleAt(batch, index).id);
  const proposal: Proposal = {
    kind: draft.kind,
    lines: isOrdered ? lines : sortIds(lines),
    sales: sortIds(sales),
    rule: draft.rule,
    band: draft.band,
    why: draft.why,
    ambiguityGroup: draft.group ?? null,
  };
  (draft.band === 'certain' ? batch.links : batch.suggestions).push(proposal);
  if (draft.kind !== 'sale') return;
  settle(batch, draft.lines, draft.sales);
  const [sale] = draft.sales;
  if (sale === undefined) return;
  const isPossible = draft.band === 'possible';
  const isByCode = draft.rule === 'same-receipt' || draft.rule === 'account-reference';
  if (isPossible && proposal.ambiguityGroup === null) batch.isWeaklyPaid[sale] = 1;
  if (isByCode && !isPossible) batch.codedLineOf[sale] = draft.lines[0] ?? -1;
}

export type ExceptionDraft = {
  readonly kind: ExceptionKind;
  readonly lines: readonly number[];
  readonly sales: readonly number[];
  readonly amountCents: Cents;
  readonly why: Message;
};

/** Lists an exception. Its items are out of the passes that follow and are not listed again as merely open. */
export function report(batch: Batch, draft: ExceptionDraft): void {
  batch.exceptions.push({
    kind: draft.kind,
    lines: sortIds(draft.lines.map((index) => lineAt(batch, index).id)),
    sales: sortIds(draft.sales.map((index) => saleAt(batch, index).id)),
    amountCents: draft.amountCents,
    why: draft.why,
  });
  settle(batch, draft.lines, draft.sales);
}

function settle(batch: Batch, lines: readonly number[], sales: readonly number[]): void {
  for (const line of lines) {
    batch.lineIsOpen[line] = 0;
    batch.lineIsTold[line] = 1;
  }
  for (const sale of sales) {
    batch.saleIsOpen[sale] = 0;
    batch.saleIsTold[sale] = 1;
  }
}

function sortIds(ids: number[]): number[] {
  return ids.length < 2 ? ids : ids.sort((a, b) => a - b);
}
