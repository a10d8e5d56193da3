import { describe, expect, it } from 'vitest';
import { inferAccount } from '#shared/domain/statement/account.ts';
import { type Classifiable, classifyLine } from '#shared/domain/statement/classify.ts';
import type { MovementKind } from '#shared/domain/statement/types.ts';

const line = (details: string, direction: 'in' | 'out', rest: Partial<Classifiable> = {}): Classifiable => ({
  details,
  direction,
  reasonType: null,
  otherParty: null,
  accountReference: null,
  ...rest,
});

type Case = readonly [details: string, direction: 'in' | 'out', kind: MovementKind, reasonType?: string];

const CASES: readonly Case[] = [
  ['Merchant Payment from 070****101 - AMINA **** EXAMPLE', 'in', 'customer-payment', 'Pay Merchant'],
  ['Merchant Payment Online from 2547******215 - A B', 'in', 'customer-payment'],
  ['Small Business Pay Merchant from 0790***511 - A B', 'in', 'customer-payment'],
  ['Merchant Payment received from 400088 - CO-OP TO TILL', 'in', 'customer-payment'],
  ['Merchant Payment', 'in', 'customer-payment', 'Customer Merchant Payment'],
  ['Pay Merchant', 'in', 'customer-payment'],
  ['Pay Bill from 25470****111 - ALICE EXAMPLE Acc. 850060', 'in', 'customer-payment', 'Pay Utility'],
  ['Pay Bill Online from 07****222 - Bob Acc. my ref', 'in', 'customer-payment', 'Pay Bill Online'],
  ['Pay Bill from 25470****111 - A Acc. 1', 'in', 'customer-payment', 'Pay Utility with OD via STK'],
  ['Small Business Pay Bill from 0712***345 - A Acc. x', 'in', 'customer-payment'],
  ['Merchant Pay Utility Received from 1234567 - FAKE AUTO TECH  Acc.', 'in', 'customer-payment'],
  ['Business Pay Bill via API by 123456 - BANK LTD Acc. ref', 'in', 'customer-payment'],
  [
    'FSI to Pay Bill by 999002 - MOCK BANK - BANK TO TILL Acc. Frank via WEB by MOCK BANK\\B2BUser1',
    'in',
    'customer-payment',
  ],
  ['Payment received from 254722000000 - OLD FORMAT Acc. 12', 'in', 'customer-payment'],
  ['Some new wording', 'in', 'customer-payment', 'Standing Order Pay Bill'],
  ['Pay merchant Charge', 'out', 'charge', 'Pay Merchant'],
  ['Pay Bill Charge', 'out', 'charge', 'Pay Utility'],
  ['Merchant to Merchant Payment Charge to 7654321 - SHOP', 'out', 'charge'],
  ['Merchant to Merchant Payment Charge to M-PESA', 'out', 'charge'],
  ['Merchant Payment Charge', 'out', 'charge'],
  ['FSI to Merchant Charge by Receiver', 'out', 'charge'],
  ['Business Payment Charge.', 'out', 'charge'],
  ['Biashara Overdraft 804080-Boost Biashara', 'in', 'loan'],
  ['Loan Disbursement from 804080 - Boost', 'in', 'loan'],
  ['Biashara Overdraft Repayment', 'out', 'loan-repayment'],
  ['Merchant Account to Organization Settlement Account', 'out', 'sweep'],
  ['Utility Account to Organization Settlement Account', 'in', 'sweep'],
  ['Organization Settlement Account to Organization MMF Account', 'out', 'sweep'],
  ['Merchant to Utility', 'out', 'sweep'],
  ['Real Time Settlement to bank', 'out', 'sweep'],
  ['Funds Transfer to 123456 - HEAD OFFICE', 'out', 'sweep'],
  ['Agency Withdrawal of funds to Bank', 'out', 'withdrawal'],
  ['Withdraw Funds to Bank', 'out', 'withdrawal'],
  [
    'Payment to 254722000000 - JANE. Initiated by operator A Finalised by operator B',
    'out',
    'business-payment',
  ],
  ['Merchant Pay Utility to 888880 - KPLC Acc. 1', 'out', 'business-payment'],
  ['OTC Buy Airtime', 'out', 'business-payment'],
  ['Pay Merchant Reversal by DemoOperator', 'out', 'reversal', 'Pay Merchant Reversal'],
  ['Pay Utility Reversal by M- PESA - operator', 'in', 'reversal'],
  ['Cancelled:Payment received from 254722000000 - X', 'out', 'reversal'],
  ['Something nobody has seen', 'out', 'other'],
  ['Something nobody has seen', 'in', 'other'],
  // What customers type or are called must not change what a row is.
  ['Pay Bill from 25470****111 - ALICE Acc. Pay Bill Charge', 'in', 'customer-payment'],
  [
    'Pay Bill from 25470****111 - REVERSAL LOAN WITHDRAWAL Acc. Utility Account to Merchant Account',
    'in',
    'customer-payment',
  ],
  ['Merchant Payment from 25470****111 - CHARGE REVERSAL BY SAFARICOM', 'in', 'customer-payment'],
];

describe('classifyLine', () => {
  it.each(
    CASES.map(([details, direction, kind, reasonType = null]) => ({ details, direction, kind, reasonType })),
  )('$details ($direction) is $kind', ({ details, direction, kind, reasonType }) => {
    expect(classifyLine(line(details, direction, { reasonType })).kind).toBe(kind);
  });

  it('takes names with dashes and empty accounts apart', () => {
    expect(
      classifyLine(
        line('FSI to Pay Bill by 999002 - MOCK BANK LTD - BANK TO TILL Acc. Frank via WEB by MOCK\\U', 'in'),
      ),
    ).toEqual({
      kind: 'customer-payment',
      party: { phone: null, code: '999002', name: 'MOCK BANK LTD - BANK TO TILL' },
      detailsTemplate: 'FSI to Pay Bill by {party} Acc. {ref} via WEB by {operator}',
      accountReference: 'Frank',
    });
    expect(classifyLine(line('Pay Bill from 0722***111 - A - B Acc.', 'in'))).toMatchObject({
      party: { phone: '0722***111', name: 'A - B' },
      detailsTemplate: 'Pay Bill from {party} Acc.',
      accountReference: null,
    });
  });

  it('keeps what the customer typed as typed, channel words and all', () => {
    expect(
      classifyLine(line('Pay Bill from 0722***111 - A Acc. rent via WEB by Otieno', 'in')).accountReference,
    ).toBe('rent via WEB by Otieno');
    expect(classifyLine(line('Pay Bill from 0722***111 - A Acc. x Acc. y', 'in')).accountReference).toBe(
      'x Acc. y',
    );
  });

  it('leaves nobody in the template', () => {
    const personal = [
      'Payment to 254722000000 - JANE DOE. Initiated by operator JOHN Finalised by operator MARY',
      'Pay Merchant Reversal by JOHN OPERATOR',
      'Refund 254722000000 noted',
      'Pay Bill from 254722000000 - JANE DOE Acc. JANE',
    ];
    for (const details of personal) {
      expect(classifyLine(line(details, 'out')).detailsTemplate).not.toMatch(/JANE|JOHN|MARY|722000/);
    }
  });

  it('takes the party from the other column when Details names none', () => {
    const otherParty = '25474****404 - DAUDI **** FIXTURE';
    const reversal = line('Pay Merchant Reversal by DemoOperator', 'out', { otherParty });
    expect(classifyLine(reversal).party).toEqual({
      phone: '25474****404',
      code: null,
      name: 'DAUDI **** FIXTURE',
    });
    expect(classifyLine(line('Pay merchant Charge', 'out', { otherParty: 'SP' })).party.name).toBe('SP');
  });

  it('prefers the account with its zeros in front', () => {
    const typed = line('Pay Bill from 0722***111 - A Acc. 0750007', 'in', { accountReference: '750007' });
    expect(classifyLine(typed).accountReference).toBe('0750007');
    expect(classifyLine({ ...typed, accountReference: 'INV 2026/14' }).accountReference).toBe('INV 2026/14');
  });
});

describe('inferAccount', () => {
  it.each([
    ['Utility Account to Organization Settlement Account', 'out', 'Utility Account'],
    ['Utility Account to Organization Settlement Account', 'in', 'Organization Settlement Account'],
    ['Organization Settlement Account to Organization MMF Account', 'in', 'Organization MMF Account'],
    ['Merchant to Utility', 'in', 'Utility Account'],
    ['Agency Withdrawal of funds to Bank', 'out', 'Organization MMF Account'],
    ['Pay Bill from 0722***111 - A Acc. Merchant', 'in', 'Utility Account'],
    ['Pay Bill Charge', 'out', 'Utility Account'],
    ['Pay merchant Charge', 'out', 'Merchant Account'],
    ['Merchant Payment from 0722***111 - UTILITY LTD', 'in', 'Merchant Account'],
    ['Merchant Pay Utility Received from 1234567 - A Acc.', 'in', 'Utility Account'],
    ['Whatever', 'in', null],
  ] as const)('%s (%s) belongs to %s', (details, direction, account) => {
    expect(inferAccount(details, direction, null)).toBe(account);
  });
});
