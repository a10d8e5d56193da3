import { expect, it } from 'vitest';
import { type Cell, toWorkbook } from '#test/fixtures/tables.ts';
import { readStatementBytes } from '#test/helpers/read-all.ts';

it('the statement from before 2015 is read by its names: withdrawn stands before paid in', async () => {
  const above: Cell[][] = [
    ['Account Statement'],
    ['Rules'],
    ['Summary'],
    ['Account Type', 'Utility'],
    ['Current Balance', 950],
    ['Transactions'],
  ];
  const header = [
    'Receipt',
    'Date',
    'Details',
    'Status',
    'Withdrawn',
    'Paid In',
    'Balance',
    'Balance Confirmed',
    'Transaction Type',
    'Other Party Info',
    'Transaction Party Details',
  ];
  const rows: Cell[][] = [
    [
      'C94ZH942',
      '2012-04-05 14:45:00',
      'Payment received from 254722000111 - A B Acc. 7',
      'Completed',
      null,
      950,
      950,
      'true',
      'Pay Utility',
      '254722000111 - A B',
      '',
    ],
    [
      'C94ZH943',
      '2012-04-05 15:00:00',
      'Pay Bill Charge',
      'Completed',
      -5,
      null,
      945,
      'true',
      'Pay Utility',
      'SP',
      '',
    ],
  ];
  const bytes = toWorkbook([...above, header, ...rows], 'Sheet1', 'xls');
  expect((await readStatementBytes(bytes, 'old.xls')).refusal?.code).toBe('needs-short-code');
  const { heads, lines } = await readStatementBytes(bytes, 'old.xls', { shortCode: '511382' });
  expect(heads[0]?.layout).toBe('account-statement-xls');
  expect(lines).toMatchObject([
    {
      row: 8,
      receipt: 'C94ZH942',
      direction: 'in',
      amountCents: 95_000,
      account: 'Utility Account',
      isMended: false,
    },
    { row: 9, direction: 'out', amountCents: 500 },
  ]);
});
