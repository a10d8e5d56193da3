import { type Cents, parseAmount } from '../money.ts';
import { type Party, parseParty } from '../party.ts';
import { looksLikeReceipt, parseReceipt, type Receipt } from '../receipt.ts';
import { fromNairobi, type UtcMs } from '../time.ts';

/** Whose phone a message was written for, and what it is about. */
export type SmsShape =
  /** To the shop: a payment to its till, its PayBill, its Pochi, or its owner's own line. */
  | 'till'
  | 'paybill'
  | 'pochi'
  | 'personal'
  /** To the shop: money that came back or went to the bank. */
  | 'reversal'
  | 'settlement'
  /** To the customer: "paid to SHOP", "sent to SHOP for account …". */
  | 'customer-paid'
  | 'customer-sent';

/** What a confirmation message says. A message proves nothing: anybody can write one. */
export type Sms = {
  readonly shape: SmsShape;
  /** Null only for a reversal that names just the payment it takes back. */
  readonly receipt: Receipt | null;
  readonly originalReceipt: Receipt | null;
  readonly amount: Cents | null;
  /** To the minute, East Africa Time. */
  readonly at: UtcMs | null;
  /** Who paid, for a message to the shop. */
  readonly payer: Party | null;
  /** Whom the customer paid, for a message to the customer. */
  readonly payee: string | null;
  readonly reference: string | null;
  /** The shop's own balance after it. A customer's balance is nobody's business and is dropped. */
  readonly balance: { readonly account: string; readonly amount: Cents } | null;
};

/** Longer than any message with its tail of advertisements. */
export const MAX_SMS = 2_000;

const MONEY = /K(?:sh|SH|ES)s?\.?\s*([\d,]+(?:\.\d{1,2})?)/i;
/** Where a message begins: its code, and the word that every confirmation has, glued to it or not. */
const MESSAGE_START =
  /(?<![\p{L}\p{N}])([A-Z0-9]{8,10})\s*[.,:-]?\s*(Confirmed|Imethibitishwa|Imethibitika)\b[.,]?\s*/giu;
const DATE = String.raw`\bon\s+(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})\b`;
const WHEN = new RegExp(String.raw`${DATE}\s+at\s+(\d{1,2}):(\d{1,2})\s*(AM|PM)?`, 'i');
const REVERSAL = new RegExp(
  String.raw`\brevers(?:al of\s+([A-Z0-9]{8,10})(?:\s+of)?|ed)\s+${MONEY.source}`,
  'i',
);
const SETTLEMENT = /\breceived as settlement\b|\bsettled to\b/i;
const SWEPT = /^\s+sent to\s+\d{4,9}\s*-/i;
const RECEIVED_FROM = /^\s+received from\s+(.*)$/i;
/** Where whom the customer paid ends: the date, what follows it, or the end of a text that was cut. */
const NAME_END = String.raw`\s*\.?\s*(?:${DATE}|\bNew (?:M-PESA|business) balance\b|\bTransaction cost\b|$)`;
const FROM = new RegExp(String.raw`^\s+from\s+(.*?)${NAME_END}`, 'i');
const PAID_TO = new RegExp(String.raw`^\s+paid to\s+(.*?)${NAME_END}`, 'i');
const SENT_TO_ACCOUNT = new RegExp(String.raw`^\s+sent to\s+(.*?)\s+for account\s*(.*?)${NAME_END}`, 'i');
const SENT_TO = new RegExp(String.raw`^\s+sent to\s+(.*?)${NAME_END}`, 'i');
const OWN_BALANCE = new RegExp(
  String.raw`\bNew\s+(Merchant Account|Account|Utility|business)\s+balance is\s+${MONEY.source}`,
  'gi',
);
/** Where the payer ends: the sentence about the balance, or the account the customer typed. */
const PAYER_END =
  /\s*\.?\s*(?=\bNew\s+(?:Merchant Account|Account|Utility)\s+balance\b)|\s+Account Number\b/i;
/** What a customer types stands behind these words, and may say anything. */
const TYPED = /\b(?:Account Number|for account)\b/i;

/**
 * Reads a confirmation message in any of its shapes, pasted as it came: blanks and line breaks are lost on the way,
 * `PMKsh` and `.New` are glued. Null when it is no such message.
 *
 * The first amount is the payment's, and the words beside it say what happened. Names and what a customer typed stand
 * behind them, whatever they look like.
 */
export function readSms(pasted: string): Sms | null {
  const { receipt, word, text } = takeFirstMessage(tidyMessage(pasted));
  if (word === 'other-language') return null;
  const first = MONEY.exec(text);
  const clause = first && readClause(text.slice(0, first.index), text.slice(first.index + first[0].length));
  const nothing = { receipt, originalReceipt: null, payer: null, payee: null, reference: null };
  const [outside = ''] = text.split(TYPED, 1);
  const reversal = REVERSAL.exec(outside);
  if (reversal && (clause === null || reversal.index < (first?.index ?? 0))) {
    const [, original, amount] = reversal;
    const originalReceipt = original === undefined ? null : parseReceipt(original);
    const about = { originalReceipt, amount: money(amount), at: readWhen(text), balance: null };
    return { ...nothing, shape: 'reversal', ...about };
  }
  if (receipt === null) return null;
  const amount = money(first?.[1]);
  if (clause) return { ...nothing, amount, ...clause };
  return SETTLEMENT.test(outside)
    ? { ...nothing, shape: 'settlement', amount, at: readWhen(text), balance: null }
    : null;
}

/** The code of a text that begins as every confirmation does, in English or Swahili, whatever it goes on to say. */
export function readConfirmedCode(pasted: string): Receipt | null {
  return takeFirstMessage(tidyMessage(pasted)).receipt;
}

function tidyMessage(pasted: string): string {
  const whole = pasted.normalize('NFKC').replace(/\s+/g, ' ').trim();
  return whole.length > MAX_SMS ? '' : whole;
}

type Message = {
  readonly receipt: Receipt | null;
  readonly word: 'confirmed' | 'other-language' | null;
  readonly text: string;
};

/** Forwarded texts have a name and a time before the message, and often a second message behind it. */
function takeFirstMessage(whole: string): Message {
  const starts = [...whole.matchAll(MESSAGE_START)].flatMap((start) => {
    const receipt = parseReceipt(start[1] ?? '');
    const word = start[2]?.toLowerCase() === 'confirmed' ? 'confirmed' : 'other-language';
    return receipt !== null && looksLikeReceipt(receipt) ? [{ receipt, word, at: start.index } as const] : [];
  });
  const [first, second] = starts;
  if (first === undefined) return { receipt: null, word: null, text: whole };
  return { receipt: first.receipt, word: first.word, text: whole.slice(first.at, second?.at) };
}

type Clause = Pick<Sms, 'shape' | 'at' | 'balance'> & Partial<Pick<Sms, 'payer' | 'payee' | 'reference'>>;

function readClause(before: string, after: string): Clause | null {
  const received = RECEIVED_FROM.exec(after);
  if (received) return { ...readReceived(received[1] ?? ''), at: readWhen(before) };
  const [at, balance] = [readWhen(after), null];
  const toOwner = /\byou have received\s+$/i.test(before) ? FROM.exec(after) : null;
  if (toOwner) {
    const isPochi = /\bNew business balance\b/i.test(after);
    const payer = nameThenPhone(toOwner[1] ?? '');
    return { shape: isPochi ? 'pochi' : 'personal', payer, at, balance: bare(readOwnBalance(after)) };
  }
  const toAccount = SENT_TO_ACCOUNT.exec(after);
  if (toAccount) {
    const [, payee = '', reference = ''] = toAccount;
    return { shape: 'customer-sent', payee: tidy(payee), reference: tidy(reference), at, balance };
  }
  const paid = PAID_TO.exec(after);
  if (paid) return { shape: 'customer-paid', payee: tidy(paid[1] ?? ''), at, balance };
  if (SWEPT.test(after)) return { shape: 'settlement', at, balance };
  const sent = SENT_TO.exec(after);
  return sent ? { shape: 'customer-sent', payee: tidy(sent[1] ?? ''), at, balance } : null;
}

/**
 * A till writes the phone before the name, a PayBill the name before the phone and then the account. The balance comes
 * last: what stands before it may have been typed by a customer.
 */
function readReceived(rest: string): Omit<Clause, 'at'> {
  const [party = ''] = rest.split(PAYER_END, 1);
  const balance = readOwnBalance(rest);
  const typed = /\bAccount Number\s*(.*)$/i.exec(rest.slice(0, balance?.index ?? rest.length));
  const isPaybill = balance === null ? typed !== null : balance.account === 'Utility';
  return {
    shape: isPaybill ? 'paybill' : 'till',
    payer: isPaybill ? nameThenPhone(party) : phoneThenName(party),
    reference: isPaybill ? tidy((typed?.[1] ?? '').trim().replace(/\.$/, '')) : null,
    balance: bare(balance),
  };
}

function bare(balance: Sms['balance']): Sms['balance'] {
  return balance && { account: balance.account, amount: balance.amount };
}

const PHONE_FIRST = /^(\+?\d[\d*xX•]{8,14})\s+(.*)$/;
const PHONE_LAST = /^(.*?)\s+(\+?\d[\d*xX•]{8,14})\.?$/;

function phoneThenName(text: string): Party | null {
  const party = text.replace(/\.\s*$/, '').trim();
  const parts = PHONE_FIRST.exec(party);
  if (parts) return { phone: parts[1] ?? null, code: null, name: tidy(parts[2] ?? '') };
  return party === '' ? null : parseParty(party.replace(/^-\s*/, ''));
}

function nameThenPhone(text: string): Party | null {
  const party = text.trim();
  const parts = PHONE_LAST.exec(party);
  if (parts) return { phone: parts[2] ?? null, code: null, name: tidy(parts[1] ?? '') };
  return tidy(party) === null ? null : { phone: null, code: null, name: tidy(party.replace(/\.$/, '')) };
}

/** The last one that it names, and where. */
function readOwnBalance(text: string): (NonNullable<Sms['balance']> & { readonly index: number }) | null {
  const found = [...text.matchAll(OWN_BALANCE)].at(-1);
  const amount = money(found?.[2]);
  return found === undefined || amount === null
    ? null
    : { account: found[1] ?? '', amount, index: found.index };
}

function readWhen(text: string): UtcMs | null {
  const [, day, month, year = '', hour, minute, half = ''] = WHEN.exec(text) ?? [];
  if (day === undefined) return null;
  const clock = Number(hour);
  const isHalf = half !== '';
  if (isHalf && (clock < 1 || clock > 12)) return null;
  return fromNairobi({
    year: year.length === 2 ? 2000 + Number(year) : Number(year),
    month: Number(month),
    day: Number(day),
    hour: isHalf ? (clock % 12) + (half.toUpperCase() === 'PM' ? 12 : 0) : clock,
    minute: Number(minute),
    second: 0,
  });
}

function money(text: string | undefined): Cents | null {
  const parsed = parseAmount(text ?? '');
  return parsed.ok ? parsed.cents : null;
}

function tidy(text: string): string | null {
  return text.trim() || null;
}
