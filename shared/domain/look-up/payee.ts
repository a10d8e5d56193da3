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

/**
 * `another-name` decides nothing: tills are often registered under a name that the shop itself does not use. Nor does
 * `like-ours`: the names share words, and another shop's may as well.
 */
export type PayeeVerdict = 'ours' | 'like-ours' | 'another-number' | 'another-name' | 'a-person';

const PHONE = /(?:^|\s)(\+?(?:254|0)[17][\d*xX•]{5,10})\.?$/;
const NUMBER_FIRST = /^(\d{4,9})\s*[-–]\s*(.+)$/;
const NUMBER_LAST = /^(.+?)\s*(?:[-–,]|\btill(?:\s+no\.?)?|\bpaybill(?:\s+no\.?)?)\s*(\d{4,9})\.?$/i;
/** A till's or PayBill's number behind the name, as long as they are; what is shorter belongs to the name. */
const NUMBER_BARE = /^(.+?)\s+(\d{5,7})\.?$/;

export function readPayee(text: string): Payee {
  const tidy = text.replace(/\s+/g, ' ').trim();
  const phone = PHONE.exec(tidy);
  if (phone)
    return { name: tidy.slice(0, phone.index).trim() || null, number: null, phone: phone[1] ?? null };
  const first = NUMBER_FIRST.exec(tidy);
  if (first) return { name: first[2]?.trim() || null, number: first[1] ?? null, phone: null };
  const last = NUMBER_LAST.exec(tidy) ?? NUMBER_BARE.exec(tidy);
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
  if (known.some((name) => isSurelyIn(name, words))) return 'ours';
  return known.some((name) => hasEach(words, name) || hasEach(name, words)) ? 'like-ours' : 'another-name';
}

/**
 * Every word of our name is said: `DUKA LA MFANO 2 WESTLANDS`. One word alone is half of everybody's name, and must be
 * all that is said.
 */
function isSurelyIn(name: readonly string[], said: readonly string[]): boolean {
  return hasEach(name, said) && (name.length > 1 || said.length === 1);
}

function hasEach(words: readonly string[], among: readonly string[]): boolean {
  return words.every((word) => among.includes(word));
}

function wordsOf(name: string | null): string[] {
  return (name ?? '')
    .normalize('NFKC')
    .toUpperCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
