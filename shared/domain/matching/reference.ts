/** A reference as two people would say it is the same: `inv-0042`, `INV 0042` and `Inv/0042` are one. */
export type ReferenceKey = {
  /** Upper case, letters and digits only. */
  readonly exact: string;
  /** The same without the leading zeros of each number: customers leave them out. Finds; does not prove. */
  readonly loose: string;
};

/** Null when nothing is left to compare. */
export function keyOfReference(text: string | null): ReferenceKey | null {
  if (text === null) return null;
  const exact = /^[A-Z0-9]+$/.test(text)
    ? text
    : text
        .normalize('NFKC')
        .toUpperCase()
        .replace(/[^\p{L}\p{N}]+/gu, '');
  if (exact === '') return null;
  return { exact, loose: exact.includes('0') ? exact.replace(/(?<!\d)0+(?=\d)/g, '') : exact };
}

/** True for a reference that is not met by chance: `7` or `SHOP` says little, `INV-204` and `1042` do. */
export function isDistinctive(exact: string): boolean {
  return exact.length >= 4 && /\d/.test(exact);
}
