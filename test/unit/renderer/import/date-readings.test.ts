import { expect, test } from 'vitest';
import { readDateAs } from '#renderer/screens/import/date-readings.ts';

test.each([
  ['03/04/2026 10:15', '2026-04-03', '2026-03-04'],
  ['3-4-26', '2026-04-03', '2026-03-04'],
  ['25.12.2025 08:00:01', '2025-12-25', null],
  ['12/25/2025', null, '2025-12-25'],
  ['31/02/2026', null, null],
])('%s is %s day first and %s month first', (sample, dmy, mdy) => {
  expect(readDateAs(sample, 'dmy')).toBe(dmy);
  expect(readDateAs(sample, 'mdy')).toBe(mdy);
});

test.each(['', '2026-04-03', 'yesterday', '03/04', '03/04/20261'])(
  '%j is no date of two readings',
  (sample) => {
    expect(readDateAs(sample, 'dmy')).toBeNull();
  },
);
