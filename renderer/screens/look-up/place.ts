/** What the address of the screen names: nothing, one look-up, or a receipt that is to be looked up. */
export type LookUpPlace =
  | { readonly type: 'none' }
  | { readonly type: 'look-up'; readonly id: number }
  | { readonly type: 'receipt'; readonly receipt: string };

export function readPlace(what: string | undefined): LookUpPlace {
  if (what === undefined) return { type: 'none' };
  if (/^\d{1,12}$/.test(what)) return { type: 'look-up', id: Number(what) };
  return /^[A-Z0-9]{8,10}$/.test(what) ? { type: 'receipt', receipt: what } : { type: 'none' };
}
