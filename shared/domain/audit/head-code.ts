import { isSymbol, readSymbols, splitGroups, tidyTyped, writeSymbols } from '../readable-code.ts';

/** How much of the head's hash a printed code carries: 80 bits, sixteen symbols. */
const HASH_HEX = 20;
const HASH_SYMBOLS = 16;
const CHECK_SYMBOLS = 2;
/** The largest prime that two symbols hold: any one wrong symbol and any two swapped neighbours change the rest. */
const CHECK_PRIME = 1021n;

/** What a head code says: entry `seq` had a hash that begins so (hex). */
export type HeadClaim = { readonly seq: number; readonly hashStart: string };

/**
 * The head of the log as it is printed and compared later: `1204-7KQ2-…`, the number of the last entry, the first 80
 * bits of its hash, and two symbols that show a slip of the pen.
 */
export function headCode(seq: number, hash: string): string {
  const start = hash.slice(0, HASH_HEX);
  const symbols = writeSymbols(bytesOf(start)) + checkOf(seq, start);
  return [String(seq), ...splitGroups(symbols)].join('-');
}

/** Reads a code as people type it. Null when it is no head code or a symbol was mistyped. */
export function readHeadCode(typed: string): HeadClaim | null {
  const symbols = tidyTyped(typed);
  const from = symbols.length - HASH_SYMBOLS - CHECK_SYMBOLS;
  const number = symbols.slice(0, Math.max(0, from));
  const seq = Number(number);
  if (!/^\d{1,15}$/.test(number) || seq < 1) return null;
  if (![...symbols].every(isSymbol)) return null;
  const hashStart = hexOf(readSymbols(symbols.slice(from, from + HASH_SYMBOLS)));
  return checkOf(seq, hashStart) === symbols.slice(from + HASH_SYMBOLS) ? { seq, hashStart } : null;
}

function checkOf(seq: number, hashStart: string): string {
  const rest = Number(BigInt(`0x${seq.toString(16)}${hashStart}`) % CHECK_PRIME);
  return writeSymbols(Uint8Array.of(0, 0, 0, rest >> 8, rest & 255)).slice(-CHECK_SYMBOLS);
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, at) =>
    Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16),
  );
}

function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
