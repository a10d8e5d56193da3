import { expect, test } from 'vitest';
import { importPath, readImportId } from '#renderer/screens/statements/paths.ts';

test('a file is shown on the screen of its kind', () => {
  expect(importPath('statement', 12)).toBe('/statements/files/12');
  expect(importPath('sales', 7)).toBe('/sales/files/7');
});

test('an address holds an id or none', () => {
  expect(readImportId('12')).toBe(12);
  for (const text of [undefined, '', '0', '-1', '1.5', '12x', '9999999999999999'])
    expect(readImportId(text)).toBeNull();
});
