import { expect, test } from 'vitest';
import { CSV_HEAD, safeCell, toCsvLine } from '#shared/domain/audit/csv-line.ts';
import type { UtcMs } from '#shared/domain/time.ts';

const entry = {
  seq: 3,
  at: Date.UTC(2026, 10, 20, 9) as UtcMs,
  staffId: 2,
  session: null,
  action: 'reconcile.edit-sale',
  subject: 'sale:7',
  details: '{"after":{"customer":{"sealed":{"box":"AAAA","key":1}},"note":"a, \\"b\\""}}',
  hash: 'ab',
};

test('an entry is one line, and what is sealed stays out of it', () => {
  expect(CSV_HEAD).toBe('\ufeffentry,time,staff,action,subject,details,hash\r\n');
  expect(toCsvLine(entry)).toBe(
    '3,2026-11-20T12:00:00+03:00,2,reconcile.edit-sale,sale:7,' +
      '"{""after"":{""customer"":""(sealed)"",""note"":""a, \\""b\\""""}}",ab\r\n',
  );
  expect(toCsvLine({ ...entry, staffId: null, details: '{}' })).toContain('+03:00,,reconcile');
});

test.each(['=1+1', '+254', '-1', '@SUM(A1)', '\t=1', '\r=1'])('%j is no formula in a spreadsheet', (text) => {
  expect(safeCell(text).replace(/^"/, '').startsWith("'")).toBe(true);
});

test.each([
  ['plain', 'plain'],
  ['a=b', 'a=b'],
  ['a "b"', '"a ""b"""'],
  ['two\nlines', '"two\nlines"'],
  ['semi;colon', '"semi;colon"'],
  [' edge', '" edge"'],
])('%j becomes %j', (text, cell) => {
  expect(safeCell(text)).toBe(cell);
});
