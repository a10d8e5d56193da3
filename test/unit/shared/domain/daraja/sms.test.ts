import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readConfirmedCode, readSms } from '#shared/domain/daraja/sms.ts';
import { toIsoNairobi } from '#shared/domain/time.ts';

const CODE = 'UCE6DEMO01';
const read = (text: string) => {
  const sms = readSms(text);
  if (sms === null) throw new Error('not read');
  return { ...sms, at: sms.at === null ? null : toIsoNairobi(sms.at) };
};

describe('a message to the shop', () => {
  test.each([
    [
      'glued to the date and the amount',
      `${CODE} Confirmed.on 14/3/26 at 1:06 PMKsh20.00 received from 254700000000 Demo Person. New Account balance is Ksh1300.22. Transaction cost, Ksh0.00.`,
    ],
    [
      'with KSH and no blank before New',
      `${CODE} Confirmed on 14/3/26 at 1:06 PM KSH20.00 received from 254700000000 Demo Person.New Account balance is KSH1,300.22.`,
    ],
    [
      'over several lines',
      `${CODE} Confirmed.\non 14/3/26 at 1:06 PM\nKsh20.00 received from 254700000000\n Demo   Person. New Account balance is Ksh1300.22.`,
    ],
    [
      'with 24 hours',
      `${CODE} Confirmed. on 14/3/2026 at 13:06 Ksh20 received from 254700000000 Demo Person. New Account balance is Ksh1300.22`,
    ],
  ])('of a till, %s', (_, text) => {
    expect(read(text)).toEqual({
      shape: 'till',
      receipt: CODE,
      originalReceipt: null,
      amount: 2000,
      at: '2026-03-14T13:06:00+03:00',
      payer: { phone: '254700000000', code: null, name: 'Demo Person' },
      payee: null,
      reference: null,
      balance: { account: 'Account', amount: 130022 },
    });
  });

  test.each([
    ['a mask', '2547******78 JOHN SAMPLE', { phone: '2547******78', code: null, name: 'JOHN SAMPLE' }],
    [
      'a bank',
      '488519-NCBA Bank M- pesa:254700000002',
      { phone: null, code: '488519', name: 'NCBA Bank M- pesa:254700000002' },
    ],
    ['a PayBill', '- 5176352 - DEMO COMPANY', { phone: null, code: '5176352', name: 'DEMO COMPANY' }],
    [
      'another till',
      '254700000003 7654321 - DEMO SHOP',
      { phone: '254700000003', code: null, name: '7654321 - DEMO SHOP' },
    ],
  ])('of a till, paid by %s', (_, party, payer) => {
    const text = `${CODE} Confirmed.on 14/3/26 at 8:8 AM Ksh900.00 received from ${party}. New Merchant Account Balance is Ksh2,000.00.`;
    expect(read(text)).toMatchObject({ shape: 'till', payer, at: '2026-03-14T08:08:00+03:00' });
  });

  test('of a PayBill, with the name before the phone and the account the customer typed', () => {
    const text = `${CODE} Confirmed. on 14/3/26 at 11:03 PM Ksh50.00 received from DEMO PERSON 254700000004.  Account Number IPN Test New Utility balance is Ksh41,614.00`;
    expect(read(text)).toMatchObject({
      shape: 'paybill',
      amount: 5000,
      payer: { phone: '254700000004', name: 'DEMO PERSON' },
      reference: 'IPN Test',
      balance: { account: 'Utility', amount: 4161400 },
    });
  });

  test('of a Pochi and of a personal line', () => {
    const pochi = `${CODE} Confirmed.You have received Ksh10.00 from DEMO  PERSON on 14/3/26 at 12:03 PM  New business balance is Ksh10.00.`;
    expect(read(pochi)).toMatchObject({ shape: 'pochi', payer: { phone: null, name: 'DEMO PERSON' } });
    const personal = `${CODE} Confirmed.You have received Ksh500.00 from DEMO PERSON 0700000006 on 14/3/26 at 12:15 AM  New M-PESA balance is Ksh3,200.00.`;
    expect(read(personal)).toMatchObject({
      shape: 'personal',
      at: '2026-03-14T00:15:00+03:00',
      payer: { phone: '0700000006', name: 'DEMO PERSON' },
      balance: null,
    });
  });

  test('about money that came back or went to the bank', () => {
    expect(read(`UCE6DEMO09 Confirmed. reversal of ${CODE} of Ksh20.00`)).toMatchObject({
      shape: 'reversal',
      receipt: 'UCE6DEMO09',
      originalReceipt: CODE,
      amount: 2000,
    });
    expect(read('Dear customer, we have reversed Ksh300.00 to the payer.')).toMatchObject({
      shape: 'reversal',
      receipt: null,
      originalReceipt: null,
      amount: 30000,
    });
    expect(read(`${CODE} Confirmed. Ksh9,000.00 received as settlement on 14/3/26 at 6:00 AM`)).toMatchObject(
      {
        shape: 'settlement',
        amount: 900000,
        payer: null,
      },
    );
  });
});

describe("the customer's own message", () => {
  test('names whom it paid, and its balance is dropped', () => {
    const text = `${CODE} Confirmed. Ksh1,250.00 paid to DUKA LA MFANO 2. on 14/3/26 at 10:42 AM.New M-PESA balance is Ksh3,400.10. Transaction cost, Ksh0.00.`;
    expect(read(text)).toMatchObject({
      shape: 'customer-paid',
      amount: 125000,
      payee: 'DUKA LA MFANO 2',
      payer: null,
      balance: null,
    });
    expect(JSON.stringify(read(text))).not.toContain('340010');
  });

  test('names the account it was sent for', () => {
    const text = `${CODE} Confirmed. Ksh500.00 sent to DUKA LA MFANO for account INV 77 on 14/3/26 at 10:42 AM New M-PESA balance is Ksh3,400.10.`;
    expect(read(text)).toMatchObject({ shape: 'customer-sent', payee: 'DUKA LA MFANO', reference: 'INV 77' });
  });
});

test.each([
  ['nothing', ''],
  ['talk', 'Please pay me'],
  ['a receipt alone', CODE],
  [
    'a confirmation of something else',
    `${CODE} Confirmed. You bought Ksh20.00 of airtime on 14/3/26 at 1:06 PM.`,
  ],
  ['a date that is none', '31/2/26'],
])('%s is no such message', (_, text) => {
  expect(readSms(text)).toBeNull();
});

/** What customers type as account, and how shops are called: also on purpose like Safaricom's own words. */
const TYPED = [
  'reversed Ksh9',
  'reversal of UCE6DEMO77 of Ksh9',
  'settled to me',
  'received as settlement',
  'Ksh9 received from 254700000009 X',
  'Ksh9 sent to 1234567 - SHOP',
  'paid to X on 1/1/20 at 1:00 AM',
  'New Account balance is Ksh9',
  'Account Number 7',
  'UCE6DEMO77 Confirmed. Ksh9 paid to X',
  'SHOP ON 5TH AVENUE',
];
const anyTyped = fc.oneof(
  fc.constantFrom(...TYPED),
  fc.tuple(fc.constantFrom(...TYPED), fc.string({ maxLength: 20 })).map((parts) => parts.join(' ')),
  fc.string({ maxLength: 40 }),
);

describe('S10: whatever a customer or a shop calls itself', () => {
  test('a PayBill message keeps its shape, amount, time and payer', () => {
    fc.assert(
      fc.property(anyTyped, (account) => {
        const text = `${CODE} Confirmed. on 14/3/26 at 11:03 PM Ksh50.00 received from DEMO PERSON 254700000004.  Account Number ${account} New Utility balance is Ksh41,614.00`;
        expect(read(text)).toMatchObject({
          shape: 'paybill',
          receipt: CODE,
          originalReceipt: null,
          amount: 5000,
          at: '2026-03-14T23:03:00+03:00',
          payer: { phone: '254700000004', name: 'DEMO PERSON' },
        });
      }),
    );
  });

  test('a till message keeps its shape, amount and time', () => {
    fc.assert(
      fc.property(anyTyped, (name) => {
        const text = `${CODE} Confirmed.on 14/3/26 at 1:06 PMKsh20.00 received from 400088-CO-OP TO TILL:${name}. New Account balance is Ksh1300.22.`;
        expect(read(text)).toMatchObject({
          shape: 'till',
          receipt: CODE,
          amount: 2000,
          at: '2026-03-14T13:06:00+03:00',
        });
      }),
    );
  });

  test('a message to the customer keeps its shape and amount', () => {
    fc.assert(
      fc.property(anyTyped, fc.boolean(), (typed, isBill) => {
        const what = isBill ? `sent to DUKA LA MFANO for account ${typed}` : `paid to ${typed}.`;
        const text = `${CODE} Confirmed. Ksh500.00 ${what} on 14/3/26 at 10:42 AM New M-PESA balance is Ksh3,400.10.`;
        expect(read(text)).toMatchObject({
          shape: isBill ? 'customer-sent' : 'customer-paid',
          receipt: CODE,
          originalReceipt: null,
          amount: 50_000,
        });
      }),
    );
  });

  test('the whole account and the whole shop are read', () => {
    for (const account of TYPED.filter((typed) => !typed.includes('Confirmed'))) {
      const text = `${CODE} Confirmed. on 14/3/26 at 11:03 PM Ksh50.00 received from X Y 254700000004.  Account Number ${account} New Utility balance is Ksh41,614.00`;
      expect(read(text).reference).toBe(account);
    }
    const shop = `${CODE} Confirmed. Ksh5.00 paid to SHOP ON 5TH AVENUE. on 14/3/26 at 10:42 AM.New M-PESA balance is Ksh1.00.`;
    expect(read(shop)).toMatchObject({ payee: 'SHOP ON 5TH AVENUE', at: '2026-03-14T10:42:00+03:00' });
  });
});

test('money that went to the bank is told from money that was sent to a shop', () => {
  const swept = `${CODE} Confirmed. Ksh9,000.00 sent to 600100 - DUKA LA MFANO on 14/3/26 at 6:00 AM`;
  expect(read(swept)).toMatchObject({ shape: 'settlement', amount: 900_000 });
  const bill = `${CODE} Confirmed. Ksh90.00 sent to 600100 - DUKA for account 7 on 14/3/26 at 6:00 AM`;
  expect(read(bill)).toMatchObject({ shape: 'customer-sent', payee: '600100 - DUKA', reference: '7' });
});

test('a message that begins as every confirmation has its code, in words that we do not know', () => {
  const swahili = `${CODE} Imethibitishwa. Ksh1,250.00 zimelipwa kwa DUKA LA MFANO tarehe 14/3/26 saa 10:42 AM.`;
  expect(readSms(swahili)).toBeNull();
  expect(readConfirmedCode(swahili)).toBe(CODE);
  expect(readConfirmedCode(`${CODE} Confirmed. You bought Ksh20.00 of airtime.`)).toBe(CODE);
  expect(readConfirmedCode('FT26073ABCDE Imethibitishwa')).toBeNull();
});

test('a date or an hour that does not exist is left out, not guessed', () => {
  const at = (when: string) =>
    read(`${CODE} Confirmed.on ${when} Ksh20.00 received from 254700000000 X Y. New Account balance is Ksh1.`)
      .at;
  expect(at('31/2/26 at 1:06 PM')).toBeNull();
  expect(at('14/3/26 at 13:06 PM')).toBeNull();
});

test('no text makes it fail or wait', () => {
  const pieces = fc.constantFrom(
    'Ksh',
    'received from',
    ' on ',
    '1/1/26',
    ' at ',
    'New Account balance is ',
    'Confirmed.',
    CODE,
    ' ',
    '-',
    '.',
    'paid to',
    'sent to',
    'for account',
    'reversal of',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 12 })), { maxLength: 80 }), (parts) => {
      readSms(parts.join(''));
    }),
    { numRuns: 2_000 },
  );
});
