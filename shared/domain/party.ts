/**
 * Who is on the other side of a movement, as far as the source says. The phone is not a key: Safaricom masks it
 * in many shapes, so only what is visible is kept for comparing.
 */
export type Party = {
  /** The phone as printed, mask and all; null when the party has none (a bank, Safaricom itself). */
  readonly phone: string | null;
  /** The till, PayBill or bank code when the party is an organisation. */
  readonly code: string | null;
  readonly name: string | null;
};

export const NOBODY: Party = { phone: null, code: null, name: null };

/** What is visible of a phone: national digits (no 0, no 254) before and after the hidden middle. */
export type VisiblePhone = { readonly prefix: string; readonly suffix: string; readonly isFull: boolean };

const MASK = /[*xX#\u2022.]+/;

/** Reads any mask shape (`070****366`, `25470****111`, `0722XXXX89`, `+254 7•• ••• 511`) or a full number. */
export function visiblePhone(text: string): VisiblePhone | null {
  const tidy = text.replace(/[\s()+-]/g, '');
  const [head = '', ...rest] = tidy.split(MASK);
  const tail = rest.join('');
  if (!/^\d*$/.test(head + tail) || head.length + tail.length < 4) return null;
  const prefix = national(head);
  if (rest.length === 0) return /^[17]\d{8}$/.test(prefix) ? { prefix, suffix: prefix, isFull: true } : null;
  return { prefix, suffix: tail, isFull: false };
}

function national(digits: string): string {
  if (digits.startsWith('254')) return digits.slice(3);
  return digits.startsWith('0') ? digits.slice(1) : digits;
}

/** True when what is visible of the two phones does not contradict; null when too little is visible to say. */
export function phonesAgree(a: string | null, b: string | null): boolean | null {
  const left = a === null ? null : visiblePhone(a);
  const right = b === null ? null : visiblePhone(b);
  if (!left || !right) return null;
  const length = Math.min(left.prefix.length, right.prefix.length);
  const prefixAgrees = left.prefix.slice(0, length) === right.prefix.slice(0, length);
  const suffixLength = Math.min(left.suffix.length, right.suffix.length, 3);
  const suffixAgrees =
    suffixLength === 0 || left.suffix.slice(-suffixLength) === right.suffix.slice(-suffixLength);
  if (!prefixAgrees || !suffixAgrees) return false;
  return length + suffixLength >= 5 ? true : null;
}

/** True when two names share a word of three letters or more; false when none; null when either is missing. */
export function namesAgree(a: string | null, b: string | null): boolean | null {
  const left = nameWords(a);
  const right = nameWords(b);
  if (left.length === 0 || right.length === 0) return null;
  return left.some((word) => right.includes(word));
}

function nameWords(name: string | null): string[] {
  return (name ?? '')
    .normalize('NFKC')
    .toUpperCase()
    .split(/[^\p{L}\p{N}']+/u)
    .filter((word) => word.length >= 3);
}

const PHONE_START = /^\+?(?:254|0)?[17][\d*xX#\u2022]{4,14}$/;

/** Splits `2547****111 - ALICE EXAMPLE`, `1234567 - SHOP`, `400088-CO-OP TO TILL` or `SP` into its parts. */
export function parseParty(text: string): Party {
  const tidy = text.replace(/\s+/g, ' ').trim();
  if (tidy === '') return NOBODY;
  const parts = /^([+\d*xX#\u2022]{4,20})(?:\s*[-\u2013]\s*(.*))?$/.exec(tidy);
  if (!parts) return { phone: null, code: null, name: tidy };
  const [, number = '', name = ''] = parts;
  const isPhone = PHONE_START.test(number) && (number.length >= 9 || /[*xX#\u2022]/.test(number));
  return { phone: isPhone ? number : null, code: isPhone ? null : number, name: name.trim() || null };
}

/** A phone as a list may show it: never more than the first four and the last three digits. */
export function maskPhone(text: string | null): string | null {
  if (text === null) return null;
  const visible = visiblePhone(text);
  if (!visible) return '•••';
  const head = `0${visible.prefix}`.slice(0, 4);
  const tail = visible.suffix.slice(-3);
  return tail === '' ? `${head} •••` : `${head} ••• ${tail}`;
}

/** A Kenyan mobile number written out, as it may stand inside any text: `0712345678`, `+254 712 345 678`. */
const WRITTEN_OUT = /(?<![\p{L}\p{N}])(?:\+?254|0)[ -]?[17](?:[ -]?\d){8}(?![\p{L}\p{N}])/gu;

/** The text with every number that is written out masked: people also write phones where a name or an account belongs. */
export function hidePhones(text: string | null): string | null {
  return text === null ? null : text.replace(WRITTEN_OUT, (number) => maskPhone(number) ?? '•••');
}

/** The number in full, as it is dialled (`0712 345 678`): of the phone itself, else of a text beside it; null when none has one. */
export function findFullPhone(phone: string | null, texts: readonly (string | null)[]): string | null {
  const written = texts.flatMap((text) => text?.match(WRITTEN_OUT) ?? []);
  for (const candidate of [phone, ...written]) {
    const visible = candidate === null ? null : visiblePhone(candidate);
    if (visible?.isFull) return `0${visible.prefix}`.replace(/^(\d{4})(\d{3})(\d{3})$/, '$1 $2 $3');
  }
  return null;
}
