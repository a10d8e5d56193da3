/** Whom a customer's message says was paid, taken apart. */
export type Payee = {
  readonly name: string | null;
  /** A till or PayBill number, where the message has one. */
  readonly number: string | null;
  /** Money that was sent to somebody's own line names a phone. Masked or not, as it came. */
  readonly phone: string | null;
};

/** How the shop is called, by itself and by Safaricom: its name, its tills, and all their numbers. */
export type ShopNames = { readonly names: readonly string[]; readonly numbers: readonly string[] };

/** `another-name` decides nothing: tills are often registered under a name that the shop itself does not use. */
export type PayeeVerdict = 'ours' | 'another-number' | 'another-name' | 'a-person';

const PHONE = /(?:^|\s)(\+?(?:254|0)[17][\d*xX•]{5,10})\.?$/;
const NUMBER_FIRST = /^(\d{4,9})\s*[-–]\s*(.+)$/;
const NUMBER_LAST = /^(.+?)\s*(?:[-–,]|\btill(?:\s+no\.?)?|\bpaybill(?:\s+no\.?)?)\s*(\d{4,9})\.?$/i;

export function readPayee(text: string): Payee {
  const tidy = text.replace(/\s+/g, ' ').trim();
  const phone = PHONE.exec(tidy);
  if (phone)
    return { name: tidy.slice(0, phone.index).trim() || null, number: null, phone: phone[1] ?? null };
  const first = NUMBER_FIRST.exec(tidy);
  if (first) return { name: first[2]?.trim() || null, number: first[1] ?? null, phone: null };
  const last = NUMBER_LAST.exec(tidy);
  if (last) return { name: last[1]?.trim() || null, number: last[2] ?? null, phone: null };
  return /^\d{4,9}$/.test(tidy)
    ? { name: null, number: tidy, phone: null }
    : { name: tidy || null, number: null, phone: null };
}

/** The payee held against what is ours. Null when the message says nothing that could be compared. */
export function judgePayee(payee: Payee, shop: ShopNames): PayeeVerdict | null {
  if (payee.number !== null) return shop.numbers.includes(payee.number) ? 'ours' : 'another-number';
  if (payee.phone !== null) return 'a-person';
  const words = wordsOf(payee.name);
  const known = shop.names.map(wordsOf).filter((name) => name.length > 0);
  if (words.length === 0 || known.length === 0) return null;
  return known.some((name) => isWithin(name, words) || isWithin(words, name)) ? 'ours' : 'another-name';
}

/** Every word of the one is a word of the other: `DUKA LA MFANO` and `DUKA LA MFANO 2 WESTLANDS`. */
function isWithin(part: readonly string[], whole: readonly string[]): boolean {
  return part.every((word) => whole.includes(word));
}

function wordsOf(name: string | null): string[] {
  return (name ?? '')
    .normalize('NFKC')
    .toUpperCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
