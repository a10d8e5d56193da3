import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isRelayOrigin,
  type PairingCode,
  readPairingCode,
  writePairingCode,
} from '#shared/domain/relay/pairing-code.ts';

const hex = (bytes: number) =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((array) => Buffer.from(array).toString('hex'));
const code: fc.Arbitrary<PairingCode> = fc.record({
  origin: fc
    .tuple(fc.domain(), fc.option(fc.integer({ min: 1, max: 65_535 })))
    .map(([host, port]) => `https://${host.toLowerCase()}${port === null ? '' : `:${port}`}`)
    .filter(isRelayOrigin),
  inbox: hex(8),
  path: hex(16),
  secret: hex(16),
  relay: hex(16),
});
const ONE: PairingCode = {
  origin: 'https://relay.duka.example',
  inbox: '00112233445566aa',
  path: '0'.repeat(32),
  secret: 'f'.repeat(32),
  relay: '5a'.repeat(16),
};

test('a code is read back as it was written', () => {
  fc.assert(
    fc.property(code, (given) => {
      expect(readPairingCode(writePairingCode(given))).toEqual({ ok: true, code: given });
    }),
  );
});

test('it survives what mail and people do to it', () => {
  const written = writePairingCode(ONE);
  const changed = [
    written.toLowerCase(),
    written.replaceAll('-', ' '),
    written.replaceAll('-', ''),
    `  ${written.replaceAll('-', '\n')}\n`,
    written.replaceAll('-', ' – '),
    written.replaceAll('0', 'O').replaceAll('1', 'l'),
  ];
  for (const pasted of changed) expect(readPairingCode(pasted)).toEqual({ ok: true, code: ONE });
});

test('one wrong symbol, or two swapped neighbours, are found', () => {
  const symbols = writePairingCode(ONE).replaceAll('-', '');
  for (let at = 0; at < symbols.length; at += 1) {
    const wrong = symbols[at] === '7' ? '8' : '7';
    const slip = symbols.slice(0, at) + wrong + symbols.slice(at + 1);
    expect(readPairingCode(slip)).toEqual({ ok: false, problem: 'mistyped' });
    const swapped = symbols.slice(0, at) + symbols[at + 1] + symbols[at] + symbols.slice(at + 2);
    if (at + 1 < symbols.length && symbols[at] !== symbols[at + 1])
      expect(readPairingCode(swapped)).toEqual({ ok: false, problem: 'mistyped' });
  }
});

describe('what is no code', () => {
  test.each([
    '',
    'hello',
    'https://relay.duka.example',
    '7'.repeat(8),
    'U'.repeat(152),
    writePairingCode(ONE).slice(0, -5),
  ])('%s', (pasted) => {
    expect(readPairingCode(pasted).ok).toBe(false);
  });

  test('no text makes the reader throw', () => {
    fc.assert(
      fc.property(fc.string(), (pasted) => {
        expect(typeof readPairingCode(pasted).ok).toBe('boolean');
      }),
    );
  });
});

test.each([
  { origin: 'https://relay.example/path' },
  { origin: 'ftp://relay.example' },
  { origin: 'https://RELAY.example' },
  { inbox: '00' },
  { secret: 'g'.repeat(32) },
])('a part of another form is a bug of the caller: %j', (part) => {
  expect(() => writePairingCode({ ...ONE, ...part })).toThrow(RangeError);
});
