import type { Random } from '#test/fixtures/random.ts';

/** What has broken readers before: of CSV, of numbers and dates, of text, of archives and of PDF. */
const TOKENS: readonly Buffer[] = [
  ...[
    '"',
    '""',
    '",',
    ',',
    ';',
    '\t',
    '\r',
    '\n',
    '\r\n',
    '\0',
    '\ufeff',
    '\u202e',
    '\u200b',
    'İ',
    '\u0661\u0662',
    '=1+1',
    '@SUM(A1)',
  ],
  ...[
    '1E+308',
    '-0',
    '1e9999',
    '9007199254740993',
    '1,234.50',
    '1.234,50',
    '1.23E+05',
    '31-02-2026 25:61:61',
    '99999',
    '-',
  ],
  ...[
    'Receipt No.',
    'Account Type - X',
    'Total',
    'Completed',
    'Short Code:',
    'UCE3DEMO05',
    '2026-03-14',
    'Paid In',
  ],
  ...[
    'obj',
    'endobj',
    'stream',
    'endstream',
    '<<',
    '>>',
    '/Length 99999999',
    '/Filter /FlateDecode',
    '/Kids [1 0 R]',
    'startxref',
    '/Encrypt 1 0 R',
  ],
  ...['PK\u0003\u0004', '<!DOCTYPE x>', '<row r="1048577">', '<c r="XFD1">', '%PDF-1.7'],
].map((text) => Buffer.from(text, 'utf8'));

type Mutator = (bytes: Buffer, random: Random, other: Buffer) => Buffer;
const place = (bytes: Buffer, random: Random) => random.whole(0, Math.max(0, bytes.length - 1));
const splice = (bytes: Buffer, at: number, remove: number, add: Buffer) =>
  Buffer.concat([bytes.subarray(0, at), add, bytes.subarray(at + remove)]);

const MUTATORS: readonly Mutator[] = [
  /* a bit */ (bytes, random) => {
    const copy = Buffer.from(bytes);
    const at = place(bytes, random);
    copy[at] = (copy[at] ?? 0) ^ (1 << random.whole(0, 7));
    return copy;
  },
  /* a byte */ (bytes, random) => splice(bytes, place(bytes, random), 1, Buffer.from([random.whole(0, 255)])),
  /* a token put in */ (bytes, random) => splice(bytes, place(bytes, random), 0, random.pick(TOKENS)),
  /* a token put over */ (bytes, random) => {
    const token = random.pick(TOKENS);
    return splice(bytes, place(bytes, random), token.length, token);
  },
  /* a piece left out */ (bytes, random) =>
    splice(bytes, place(bytes, random), random.whole(1, 200), Buffer.alloc(0)),
  /* a piece twice */ (bytes, random) => {
    const at = place(bytes, random);
    return splice(bytes, at, 0, bytes.subarray(at, at + random.whole(1, 500)));
  },
  /* a piece many times */ (bytes, random) => {
    const at = place(bytes, random);
    const piece = bytes.subarray(at, at + random.whole(1, 12));
    return splice(bytes, at, 0, Buffer.concat(Array.from({ length: random.whole(2, 400) }, () => piece)));
  },
  /* a piece moved */ (bytes, random) => {
    const [from, length] = [place(bytes, random), random.whole(1, 300)];
    const piece = bytes.subarray(from, from + length);
    const rest = splice(bytes, from, length, Buffer.alloc(0));
    return splice(rest, place(rest, random), 0, piece);
  },
  /* cut short */ (bytes, random) => bytes.subarray(0, place(bytes, random)),
  /* a piece of another file */ (bytes, random, other) => {
    const at = place(other, random);
    return splice(
      bytes,
      place(bytes, random),
      random.whole(0, 100),
      other.subarray(at, at + random.whole(1, 600)),
    );
  },
  /* digits changed */ (bytes, random) => {
    const copy = Buffer.from(bytes);
    for (let change = random.whole(1, 5); change > 0; change--) {
      const at = copy.subarray(place(copy, random)).findIndex((byte) => byte >= 48 && byte <= 57);
      if (at !== -1) copy[at] = 48 + random.whole(0, 9);
    }
    return copy;
  },
];

/** The bytes with one to six things done to them; `other` is a second sound file to take from. */
export function mutate(bytes: Buffer, random: Random, other: Buffer): Buffer {
  let mutated = bytes;
  for (let step = random.whole(1, 6); step > 0; step--)
    mutated = random.pick(MUTATORS)(mutated, random, other);
  return mutated;
}
