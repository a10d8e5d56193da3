/** Where the clerk is in the list: the row in focus, and where it stood, in case it goes. */
export type Place = { readonly key: string | null; readonly index: number };

type Keyed = { readonly key: string };

export const TOP: Place = { key: null, index: 0 };

/** The index of the row in focus: its own, or, when it has gone, that of the row that moved up into its place. */
export function indexOfPlace(rows: readonly Keyed[], place: Place): number {
  const at = place.key === null ? -1 : rows.findIndex((row) => row.key === place.key);
  return at >= 0 ? at : Math.max(0, Math.min(place.index, rows.length - 1));
}

export function placeAt(rows: readonly Keyed[], index: number): Place {
  const bounded = Math.max(0, Math.min(index, rows.length - 1));
  return { key: rows[bounded]?.key ?? null, index: bounded };
}

/** Where to go when the row at `index` is answered and leaves: the next row, or the one before when it was the last. */
export function placeAfterLeaving(rows: readonly Keyed[], index: number): Place {
  const next = rows[index + 1];
  if (next !== undefined) return { key: next.key, index };
  const before = Math.max(0, index - 1);
  return { key: index > 0 ? (rows[before]?.key ?? null) : null, index: before };
}
