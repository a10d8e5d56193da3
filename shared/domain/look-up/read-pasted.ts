import { readSms, type Sms, type SmsShape } from '../daraja/sms.ts';
import { type Cents, parseAmount } from '../money.ts';
import type { Party } from '../party.ts';
import { hasReceiptShape, isPlainWords, looksLikeReceipt, parseReceipt, type Receipt } from '../receipt.ts';
import { fromNairobi, type UtcMs } from '../time.ts';
import { cleanPasted, type TextMarks } from './clean-text.ts';
import { type Payee, readPayee } from './payee.ts';

/** How a receipt came: by hand, in a message to the shop, or in one to its customer. */
export type CameAs = 'typed' | 'merchant-message' | 'customer-message';

/** What a message says of its payment, the balance left out. A message proves nothing: anybody can write one. */
export type Stated = {
  /** `unknown`: a form that Daftari does not know, of which only the code and the time were read. */
  readonly shape: SmsShape | 'unknown';
  readonly amount: Cents | null;
  /** To the minute. */
  readonly at: UtcMs | null;
  readonly payer: Party | null;
  readonly payee: Payee | null;
  /** What the customer typed as account. */
  readonly reference: string | null;
};

export type Pasted =
  | {
      readonly type: 'receipt';
      readonly receipt: Receipt;
      readonly cameAs: CameAs;
      /** Null for a receipt that was typed alone. */
      readonly stated: Stated | null;
      /** Other codes in the same text. */
      readonly others: readonly Receipt[];
      readonly marks: TextMarks;
    }
  /** Perhaps a bank's or another network's, or an amount: what there is to search by. */
  | {
      readonly type: 'no-receipt';
      readonly code: string | null;
      readonly amount: Cents | null;
      readonly at: UtcMs | null;
      /** The text itself says that the payment failed. */
      readonly saysFailed: boolean;
      readonly marks: TextMarks;
    }
  | { readonly type: 'nothing' };

const MONEY = /K(?:sh|SH|ES)s?\.?\s*([\d,]+(?:\.\d{1,2})?)/i;
const WHEN =
  /\b(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})(?:,?\s+(?:at\s+|saa\s+)?(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?\s*(AM|PM)?)?/i;
const SAYS_FAILED = /\b(?:failed|not successful|unsuccessful|insufficient|imeshindwa|haikufaulu)\b/i;
/** Longest code that is still shown back to whoever typed it. */
const MOST_CODE = 40;

/** Whatever was typed or pasted: a receipt and what is said of it, or what else there is to search by. */
export function readPasted(pasted: string): Pasted {
  const { text, marks } = cleanPasted(pasted);
  if (text === '') return { type: 'nothing' };
  const typed = readTyped(text);
  if (typed !== null) return { ...asTyped(typed), marks };
  const sms = readSms(text);
  const fromSms = sms === null ? null : fromMessage(sms, text, marks);
  return fromSms ?? readLoosely(text, marks);
}

/** A receipt that stands for itself: typed, or known from the books. */
export function asTyped(receipt: Receipt): Extract<Pasted, { type: 'receipt' }> {
  const marks = { hasHidden: false, hasLookAlikes: false, isCut: false };
  return { type: 'receipt', receipt, cameAs: 'typed', stated: null, others: [], marks };
}

/** People write receipts with blanks and full stops in between; words, amounts and dates are none. */
function readTyped(text: string): Receipt | null {
  if (text.length > 24 || isPlainWords(text) || MONEY.test(text)) return null;
  const receipt = parseReceipt(text);
  return receipt !== null && hasReceiptShape(receipt) ? receipt : null;
}

const TO_CUSTOMER: readonly SmsShape[] = ['customer-paid', 'customer-sent'];

/** A message about a reversal is about the payment that was sent back. */
function fromMessage(sms: Sms, text: string, marks: TextMarks): Pasted | null {
  const receipt = sms.originalReceipt ?? sms.receipt;
  const { shape, amount, at, payer, payee, reference } = sms;
  if (receipt === null) return null;
  return {
    type: 'receipt',
    receipt,
    cameAs: TO_CUSTOMER.includes(shape) ? 'customer-message' : 'merchant-message',
    stated: { shape, amount, at, payer, payee: payee === null ? null : readPayee(payee), reference },
    others: codesIn(text).filter((other) => other !== receipt && other !== sms.receipt),
    marks,
  };
}

/**
 * A text of no known form: a bank's message that also names the M-PESA code, a confirmation in Swahili, a note. The
 * code that a label names comes first, then the first that carries a date.
 */
function readLoosely(text: string, marks: TextMarks): Pasted {
  const amount = readAmount(text);
  const at = readTime(text);
  const [receipt, ...others] = codesIn(text);
  if (receipt === undefined) {
    const code = /^\S+$/.test(text) && /\p{L}/u.test(text) ? text.slice(0, MOST_CODE) : null;
    return { type: 'no-receipt', code, amount, at, saysFailed: SAYS_FAILED.test(text), marks };
  }
  // Which of its amounts was paid nobody can tell: a balance or a loan may stand first.
  return {
    type: 'receipt',
    receipt,
    cameAs: 'customer-message',
    stated: { shape: 'unknown', amount: null, at, payer: null, payee: null, reference: null },
    others,
    marks,
  };
}

const CONFIRMED =
  /(?<![\p{L}\p{N}])([A-Z0-9]{8,10})\s*[.,:-]?\s*(?:Confirmed|Imethibitishwa|Imethibitika)\b/giu;
const LABELLED =
  /\bM-?PESA\s+(?:ref(?:erence)?|receipt|code|transaction|trans)?\W{0,3}(?:no|number|id|code)?\W{0,3}(?:is\s+)?([A-Z0-9]{8,10})(?![\p{L}\p{N}])/giu;
const BARE = /(?<![\p{L}\p{N}])[A-Z0-9]{10}(?![\p{L}\p{N}])/giu;

/** The codes in a text that may be receipts, the likeliest first, each once. */
function codesIn(text: string): Receipt[] {
  const find = (pattern: RegExp, is: (receipt: Receipt) => boolean) =>
    [...text.matchAll(pattern)]
      .map((found) => parseReceipt(found[1] ?? found[0]))
      .filter((receipt) => receipt !== null)
      .filter(is);
  return [
    ...new Set([
      ...find(CONFIRMED, looksLikeReceipt),
      ...find(LABELLED, hasReceiptShape),
      ...find(BARE, (receipt) => /\d/.test(receipt) && hasReceiptShape(receipt)),
    ]),
  ];
}

function readAmount(text: string): Cents | null {
  const figure = MONEY.exec(text)?.[1] ?? (/^[\d, ]+(?:\.\d{1,2})?$/.test(text) ? text : '');
  const parsed = parseAmount(figure);
  return parsed.ok && parsed.cents > 0 ? parsed.cents : null;
}

function readTime(text: string): UtcMs | null {
  const [, day, month, year = '', hour, minute, half = ''] = WHEN.exec(text) ?? [];
  if (day === undefined || hour === undefined) return null;
  const clock = Number(hour);
  if (half !== '' && (clock < 1 || clock > 12)) return null;
  return fromNairobi({
    year: year.length === 2 ? 2000 + Number(year) : Number(year),
    month: Number(month),
    day: Number(day),
    hour: half === '' ? clock : (clock % 12) + (half.toUpperCase() === 'PM' ? 12 : 0),
    minute: Number(minute),
    second: 0,
  });
}
