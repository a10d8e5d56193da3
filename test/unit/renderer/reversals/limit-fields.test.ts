import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asFields, type Limits, readLimits } from '#renderer/screens/reversals/limit-fields.ts';
import { cents } from '#shared/domain/money.ts';

const most = fc.option(fc.integer({ min: 1, max: 10_000 }), { nil: null });
const money = fc.option(fc.integer({ min: 1, max: 10_000_000_00 }).map(cents), { nil: null });
const limits: fc.Arbitrary<Limits> = fc.record({
  oldestDays: most,
  dayCount: most,
  dayCents: money,
  personDayCount: most,
  personDayCents: money,
  mayBePart: fc.boolean(),
  notBackAfterHours: fc.integer({ min: 24, max: 720 }),
});

test('what is shown is read back as it was', () => {
  fc.assert(
    fc.property(limits, (given) => {
      expect(readLimits(asFields(given))).toEqual({ ok: true, limits: given });
    }),
  );
});

const fields = asFields({
  oldestDays: 30,
  dayCount: 10,
  dayCents: cents(50_000_00),
  personDayCount: 5,
  personDayCents: cents(20_000_00),
  mayBePart: false,
  notBackAfterHours: 72,
});

test.each([
  ['oldestDays', '0'],
  ['oldestDays', '10001'],
  ['dayCount', '2.5'],
  ['dayCount', 'many'],
  ['dayAmount', '0'],
  ['dayAmount', '-1'],
  ['dayAmount', '1.234'],
  ['personDayCount', '1e3'],
  ['personDayAmount', 'x'],
  ['notBackAfterHours', ''],
  ['notBackAfterHours', '23'],
  ['notBackAfterHours', '721'],
] as const)('%s cannot be «%s»', (name, text) => {
  expect(readLimits({ ...fields, [name]: text })).toEqual({ ok: false, wrong: [name] });
});

test('an empty field is no limit', () => {
  const read = readLimits({ ...fields, dayAmount: ' ', oldestDays: '' });
  expect(read).toMatchObject({ ok: true, limits: { dayCents: null, oldestDays: null } });
});
