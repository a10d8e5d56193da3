/**
 * Crockford's base 32: no I, L, O (they are read as 1, 1 and 0) and no U. What is read from paper and typed again
 * is written in it: the recovery code, the fingerprint of its root key, the head of the audit log.
 */
const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BITS = 5;
const GROUP = 4;
const LOOK_ALIKES: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' };

/** Bits as symbols, first bit first. Throws when they do not fill whole symbols. */
export function writeSymbols(bytes: Uint8Array): string {
  if ((bytes.length * 8) % BITS !== 0) throw new RangeError('the bits do not fill whole symbols');
  let symbols = '';
  let waiting = 0;
  let bits = 0;
  for (const byte of bytes) {
    waiting = (waiting << 8) | byte;
    bits += 8;
    while (bits >= BITS) {
      bits -= BITS;
      symbols += SYMBOLS[waiting >> bits];
      waiting &= (1 << bits) - 1;
    }
  }
  return symbols;
}

/** The bytes that `writeSymbols` wrote. Throws on anything that is not its alphabet. */
export function readSymbols(symbols: string): Uint8Array {
  const bytes: number[] = [];
  let waiting = 0;
  let bits = 0;
  for (const symbol of symbols) {
    const value = SYMBOLS.indexOf(symbol);
    if (value < 0) throw new RangeError('a symbol is not of the alphabet');
    waiting = (waiting << BITS) | value;
    bits += BITS;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push(waiting >> bits);
    waiting &= (1 << bits) - 1;
  }
  return Uint8Array.from(bytes);
}

/** Symbols in groups of four, as they are printed; the last may be shorter. */
export function splitGroups(symbols: string): string[] {
  const groups: string[] = [];
  for (let from = 0; from < symbols.length; from += GROUP) groups.push(symbols.slice(from, from + GROUP));
  return groups;
}

/**
 * What a person typed, as symbols: any case, spaces, dashes and dots between, O for 0, I and L for 1, letters of
 * full width. What is not of the alphabet stays, so that it can be pointed at.
 */
export function tidyTyped(typed: string): string {
  const bare = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Dash}._]/gu, '');
  return [...bare].map((symbol) => LOOK_ALIKES[symbol] ?? symbol).join('');
}

export function isSymbol(symbol: string): boolean {
  return symbol.length === 1 && SYMBOLS.includes(symbol);
}
