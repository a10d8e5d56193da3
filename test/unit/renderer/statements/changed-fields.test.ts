import { expect, test } from 'vitest';
import { compareFields } from '#renderer/screens/statements/changed-fields.ts';

test('what changed comes first; a field that one side lacks has changed', () => {
  expect(
    compareFields(
      { receipt: 'UKJ4T7O2MX', amount: '50.00', note: 'x' },
      { receipt: 'UKJ4T7O2MX', amount: '60.00', till: '1' },
    ),
  ).toEqual([
    { name: 'amount', before: '50.00', after: '60.00', isChanged: true },
    { name: 'note', before: 'x', after: null, isChanged: true },
    { name: 'till', before: null, after: '1', isChanged: true },
    { name: 'receipt', before: 'UKJ4T7O2MX', after: 'UKJ4T7O2MX', isChanged: false },
  ]);
});

test('a vanished line has nothing on the other side', () => {
  expect(compareFields({ amount: '50.00' }, {})).toEqual([
    { name: 'amount', before: '50.00', after: null, isChanged: true },
  ]);
});

test('a field named like a part of every object is a field like any other', () => {
  expect(compareFields({}, { constructor: 'x' })).toEqual([
    { name: 'constructor', before: null, after: 'x', isChanged: true },
  ]);
});
