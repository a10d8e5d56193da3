import type { Placed } from './rows.ts';

/** The line of a row's receipt. */
export type Anchor = { readonly y: number; readonly height: number };

/** From where down each row reaches. Cells begin at the receipt's line, or are centred on it. */
export function findStarts(placed: readonly Placed[], anchors: readonly Anchor[]): number[] {
  const ys = linesOfText(placed);
  if (!areCentred(ys, anchors)) return anchors.map(({ y, height }) => y - 0.5 * height);
  return startCentred(ys, anchors);
}

/** The baselines of whatever wraps, from the top. */
function linesOfText(placed: readonly Placed[]): number[] {
  const ys = placed
    .filter(({ column }) => column !== 'receipt' && column !== 'money')
    .map(({ word }) => word.y);
  return [...new Set(ys)].sort((a, b) => a - b);
}

/**
 * Cells are centred when lines of text stand half a line, or exactly one, above the receipts: where cells begin at
 * the receipt's line, the row above ends further up, by the space between rows.
 */
function areCentred(ys: readonly number[], anchors: readonly Anchor[]): boolean {
  const pitch = linePitch(ys, anchors);
  let [centred, top] = [0, 0];
  for (const { y, height } of anchors) {
    const above = ys.findLast((at) => at < y - 0.2 * height);
    const gap = above === undefined ? Number.POSITIVE_INFINITY : y - above;
    if (gap < 0.8 * pitch) centred += 2;
    else if (gap < 1.04 * pitch) centred++;
    else top++;
  }
  return centred > top;
}

/** The distance between two lines of one cell: the least there is, for rows stand further apart than their lines. */
function linePitch(ys: readonly number[], anchors: readonly Anchor[]): number {
  const height = anchors[0]?.height ?? 0;
  const gaps = ys.slice(1).map((y, index) => y - (ys[index] as number));
  const usual = gaps.filter((gap) => gap > 0.9 * height && gap < 2 * height);
  return usual.length === 0 ? 1.2 * height : Math.min(...usual);
}

/** A centred row reaches as far below its receipt as above it, and the next begins with the next line. */
function startCentred(ys: readonly number[], anchors: readonly Anchor[]): number[] {
  let from = Number.NEGATIVE_INFINITY;
  return anchors.map(({ y, height }) => {
    const top = Math.min(ys.find((at) => at > from) ?? y, y);
    from = 2 * y - top + 0.3 * height;
    return top - 0.1 * height;
  });
}
