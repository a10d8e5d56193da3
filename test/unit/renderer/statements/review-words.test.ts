import { expect, test } from 'vitest';
import { createText } from '#renderer/lib/text.tsx';
import { nameField, readField } from '#renderer/screens/statements/review-words.ts';

const text = createText('en');

test.each([
  ['changed-line', 'time', '2026-03-14 09:31:06', '14 Mar 2026, 09:31:06'],
  ['changed-line', 'kind', 'customer-payment', 'customer payment'],
  ['vanished-line', 'direction', 'out', 'money out'],
  ['vanished-line', 'status', 'completed', 'completed'],
  ['changed-sale', 'day', '2026-03-14', '14 Mar 2026'],
  ['changed-sale', 'tender', 'cash', 'Cash'],
  ['vanished-sale', 'kind', 'refund', 'Refund'],
  ['vanished-sale', 'status', 'void', 'Void'],
  ['changed-line', 'receipt', 'UKJ4T7O2MX', 'UKJ4T7O2MX'],
  ['changed-line', 'time', 'no time', 'no time'],
  ['changed-sale', 'tender', 'constructor-like', 'constructor-like'],
] as const)('%s: %s %s reads %s', (kind, name, value, words) => {
  expect(readField(kind, name, value, text)).toBe(words);
});

test('a field without a word keeps its own name', () => {
  expect(nameField('amount', text)).toBe('Amount');
  expect(nameField('shelf', text)).toBe('shelf');
});
