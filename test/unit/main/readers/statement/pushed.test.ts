import { describe, expect, it } from 'vitest';
import { toCsv } from '#test/fixtures/tables.ts';
import { inWords, readStatementBytes } from '#test/helpers/read-all.ts';

const NAME = 'Mpesa_123456_20260314235959.csv';

describe("a PayBill's daily file", () => {
  const header = 'RECEIPT NO,COMPLETION TIME,DETAILS,STATUS,WITHDRAWN,PAID IN';
  const file = (...rows: string[]) => `${[header, ...rows].join('\r\n')}\r\n`;

  it('takes withdrawn and paid in by their names, the short code and the day from its own', async () => {
    const { heads, lines, refusal } = await readStatementBytes(
      file(
        'UCE3DEMO05,2026-03-14 18:26:58,Pay Bill from 0722***111 - A B Acc. 7,Completed,,1000',
        'UCE3DEMO06,2026-03-14 18:30:00,Pay Bill Charge,Completed,-5.5,0',
      ),
      NAME,
    );
    expect(refusal).toBeNull();
    expect(heads[0]).toMatchObject({ layout: 'pushed-csv', shortCode: '123456', reportAt: null });
    expect(lines).toMatchObject([
      {
        direction: 'in',
        amountCents: 100_000,
        account: 'Utility Account',
        isMended: false,
        balanceCents: null,
      },
      { direction: 'out', amountCents: 550, status: 'completed' },
    ]);
  });

  it('joins a name that a comma has cut, where the status behind it tells, and marks the row', async () => {
    const { lines, problems } = await readStatementBytes(
      file(
        'UCE3DEMO05,2026-03-14 18:26:58,Pay Bill from 0722***111 - A, B, LTD Acc. 7,Completed,,1000',
        'UCE3DEMO06,2026-03-14 18:30:00,Pay Bill from 0722***111 - X,Completed,Completed,,1000',
      ),
      NAME,
    );
    expect(lines).toMatchObject([{ details: 'Pay Bill from 0722***111 - A, B, LTD Acc. 7', isMended: true }]);
    expect(inWords(problems)).toHaveLength(1);
  });

  it.each(['14/03/2026 18:26:58', '14-03-2026 18:26:58', '2026-03-14 18:26:58'])(
    'reads the date %s as its own',
    async (time) => {
      const { lines } = await readStatementBytes(
        file(`UCE3DEMO05,${time},Pay Bill from 0722***111 - A Acc. 7,Completed,,1`),
        NAME,
      );
      expect(lines).toMatchObject([
        { completedAt: Date.parse('2026-03-14T18:26:58+03:00'), isMended: false },
      ]);
    },
  );
});

describe("a head office's daily file", () => {
  const header = [
    'STORE_NAME',
    'RECEIPT_NUMBER',
    'ACCOUNT_TYPE_NAME',
    'TRANSACTION_TYPE',
    'START_TIMESTAMP',
    'TRANSACTION_PARTY_DETAILS',
    'CREDIT_AMOUNT',
    'DEBIT_AMOUNT',
    'BALANCE',
    'LINKED_TRANSACTION_ID',
  ];
  const row = (store: string, receipt: string, type: string, credit: string, debit: string) => [
    store,
    receipt,
    'Merchant Account',
    type,
    '2026-03-14 18:26:58',
    '254722***111 - A B',
    credit,
    debit,
    '500',
    '',
  ];
  const rows = [
    row('500001 - TOWN', 'UCE3DEMO05', 'Customer Merchant Payment', '1,000.00', ''),
    row('500001 - TOWN', 'UCE3DEMO05', 'Pay merchant Charge', '', '5.50'),
    row('500002 - MARKET', 'UCE3DEMO06', 'Customer Merchant Payment', '20', '0'),
  ];

  it.each([
    ['in step', header, rows],
    ['one cell to the left', header, rows.map((cells) => ['', ...cells])],
    ['one cell to the right', ['DATE_KEY', ...header], rows],
  ])('finds its columns when the names are %s', async (_where, names, below) => {
    const { heads, lines, problems, refusal } = await readStatementBytes(toCsv([names, ...below]), NAME);
    expect(refusal).toBeNull();
    expect(inWords(problems)).toEqual([]);
    expect(heads[0]?.layout).toBe('pushed-stores-csv');
    expect(lines).toMatchObject([
      {
        shortCode: '500001',
        direction: 'in',
        amountCents: 100_000,
        account: 'Merchant Account',
        status: 'completed',
      },
      { shortCode: '500001', direction: 'out', amountCents: 550, details: 'Pay merchant Charge' },
      { shortCode: '500002', direction: 'in', amountCents: 2_000, otherParty: '254722***111 - A B' },
    ]);
  });

  it('takes no row, and says so, when nothing tells where the columns are', async () => {
    const far = rows.map((cells) => ['', '', ...cells]);
    const { lines, refusal } = await readStatementBytes(toCsv([header, ...far]), NAME);
    expect(lines).toEqual([]);
    expect(refusal).toMatchObject({
      code: 'not-a-statement',
      reason: { id: 'reading.file.out-of-step' },
      row: 2,
    });
  });
});
