/**
 * The other numbers that speak with the same, for a sentence on how to mend it: what is replaced or cleared for one
 * number stays as it is for the others.
 */
export function others(codes: readonly string[]): { readonly others: number; readonly codes: string } {
  return { others: codes.length, codes: codes.join(', ') };
}
