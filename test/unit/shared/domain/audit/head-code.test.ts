import fc from 'fast-check';
import { expect, test } from 'vitest';
import { headCode, readHeadCode } from '#shared/domain/audit/head-code.ts';

const hash = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('hex'));
const seq = fc.integer({ min: 1, max: 1e12 });

test('a code is read again, however it is typed', () => {
  fc.assert(
    fc.property(seq, hash, (number, head) => {
      const code = headCode(number, head);
      const claim = { seq: number, hashStart: head.slice(0, 20) };
      expect(readHeadCode(code)).toEqual(claim);
      const loose = ` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `;
      expect(readHeadCode(loose)).toEqual(claim);
    }),
  );
});

test('a mistyped symbol and two swapped neighbours are a slip, never another head', () => {
  const symbols = fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ');
  fc.assert(
    fc.property(seq, hash, fc.nat(), symbols, (number, head, at, symbol) => {
      const code = headCode(number, head);
      const places = [...code].flatMap((each, place) => (each === '-' ? [] : [place]));
      const place = places[at % places.length] as number;
      if (code[place] === symbol) return;
      expect(readHeadCode(code.slice(0, place) + symbol + code.slice(place + 1))).toBeNull();
    }),
  );
  fc.assert(
    fc.property(seq, hash, fc.nat(), (number, head, at) => {
      const bare = headCode(number, head).replaceAll('-', '');
      const place = at % (bare.length - 1);
      const [one, two] = [bare.charAt(place), bare.charAt(place + 1)];
      if (one === two) return;
      expect(readHeadCode(bare.slice(0, place) + two + one + bare.slice(place + 2))).toBeNull();
    }),
  );
});

test.each(['', 'x', '12', '7KQ2-ABCD', '0-0000-0000-0000-0000-00', '!'.repeat(19), 'U'.repeat(19)])(
  '%j is no code',
  (typed) => {
    expect(readHeadCode(typed)).toBeNull();
  },
);
