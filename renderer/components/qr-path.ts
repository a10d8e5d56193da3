import { encode } from 'uqr';

/** Light space that a reader needs around a code, in modules. */
const QUIET = 4;

/** A QR code as one SVG path in a square of `size` units, its quiet space included. */
export type QrPath = { readonly size: number; readonly path: string };

export function drawQr(text: string): QrPath {
  const { data } = encode(text, { ecc: 'M', border: QUIET });
  const rects = data.flatMap((row, y) =>
    runsIn(row).map(({ x, width }) => `M${x} ${y}h${width}v1h-${width}z`),
  );
  return { size: data.length, path: rects.join('') };
}

/** Dark modules side by side, so that no hair line shows between them. */
function runsIn(row: readonly boolean[]): { x: number; width: number }[] {
  const runs: { x: number; width: number }[] = [];
  row.forEach((isDark, x) => {
    const last = runs.at(-1);
    if (!isDark) return;
    if (last !== undefined && last.x + last.width === x) last.width += 1;
    else runs.push({ x, width: 1 });
  });
  return runs;
}
