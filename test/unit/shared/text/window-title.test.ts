import { expect, test } from 'vitest';
import { windowTitle } from '#shared/text/window-title.ts';

test('the title says which books these are, in either language', () => {
  const environments = ['production', 'sandbox', 'demo'] as const;
  expect(environments.map((each) => windowTitle(each, 'en'))).toEqual([
    'Daftari · PRODUCTION',
    'Daftari · SANDBOX',
    'Daftari · DEMO',
  ]);
  expect(new Set(environments.map((each) => windowTitle(each, 'sw'))).size).toBe(3);
});
