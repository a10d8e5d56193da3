import { describe, expect, test } from 'vitest';
import { explainBody, explainText } from '#shared/domain/daraja/explain.ts';
import { sayExplanation } from '#shared/domain/daraja/explain-facts.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { DARAJA_BODIES } from '#test/fixtures/daraja-bodies.ts';

const NOW = Date.UTC(2026, 10, 28) as UtcMs;
const explain = (body: unknown) => explainBody(body, NOW);
const idsOf = (body: unknown) => explain(body).warnings.map(({ id }) => id);
const answer = (fields: object) => ({
  Result: {
    ResultType: 0,
    ConversationID: 'AG_1',
    OriginatorConversationID: '1-1',
    TransactionID: 'UKK0000000',
    ...fields,
  },
});
const status = (Key: string, Value: unknown) =>
  answer({
    ResultCode: 0,
    ResultParameters: {
      ResultParameter: [
        { Key: 'TransactionStatus', Value: 'Completed' },
        { Key: 'ReceiptNo', Value: 'UKK1234567' },
        { Key, Value },
      ].slice(Key === 'ReceiptNo' ? 2 : 0),
    },
  });
const prompt = (ResultCode: unknown, ResultDesc: string, Item: readonly object[] = []) => ({
  Body: { stkCallback: { CheckoutRequestID: 'ws_CO_1', ResultCode, ResultDesc, CallbackMetadata: { Item } } },
});
const { confirmation } = DARAJA_BODIES;

describe('a failure that does not say what it answers', () => {
  test.each([
    ['2001', 'The initiator information is invalid.', 'explain.credential-refused'],
    ['8006', 'The security credential is locked.', 'explain.credential-refused'],
    ['TP40153', 'No permission.', 'explain.credential-refused'],
    [25, 'The format of parameter null is invalid.', null],
    ['SFC_IC0003', 'The operator does not exist.', null],
    [1, 'The balance is insufficient for the transaction.', null],
  ])('%s has its outcome, and what its code means', (ResultCode, ResultDesc, warning) => {
    expect(explain(answer({ ResultCode, ResultDesc }))).toMatchObject({
      kind: 'unreadable',
      outcome: 'failed',
      code: String(ResultCode),
      reason: { id: 'explain.other-product' },
      warnings: warning === null ? [] : [{ id: warning }],
    });
  });

  test.each([
    [0, 'The service request is processed successfully.', []],
    [31337, 'Hm.', ['explain.unknown-code']],
    [26, 'Traffic blocking condition in place.', []],
    [25, 'Processed successfully.', ['explain.contradiction']],
  ])('%s is not known', (ResultCode, ResultDesc, warnings) => {
    const told = explain(answer({ ResultCode, ResultDesc }));
    expect({ outcome: told.outcome, ids: told.warnings.map(({ id }) => id) }).toEqual({
      outcome: 'unknown',
      ids: warnings,
    });
  });

  test('is named an answer, not nothing', () => {
    const { head } = sayExplanation(explain(answer({ ResultCode: 25, ResultDesc: 'No.' })));
    expect(head.values).toEqual({ kind: 'other_result', outcome: 'failed' });
  });
});

test('an answer is known by the address among its references', () => {
  const Value = 'https://internalapi.safaricom.co.ke/mpesa/transactionstatusresults/v1/submit';
  const ReferenceData = { ReferenceItem: { Key: 'QueueTimeoutURL', Value } };
  expect(explain(answer({ ResultCode: 25, ReferenceData })).kind).toBe('status-result');
});

test('an envelope of 2017 is read', () => {
  const body = {
    result: {
      'Result Type': '0',
      'Result Code': '0',
      'Result Desc': 'Done.',
      'Originator Conversation ID': '1-1',
      'Conversation ID': 'AG_1',
      'Result Parameters': { 'Result Parameter': { key: 'Transaction Status', value: 'Completed' } },
    },
  };
  expect(explain(body)).toMatchObject({
    kind: 'status-result',
    outcome: 'completed',
    conversationId: 'AG_1',
    originatorConversationId: '1-1',
  });
});

test.each([
  [{ fault: { faultstring: 'Invalid access token', detail: { errorcode: 'oauth.v2.InvalidAccessToken' } } }],
  [{ requestId: '1', errorcode: '500.003.02', errormessage: 'Spike arrest' }],
  [{ errorMessage: 'Unauthorized' }],
])('a refusal of the gateway is told as one: %j', (body) => {
  expect(explain(body)).toMatchObject({ kind: 'unreadable', reason: { id: 'explain.error-body' } });
  expect(explain(body).text).toBeDefined();
});

describe('what came and could not be read is said', () => {
  test.each<[string, unknown, string, string]>([
    ['an amount without end', status('Amount', 1e21), 'Amount', '1e+21'],
    ['an amount of a float', status('Amount', 22.400000000000002), 'Amount', '22.400000000000002'],
    ['an amount that is none', status('Amount', { KES: 5 }), 'Amount', '{"KES":5}'],
    ['a time', status('FinalisedTime', '20261320100000'), 'FinalisedTime', '20261320100000'],
    ['a receipt', status('ReceiptNo', '12'), 'ReceiptNo', '12'],
    ['a receipt of a notice', { ...confirmation, TransID: '12' }, 'TransID', '12'],
    ['an amount of a notice', { ...confirmation, TransAmount: 'five' }, 'TransAmount', 'five'],
    ['a time of a notice', { ...confirmation, TransTime: 'today' }, 'TransTime', 'today'],
    ['a balance of a notice', { ...confirmation, OrgAccountBalance: 'much' }, 'OrgAccountBalance', 'much'],
    ['an amount of a prompt', prompt(0, 'Done.', [{ Name: 'Amount', Value: 'one' }]), 'Amount', 'one'],
  ])('%s', (_, body, key, value) => {
    expect(explain(body).warnings).toContainEqual({ id: 'explain.value-unread', values: { key, value } });
  });

  test('with phones masked where a window shows it', () => {
    const { warnings } = sayExplanation(explain(status('FinalisedTime', '254712345678')));
    expect(warnings).toMatchObject([{ id: 'explain.value-unread', values: { key: 'FinalisedTime' } }]);
    expect(JSON.stringify(warnings)).not.toContain('254712345678');
  });

  test('a notice without an amount or a time', () => {
    const { TransTime: _, ...timeless } = confirmation;
    expect(explain(timeless).warnings).toContainEqual({
      id: 'explain.value-missing',
      values: { key: 'TransTime' },
    });
    expect(idsOf(confirmation)).toEqual(['explain.unsigned']);
  });

  test('a notice of nobody has no parties', () => {
    const { TransID, TransTime, TransAmount } = confirmation;
    expect(explain({ TransID, TransTime, TransAmount })).not.toHaveProperty('parties');
  });

  test('part of a balance', () => {
    const balance = (Value: string) =>
      explain(
        answer({ ResultCode: 0, ResultParameters: { ResultParameter: { Key: 'AccountBalance', Value } } }),
      );
    expect(balance('A|KES|1.00|much|0.00|0.00')).toMatchObject({
      outcome: 'completed',
      accounts: [{ name: 'A', current: 100, available: null }],
      warnings: [{ id: 'explain.balance-unread' }],
    });
    expect(balance('A|KES|1.00|1.00&amp;Utility Account|KES|2.00')).toMatchObject({
      accounts: [{ name: 'A' }, { name: 'Utility Account', current: 200 }],
      warnings: [],
    });
  });

  test('a list of payments that is none', () => {
    const list = (fields: object) => idsOf({ ResponseCode: '1000', ResponseMessage: 'Success', ...fields });
    expect(list({ Response: 'unavailable' })).toEqual(['pull.no-list']);
    expect(list({ ResponseCode: '1009' })).toEqual(['explain.unknown-code']);
    const row = { transactionId: 'UKK1234567', amount: '1.00', trxDate: 'soon' };
    expect(list({ Response: [[row]] })).toEqual(['explain.pull-unread']);
    expect(list({ ResponseCode: '1001', Response: [[{ ...row, trxDate: '2026-11-20T10:00:00Z' }]] })).toEqual(
      ['explain.none-yet-rows'],
    );
  });
});

describe('a prompt whose code and words contradict each other is believed in neither', () => {
  test.each([
    [0, 'Request cancelled by user', 'unknown'],
    [0, 'No response from user.', 'unknown'],
    [1032, 'The service request is processed successfully.', 'unknown'],
    [0, 'The service request is processed successfully.', 'completed'],
    [1032, 'Request Cancelled by user.', 'failed'],
    [4999, 'The transaction is still under processing', 'pending'],
  ])('%s, %s', (code, words, outcome) => {
    expect(explain(prompt(code, words)).outcome).toBe(outcome);
    expect(idsOf(prompt(code, words)).includes('explain.contradiction')).toBe(outcome === 'unknown');
  });

  test('and a code that nobody knows is said to be so', () => {
    expect(idsOf(prompt(31337, 'Hm.'))).toContain('explain.unknown-code');
  });
});

describe('the letters of a receipt', () => {
  test.each([
    ['UKK1234567', []],
    ['TAH0000000', ['explain.placeholder']],
    ['ZAA1234567', ['explain.future-day']],
    ['UBV1234567', ['explain.receipt-without-date']],
    ['UKT1234567', ['explain.future-day']],
    ['ABCD12345', []],
  ])('%s', (receipt, warnings) => {
    expect(explainText(receipt, NOW).warnings.map(({ id }) => id)).toEqual(warnings);
    const ids = idsOf({ ...confirmation, TransID: receipt, TransTime: '' });
    expect(ids.filter((id) => warnings.some((each) => each === id))).toEqual(warnings);
  });

  test('are held against an answer, too', () => {
    expect(idsOf(status('FinalisedTime', 20261121100000))).toEqual(['explain.other-day']);
    expect(idsOf(status('FinalisedTime', 20261120100000))).toEqual([]);
  });
});
