import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ArrivalFacts, packArrival, readArrival } from '#shared/domain/relay/arrival.ts';

const FACTS: ArrivalFacts = {
  inbox: '00112233445566aa',
  kind: 'result',
  token: 'ab'.repeat(16),
  at: 1_795_000_000_000,
  from: '196.201.214.200',
};

function pack(facts: object, body = new Uint8Array()): Uint8Array {
  const head = Buffer.from(JSON.stringify(facts));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(head.length);
  return Buffer.concat([length, head, body]);
}

test('what is packed is read back, whatever the body is, also from the middle of a buffer', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), fc.nat(20), (body, offset) => {
      const packed = packArrival({ facts: FACTS, body });
      const shifted = new Uint8Array(offset + packed.length);
      shifted.set(packed, offset);
      expect(readArrival(shifted.subarray(offset))).toEqual({ facts: FACTS, body });
    }),
  );
});

test('the form is the one that docs/relay-protocol.md describes', () => {
  const body = new Uint8Array([1, 2]);
  expect(Buffer.from(packArrival({ facts: FACTS, body }))).toEqual(pack({ version: 1, ...FACTS }, body));
});

test('facts that are no ASCII are a bug of the caller', () => {
  expect(() => packArrival({ facts: { ...FACTS, from: 'é' }, body: new Uint8Array() })).toThrow(RangeError);
});

test.each<[string, Uint8Array]>([
  ['nothing', new Uint8Array()],
  ['a length without facts', Uint8Array.of(0, 0, 0, 9, 1)],
  ['facts that are no JSON', pack(FACTS).fill(0x7b, 4)],
  ['facts that are no object', pack([1])],
  ['another version', pack({ version: 2, ...FACTS })],
  ['another kind', pack({ version: 1, ...FACTS, kind: 'other' })],
  ['a result without its token', pack({ version: 1, ...FACTS, token: null })],
  ['a confirmation with a token', pack({ version: 1, ...FACTS, kind: 'confirmation' })],
  ['a time that is text', pack({ version: 1, ...FACTS, at: '1' })],
  ['no sender', pack({ version: 1, ...FACTS, from: undefined })],
  ['an inbox that is none', pack({ version: 1, ...FACTS, inbox: 'x' })],
])('%s is not read', (_, packed) => {
  expect(readArrival(packed)).toBeNull();
});
