import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explainBody, explainText } from '#shared/domain/daraja/explain.ts';
import type { UtcMs } from '#shared/domain/time.ts';

const NOW = Date.UTC(2026, 10, 28) as UtcMs;

const IDS = { OriginatorConversationID: '4327-461f-a3cc-1', ConversationID: 'AG_20260314_0100101002' };
const ok = {
  ResultType: 0,
  ResultCode: 0,
  ResultDesc: 'The service request is processed successfully.',
  ...IDS,
};
const pairs = (fields: Record<string, unknown>) =>
  Object.entries(fields).map(([Key, Value]) => (Value === undefined ? { Key } : { Key, Value }));
const result = (fields: object, parameters?: unknown) => ({
  Result: {
    TransactionID: 'UCE0000000',
    ...fields,
    ...(parameters === undefined ? {} : { ResultParameters: { ResultParameter: parameters } }),
  },
});
const PAID = {
  ReceiptNo: 'UCE6DEMO01',
  TransactionStatus: 'Completed',
  Amount: 1250.0,
  InitiatedTime: 20260314130600,
  FinalisedTime: '20260314130601',
  DebitPartyName: '254700000000 - Demo  Person',
  CreditPartyName: '4100003 -  DUKA LA MFANO   ',
  CreditPartyCharges: undefined,
};

describe('a report of a payment', () => {
  const confirmation = {
    TransactionType: 'Pay Bill',
    TransID: 'UCE6DEMO01',
    TransTime: '20260314121325',
    TransAmount: '5.00',
    BusinessShortCode: '600966',
    BillRefNumber: '=cmd|x',
    OrgAccountBalance: '',
    MSISDN: '2547 ***** 126',
    FirstName: 'DEMO',
    MiddleName: '',
  };

  test('keeps what the customer typed as it is, and leaves out what is blank', () => {
    const told = explainBody(confirmation, NOW);
    expect(told).toMatchObject({
      kind: 'c2b-confirmation',
      receipt: 'UCE6DEMO01',
      amount: 500,
      reference: '=cmd|x',
      parties: [
        { role: 'debit', number: '2547 ***** 126', name: 'DEMO' },
        { role: 'credit', number: '600966' },
      ],
    });
    expect(told).not.toHaveProperty('balanceAfter');
  });

  test('whose time is not the day of its letters is said to be so', () => {
    const told = explainBody({ ...confirmation, TransTime: '20260315121325' }, NOW);
    expect(told.warnings.map(({ id }) => id)).toContain('explain.other-day');
  });
});

describe('the result of a prompt', () => {
  const prompt = (fields: object) => ({
    Body: { stkCallback: { MerchantRequestID: '1', CheckoutRequestID: 'ws_CO_1', ...fields } },
  });

  test('has its receipt, and a balance without a value disturbs nothing', () => {
    const Item = [
      { Name: 'Amount', Value: 1.0 },
      { Name: 'MpesaReceiptNumber', Value: 'UCE6DEMO01' },
      { Name: 'Balance' },
      { Name: 'TransactionDate', Value: 20260314130600 },
      { Name: 'PhoneNumber', Value: 254700000000 },
    ];
    expect(
      explainBody(prompt({ ResultCode: 0, ResultDesc: 'Fine.', CallbackMetadata: { Item } }), NOW),
    ).toMatchObject({
      kind: 'stk-callback',
      outcome: 'completed',
      receipt: 'UCE6DEMO01',
      amount: 100,
      parties: [{ role: 'debit', number: '254700000000' }],
    });
  });

  test.each([
    [1032, 'failed'],
    ['1037', 'failed'],
    [4999, 'pending'],
    [31337, 'unknown'],
  ])('with the code %s is %s', (ResultCode, outcome) => {
    expect(explainBody(prompt({ ResultCode, ResultDesc: '' }), NOW).outcome).toBe(outcome);
  });
});

describe('an answer to a Pull', () => {
  const row = {
    transactionId: 'UCE6DEMO01',
    trxDate: '2026-03-14T10:13:00Z',
    msisdn: 722000000,
    sender: 'DEMO',
    transactiontype: 'c2b-pay-bill-debit',
    billreference: '37',
    amount: '168.00',
    organizationname: 'Demo',
  };

  test.each([
    ['nested', [[row]]],
    ['flat', [row]],
    ['alone', row],
  ])('has its rows %s, with the time as it came', (_, Response) => {
    expect(explainBody({ ResponseCode: '1000', ResponseMessage: 'Success', Response }, NOW)).toMatchObject({
      kind: 'pull-answer',
      outcome: 'completed',
      rows: [
        { receipt: 'UCE6DEMO01', time: '2026-03-14T10:13:00Z', amount: 16800, payerNumber: '722000000' },
      ],
      warnings: [],
    });
  });

  test.each([
    ['a text', { ResponseCode: '1001', Transaction: '[[]]' }],
    ['an empty list', { ResponseCode: 1000, ResponseMessage: 'Success', Response: [[]] }],
    [
      'words',
      {
        RequestID: 'x',
        ResponseCode: '1001',
        ResponseMessage: 'No records found or Organization Name not available',
      },
    ],
  ])('says none as %s', (_, body) => {
    const told = explainBody(body, NOW);
    expect(told).toMatchObject({ kind: 'pull-answer', outcome: 'not-found' });
    expect(told).not.toHaveProperty('rows');
  });

  test('counts rows that cannot be read', () => {
    const told = explainBody(
      {
        ResponseCode: '1000',
        ResponseMessage: 'Success',
        Response: [[row, { ...row, amount: 'much' }, 7]],
      },
      NOW,
    );
    expect(told.warnings).toEqual([{ id: 'explain.pull-unread', values: { rows: 2 } }]);
  });
});

test.each([
  ['in Swahili', 'UCE6DEMO01 Imethibitishwa. Ksh20.00 zimelipwa kwa DUKA tarehe 14/3/26 saa 10:42 AM.'],
  ['about airtime', 'UCE6DEMO01 Confirmed. You bought Ksh20.00 of airtime on 14/3/26 at 1:06 PM.'],
])('a confirmation %s is M-PESA’s, and not read wholly; never a bank’s', (_, text) => {
  const told = explainText(text, NOW);
  expect(told).toMatchObject({
    kind: 'sms',
    outcome: 'unknown',
    receipt: 'UCE6DEMO01',
    warnings: [{ id: 'explain.message-part-read' }, { id: 'explain.message-proves-nothing' }],
  });
  expect(told).not.toHaveProperty('amount');
});

describe('what is no answer', () => {
  test.each([
    ['', 'explain.empty'],
    ['{"a":', 'explain.bad-json'],
    ['<html><body>502</body></html>', 'explain.html'],
    ['[]', 'explain.no-object'],
    ['{}', 'explain.unknown-body'],
    ['hello there', 'explain.no-message'],
    [
      JSON.stringify({ requestId: '1', errorCode: '404.001.03', errorMessage: 'Invalid Access Token' }),
      'explain.error-body',
    ],
    [
      JSON.stringify({
        ...IDS,
        ResponseCode: '0',
        ResponseDescription: 'Accept the service request successfully.',
      }),
      'explain.acknowledgement',
    ],
    [JSON.stringify({ Result: ok }), 'explain.other-product'],
  ])('%s is unreadable, with the reason', (text, id) => {
    expect(explainText(text, NOW)).toMatchObject({ kind: 'unreadable', reason: { id } });
  });

  test('no value of any kind makes it fail', () => {
    const keys = fc.constantFrom(
      'Result',
      'ResultCode',
      'ResultParameters',
      'ResultParameter',
      'Key',
      'Value',
      'ReferenceData',
      'ReferenceItem',
      'Response',
      'ResponseCode',
      'Body',
      'stkCallback',
      'TransID',
      'TransAmount',
      'ConversationID',
      'AccountBalance',
    );
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 5 },
        fc.jsonValue({ maxDepth: 1 }),
        fc.dictionary(keys, tie('any'), { maxKeys: 5 }),
        fc.array(tie('any'), { maxLength: 3 }),
      ),
    })).any;
    fc.assert(
      fc.property(value, (body) => {
        expect(explainBody(body, NOW).warnings).toBeInstanceOf(Array);
        explainText(JSON.stringify(body) ?? '', NOW);
      }),
      { numRuns: 3_000 },
    );
  });
});

test('a receipt is read as people write it, and its letters name a day', () => {
  expect(explainText(' uce6 demo 01 ', NOW)).toEqual({
    kind: 'receipt',
    receipt: 'UCE6DEMO01',
    day: '2026-03-14',
    warnings: [],
  });
  expect(explainText('ZZZZZZZZZZ', NOW).warnings).toEqual([{ id: 'explain.receipt-without-date' }]);
});

test('a body that was pasted as a quoted text is opened', () => {
  expect(explainText(JSON.stringify(JSON.stringify(result(ok, pairs(PAID)))), NOW).kind).toBe(
    'status-result',
  );
});
