import { encode } from 'uqr';
import { expect, test } from 'vitest';
import { drawQr } from '#renderer/components/qr-path.ts';

const URI = 'otpauth://totp/Daftari:Amina?secret=JBSWY3DPEHPK3PXP&issuer=Daftari';

/** The squares that a path of `M x y h w v1 h-w z` covers. */
function paint(path: string, size: number): boolean[][] {
  const squares = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    for (let i = 0; i < Number(width); i += 1) {
      const row = squares[Number(y)];
      if (row) row[Number(x) + i] = true;
    }
  }
  return squares;
}

test('every dark module is drawn and no other', () => {
  const { path, size } = drawQr(URI);
  expect(paint(path, size)).toEqual(encode(URI, { ecc: 'M', border: 4 }).data);
});

test('there is light space of four modules around it', () => {
  const { path, size } = drawQr(URI);
  const squares = paint(path, size);
  const isEdge = (i: number) => i < 4 || i >= size - 4;
  expect(squares.some((row, y) => row.some((isDark, x) => isDark && (isEdge(x) || isEdge(y))))).toBe(false);
  expect(squares[4]?.[4]).toBe(true);
});
