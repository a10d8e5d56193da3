import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cents, MAX_CENTS, toDecimal, toReadable } from '#shared/domain/money.ts';
import { matchAll, payment, sale } from '#test/fixtures/match-items.ts';
import { inWords, readSalesBytes, readStatementBytes } from '#test/helpers/read-all.ts';

const HEADER =
  'Receipt No.,Completion Time,Initiation Time,Details,Transaction Status,Paid In,Withdrawn,Balance,Reason Type';
const read = (paidIn: string, withdrawn = '') =>
  readStatementBytes(
    `${HEADER}\nUCE3DEMO05,14-03-2026 10:00:00,14-03-2026 10:00:00,Pay,Completed,"${paidIn}","${withdrawn}",,Pay Merchant\n`,
    'x.csv',
    { shortCode: '1234567' },
  );

describe('F14, amounts in a statement', () => {
  it.each([
    ['0', ''],
    ['', '0.00'],
    ['', ''],
    ['-5', ''],
    ['0.001', ''],
    ['90071992547409.93', ''],
    ['10000000000.01', ''],
    ['1e3', ''],
    ['NaN', ''],
    ['Infinity', ''],
    ['0x10', ''],
    ['5', '5'],
  ])('“%s” in and “%s” out is refused with its line', async (paidIn, withdrawn) => {
    const { lines, problems } = await read(paidIn, withdrawn);
    expect(lines).toEqual([]);
    expect(inWords(problems)).toHaveLength(1);
    expect(problems[0]?.row).toBe(2);
  });

  it('every amount up to the greatest comes through to the cent, in any way of writing it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: MAX_CENTS }), fc.boolean(), async (value, isReadable) => {
        const text = isReadable ? toReadable(cents(value)) : toDecimal(cents(value));
        expect((await read(text)).lines[0]?.amountCents).toBe(value);
        expect((await read('', `-${text}`)).lines[0]).toMatchObject({ amountCents: value, direction: 'out' });
      }),
      { numRuns: 60 },
    );
  });

  it('0.1 and 0.2 are thirty cents', async () => {
    const { sales } = await readSalesBytes('time,amount\n2026-03-14,0.1\n2026-03-14,0.2\n');
    expect(sales.reduce((sum, { amountCents }) => sum + amountCents, 0)).toBe(30);
  });
});

it('F14: a payment of one shilling too much is never certain, and the difference is said', () => {
  const result = matchAll([payment(1, 501)], [sale(1, 500, { receipt: payment(1, 501).receipt })]);
  expect(result.links.filter(({ kind }) => kind === 'sale')).toEqual([]);
  expect(JSON.stringify(result.exceptions)).toContain('amount-differs');
});
