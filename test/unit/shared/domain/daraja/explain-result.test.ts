import { describe, expect, test } from 'vitest';
import { explainBody } from '#shared/domain/daraja/explain.ts';
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

describe('a status answer', () => {
  test('says what became of the payment, not of the question', () => {
    expect(explainBody(result(ok, pairs(PAID)), NOW)).toEqual({
      kind: 'status-result',
      outcome: 'completed',
      code: '0',
      text: ok.ResultDesc,
      originatorConversationId: IDS.OriginatorConversationID,
      conversationId: IDS.ConversationID,
      receipt: 'UCE6DEMO01',
      amount: 125000,
      startedAt: Date.UTC(2026, 2, 14, 10, 6, 0),
      completedAt: Date.UTC(2026, 2, 14, 10, 6, 1),
      parties: [
        { role: 'debit', number: '254700000000', name: 'Demo  Person' },
        { role: 'credit', number: '4100003', name: 'DUKA LA MFANO' },
      ],
      warnings: [],
    });
  });

  test.each([
    ['Completed', 'completed'],
    ['Reversed', 'reversed'],
    ['Cancelled', 'failed'],
    ['Declined', 'failed'],
    ['Expired', 'failed'],
    ['Failed', 'failed'],
    ['Rejected', 'failed'],
    ['Initiated', 'pending'],
    ['Authorized', 'pending'],
    ['Pending  Authorized', 'pending'],
    ['pending', 'pending'],
    ['Teleported', 'unknown'],
    [undefined, 'unknown'],
  ])('with the state %s is %s', (state, outcome) => {
    expect(explainBody(result(ok, pairs({ ...PAID, TransactionStatus: state })), NOW).outcome).toBe(outcome);
  });

  test('reads texts for numbers, numbers for texts, keys of 2017 with blanks, and a body without its wrapper', () => {
    const body = {
      ...ok,
      ResultType: '0',
      ResultCode: '0',
      ResultParameters: {
        ResultParameter: pairs({
          'Receipt No': 'UCE6DEMO01',
          'Transaction Status': 'Completed',
          Amount: '1250',
          InitiatedTime: '20260314130600',
        }),
      },
    };
    expect(explainBody(body, NOW)).toMatchObject({
      kind: 'status-result',
      outcome: 'completed',
      receipt: 'UCE6DEMO01',
      amount: 125000,
    });
  });

  test('that names one party twice does not say who paid', () => {
    const twice = [
      { Key: 'DebitPartyName', Value: '600310 - Demo Shop' },
      { Key: 'DebitPartyName', Value: '254700000000 - Demo Person' },
      ...pairs({ TransactionStatus: 'Completed' }),
    ];
    expect(explainBody(result(ok, twice), NOW)).toMatchObject({
      parties: [
        { role: '1', number: '600310' },
        { role: '2', number: '254700000000' },
      ],
      warnings: [{ id: 'explain.parties-unsure' }],
    });
  });

  test('that does not know the receipt is "not found", with nothing made of its placeholder', () => {
    const body = result({
      ...ok,
      ResultCode: 2032,
      ResultDesc: 'The transaction receipt number does not exist.',
      TransactionID: 'UIS1000000',
    });
    const told = explainBody(body, NOW);
    expect(told).toMatchObject({
      kind: 'status-result',
      outcome: 'not-found',
      warnings: [{ id: 'explain.not-found-yet' }],
    });
    expect(told).not.toHaveProperty('receipt');
    expect(told).not.toHaveProperty('amount');
  });

  test('that refused our operator says nothing of the payment', () => {
    const body = {
      Result: {
        ...ok,
        ResultCode: '2001',
        ResultDesc: 'The initiator information is invalid.',
        ReferenceData: { ReferenceItem: { Key: 'Occasion' } },
      },
    };
    expect(explainBody(body, NOW)).toMatchObject({
      kind: 'status-result',
      outcome: 'failed',
      warnings: [{ id: 'explain.credential-refused' }, { id: 'explain.question-refused' }],
    });
  });
});

describe('an answer to a reversal', () => {
  const reversed = {
    OriginalTransactionID: 'UCE6DEMO01',
    Amount: 1.0,
    TransCompletedTime: 20260314132711,
    CreditPartyPublicName: '254700000645 - DEMO PERSON',
    DebitPartyPublicName: '600992 - Demo Shop',
  };

  test('has a receipt of its own beside that of the payment', () => {
    expect(explainBody(result({ ...ok, TransactionID: 'UCE52PAWR9' }, pairs(reversed)), NOW)).toMatchObject({
      kind: 'reversal-result',
      outcome: 'completed',
      receipt: 'UCE52PAWR9',
      originalReceipt: 'UCE6DEMO01',
      amount: 100,
      parties: [
        { role: 'debit', number: '600992' },
        { role: 'credit', number: '254700000645' },
      ],
    });
  });

  test.each([
    ['R000001', 'reversed'],
    ['R000002', 'failed'],
  ])('with the code %s is %s and has no receipt', (ResultCode, outcome) => {
    const told = explainBody(
      result({ ...ok, ResultCode, ResultDesc: 'As it is.', TransactionID: 'UCE0000000' }),
      NOW,
    );
    expect(told).toMatchObject({ kind: 'reversal-result', outcome });
    expect(told).not.toHaveProperty('receipt');
  });

  test('without parameters is known by Safaricom’s own address', () => {
    const ReferenceData = {
      ReferenceItem: {
        Key: 'QueueTimeoutURL',
        Value: 'https://internalsandbox.example/mpesa/reversalresults/v1/submit',
      },
    };
    expect(explainBody({ Result: { ...ok, TransactionID: 'UCE52PAWR9', ReferenceData } }, NOW)).toMatchObject(
      {
        kind: 'reversal-result',
        outcome: 'completed',
        receipt: 'UCE52PAWR9',
      },
    );
  });

  test.each([
    [21, 'The service request is processed successfully.'],
    [0, 'The initiator is not allowed to initiate this request.'],
  ])('whose code %s contradicts its sentence is believed in neither', (ResultCode, ResultDesc) => {
    expect(
      explainBody(
        result({ ...ok, ResultCode, ResultDesc, TransactionID: 'UCE52PAWR9' }, pairs(reversed)),
        NOW,
      ),
    ).toMatchObject({
      outcome: 'unknown',
      warnings: [{ id: 'explain.contradiction' }],
    });
  });

  test('with a code nobody knows decides nothing and shows it', () => {
    expect(
      explainBody(result({ ...ok, ResultCode: 'R999999', ResultDesc: 'Hm.' }, pairs(reversed)), NOW),
    ).toMatchObject({
      code: 'R999999',
      text: 'Hm.',
      outcome: 'unknown',
      warnings: [{ id: 'explain.unknown-code' }],
    });
  });
});

describe('an answer about the balance', () => {
  test('has its accounts with signed amounts', () => {
    const text =
      'Working Account|KES|700000.00|700000.00|0.00|0.00&Charges Paid Account|KES|-1540.00|-1540.00|0.00|0.00';
    expect(
      explainBody(
        result(
          { ...ok, ResultCode: '0' },
          pairs({ AccountBalance: text, BOCompletedTime: '20260314125710' }),
        ),
        NOW,
      ),
    ).toMatchObject({
      kind: 'balance-result',
      outcome: 'completed',
      completedAt: Date.UTC(2026, 2, 14, 9, 57, 10),
      accounts: [
        {
          name: 'Working Account',
          currency: 'KES',
          current: 70000000,
          available: 70000000,
          reserved: 0,
          uncleared: 0,
        },
        { name: 'Charges Paid Account', current: -154000 },
      ],
    });
  });

  test('may come as one account, as a single parameter', () => {
    const single = { Key: 'AccountBalance', Value: 'Utility Account|KES|25.00|25.00|0.00|0.00' };
    expect(explainBody(result(ok, single), NOW)).toMatchObject({
      kind: 'balance-result',
      accounts: [{ current: 2500 }],
    });
  });

  test('in another shape is shown and not guessed at', () => {
    const told = explainBody(
      result(ok, pairs({ AccountBalance: '{Amount={CurrencyCode=KES, BasicAmount=6186.83}}' })),
      NOW,
    );
    expect(told).toMatchObject({
      kind: 'balance-result',
      outcome: 'unknown',
      warnings: [{ id: 'explain.balance-unread' }],
    });
    expect(told).not.toHaveProperty('accounts');
  });

  test('that is locked says so', () => {
    const body = result(
      { ...ok, ResultCode: 8006, ResultDesc: 'The security credential is locked.' },
      pairs({
        ActionType: 'AccountBalance',
        ErrorMsg: 'API Password is locked. ',
        BOCompletedTime: 20260314093245,
      }),
    );
    expect(explainBody(body, NOW)).toMatchObject({
      kind: 'balance-result',
      outcome: 'failed',
      warnings: [{ id: 'explain.credential-refused' }],
    });
  });
});

test.each([
  [
    'in an envelope',
    { Result: { ...ok, ResultType: 1, ResultCode: 1, ResultDesc: 'The request timed out.' } },
  ],
  ['flat', { ...IDS, ResultType: '1', ResultCode: '1', ResultDesc: 'timeout' }],
  ['with ids alone', IDS],
])('a time-out %s is unknown, never failed', (_, body) => {
  expect(explainBody(body, NOW)).toMatchObject({
    kind: 'timeout',
    outcome: 'unknown',
    originatorConversationId: IDS.OriginatorConversationID,
  });
});
