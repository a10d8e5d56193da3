import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packLines, unpackLines } from '#main/work/pack-lines.ts';
import type { BookedLine } from '#shared/domain/statement/types.ts';

const text = fc.string({ maxLength: 12, unit: 'binary' });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const whole = fc.integer({ min: -(2 ** 45), max: 2 ** 45 });

const line = fc.record(
  {
    row: fc.nat(),
    shortCode: fc.constantFrom('123456', '1234567'),
    account: text,
    receipt: text,
    completedAt: whole,
    precision: fc.constantFrom('second', 'minute', 'day'),
    initiatedAt: maybe(whole),
    status: fc.constantFrom('completed', 'failed', 'other'),
    direction: fc.constantFrom('in', 'out'),
    amountCents: whole,
    balanceCents: maybe(whole),
    reasonType: maybe(text),
    linkedReceipt: maybe(text),
    accountReference: maybe(text),
    isMended: fc.boolean(),
    kind: fc.constantFrom('customer-payment', 'charge', 'sweep'),
    party: fc.record({ phone: maybe(text), code: maybe(text), name: maybe(text) }, { noNullPrototype: true }),
    detailsTemplate: text,
    occurrence: fc.nat(),
  },
  { noNullPrototype: true },
) as unknown as fc.Arbitrary<BookedLine>;

test('lines that went to another thread and back are the same lines', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
      expect(unpackLines(structuredClone(packLines(lines)))).toEqual(lines);
    }),
  );
});

test('the texts as they came, which name people, stay in their thread', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 5 }), (lines) => {
      const read = lines.map((each) => ({
        ...each,
        details: 'by AMINA EXAMPLE',
        otherParty: 'AMINA EXAMPLE',
      }));
      expect(JSON.stringify(packLines(read))).not.toContain('AMINA');
      expect(unpackLines(packLines(read))).toEqual(lines);
    }),
  );
});
