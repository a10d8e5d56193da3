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

const MONEY = String.raw`K(?:sh|SH|ES)s?\.?\s*([\d,]+(?:\.\d{1,2})?)`;
/** Where a message begins: its code, and the word that every confirmation has, glued to it or not. */
const MESSAGE_START = /(?<![\p{L}\p{N}])([A-Z0-9]{8,10})\s*[.,:-]?\s*Confirmed\b[.,]?\s*/giu;
const WHEN = /\bon\s+(\d{1,2})\/(\d{1,2})\/(\d{2}|\d{4})\s+at\s+(\d{1,2}):(\d{1,2})\s*(AM|PM)?/i;
const REVERSAL = new RegExp(String.raw`\brevers(?:al of\s+([A-Z0-9]{8,10})(?:\s+of)?|ed)\s+${MONEY}`, 'i');
const SETTLEMENT = new RegExp(
  String.raw`\breceived as settlement\b|\bsettled to\b|${MONEY}\s+sent to\s+\d{4,9}\s*-`,
  'i',
);
const RECEIVED = new RegExp(String.raw`${MONEY}\s+received from\s+(.*)$`, 'i');
const YOU_RECEIVED = new RegExp(String.raw`\byou have received\s+${MONEY}\s+from\s+(.*?)\s+on\s+\d`, 'i');
/** Where whom the customer paid ends: the date, what follows it, or the end of a text that was cut. */
const PAYEE_END = String.raw`\s*\.?\s*(?:\bon\s+\d|\bNew M-PESA balance\b|\bTransaction cost\b|$)`;
const PAID_TO = new RegExp(String.raw`${MONEY}\s+paid to\s+(.*?)${PAYEE_END}`, 'i');
const SENT_TO_ACCOUNT = new RegExp(
  String.raw`${MONEY}\s+sent to\s+(.*?)\s+for account\s*(.*?)${PAYEE_END}`,
  'i',
);
const SENT_TO = new RegExp(String.raw`${MONEY}\s+sent to\s+(.*?)${PAYEE_END}`, 'i');
const OWN_BALANCE = new RegExp(
  String.raw`\bNew\s+(Merchant Account|Account|Utility|business)\s+balance is\s+${MONEY}`,
  'i',
);
const ANY_MONEY = new RegExp(MONEY, 'i');
/** Where the party ends: the sentence about the balance, or the account the customer typed. */
const PARTY_END =
  /\s*\.?\s*(?=\bNew\s+(?:Merchant Account|Account|Utility|business|M-PESA)\s+balance\b)|\s+Account Number\b/i;

/**
 * Reads a confirmation message in any of its shapes, pasted as it came: blanks and line breaks are lost on the way,
 * `PMKsh` and `.New` are glued. Null when it is no such message.
 */
export function readSms(pasted: string): Sms | null {
  const whole = pasted.normalize('NFKC').replace(/\s+/g, ' ').trim();
  if (whole.length > MAX_SMS) return null;
  const { receipt, text } = takeFirstMessage(whole);
  const reversal = REVERSAL.exec(text);
  if (reversal) return asReversal(reversal, receipt, readWhen(text));
  if (receipt === null) return null;
  const facts = readFacts(text);
  if (facts === null) return null;
  return { receipt, originalReceipt: null, at: readWhen(text), balance: readOwnBalance(text), ...facts };
}

/** Forwarded texts have a name and a time before the message, and often a second message behind it. */
function takeFirstMessage(whole: string): { receipt: Receipt | null; text: string } {
  const starts = [...whole.matchAll(MESSAGE_START)].flatMap((start) => {
    const receipt = parseReceipt(start[1] ?? '');
    return receipt !== null && looksLikeReceipt(receipt) ? [{ receipt, at: start.index }] : [];
  });
  const [first, second] = starts;
  if (first === undefined) return { receipt: null, text: whole };
  return { receipt: first.receipt, text: whole.slice(first.at, second?.at) };
}

type Facts = Pick<Sms, 'shape' | 'amount' | 'payer' | 'payee' | 'reference'>;

function readFacts(text: string): Facts | null {
  const nobody = { payer: null, payee: null, reference: null };
  if (SETTLEMENT.test(text))
    return { shape: 'settlement', amount: money(ANY_MONEY.exec(text)?.[1]), ...nobody };
  const toOwner = YOU_RECEIVED.exec(text);
  if (toOwner) {
    const shape = /\bNew business balance\b/i.test(text) ? 'pochi' : 'personal';
    return {
      shape,
      amount: money(toOwner[1]),
      payer: nameThenPhone(toOwner[2] ?? ''),
      payee: null,
      reference: null,
    };
  }
  const received = RECEIVED.exec(text);
  if (received) return readReceived(text, received);
  const toAccount = SENT_TO_ACCOUNT.exec(text);
  if (toAccount) {
    const [, amount, payee = '', reference = ''] = toAccount;
    return {
      shape: 'customer-sent',
      amount: money(amount),
      payer: null,
      payee: tidy(payee),
      reference: tidy(reference),
    };
  }
  const paid = PAID_TO.exec(text);
  if (paid) return { ...nobody, shape: 'customer-paid', amount: money(paid[1]), payee: tidy(paid[2] ?? '') };
  const sent = SENT_TO.exec(text);
  return sent
    ? { ...nobody, shape: 'customer-sent', amount: money(sent[1]), payee: tidy(sent[2] ?? '') }
    : null;
}

/** A till writes the phone before the name, a PayBill the name before the phone and then the account. */
function readReceived(text: string, [, amount, rest = '']: RegExpExecArray): Facts {
  const [party = ''] = rest.split(PARTY_END, 1);
  const account = /\bAccount Number\s*(.*?)\s*(?=\bNew\s+\w+\s+balance\b|$)/i.exec(text);
  const isPaybill = account !== null || /\bNew Utility balance\b/i.test(text);
  const reference = account === null ? null : tidy((account[1] ?? '').replace(/\.$/, ''));
  const payer = isPaybill ? nameThenPhone(party) : phoneThenName(party);
  return { shape: isPaybill ? 'paybill' : 'till', amount: money(amount), payer, payee: null, reference };
}

function asReversal([, original, amount]: RegExpExecArray, receipt: Receipt | null, at: UtcMs | null): Sms {
  return {
    shape: 'reversal',
    receipt,
    originalReceipt: original === undefined ? null : parseReceipt(original),
    amount: money(amount),
    at,
    payer: null,
    payee: null,
    reference: null,
    balance: null,
  };
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

function readOwnBalance(text: string): Sms['balance'] {
  const [, account = '', figure] = OWN_BALANCE.exec(text) ?? [];
  const amount = money(figure);
  return amount === null ? null : { account, amount };
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
