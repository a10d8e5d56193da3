import { expect, test } from 'vitest';
import { readResult } from '#shared/domain/daraja/result.ts';
import { type ReversalResult, readReversalResult } from '#shared/domain/daraja/reversal-result.ts';
import type { PaymentWords } from '#test/daraja-simulator/book.ts';
import { openSimulator } from '#test/helpers/simulator.ts';
import { openCaller, PAYBILL, TILL } from '#test/helpers/simulator-caller.ts';

async function openScene() {
  const simulator = await openSimulator();
  const caller = await openCaller(simulator);
  const record = (words: Partial<PaymentWords> = {}) =>
    simulator.book.record({ at: simulator.now(), cents: 735_00, shortCode: PAYBILL, ...words });
  const ask = async (words: Record<string, unknown>): Promise<ReversalResult & { code: string | null }> => {
    const before = caller.shopfront.received().length;
    const ack = await caller.askReversal({ Amount: '735', ...words });
    expect(ack.body).toMatchObject({ ResponseCode: '0' });
    await simulator.settle();
    const [callback] = caller.shopfront.received().slice(before);
    expect(callback?.path).toBe('/reversal/done');
    const result = readResult(callback?.body);
    return { ...readReversalResult(result!), code: result!.code };
  };
  return { simulator, caller, record, ask };
}

test('a payment goes back once, under a receipt of its own', async () => {
  const { simulator, record, ask } = await openScene();
  const payment = record({ payer: { number: '254712345678', name: 'JUMA MFANO' } });
  const done = await ask({ TransactionID: payment.receipt });
  const [reversal, ...more] = simulator.book.reversalsOf(payment.receipt);
  expect(more).toEqual([]);
  expect(done).toEqual({
    code: '0',
    outcome: 'done',
    isContradictory: false,
    receipt: reversal?.receipt,
    originalReceipt: payment.receipt,
    amount: 735_00,
    parties: [
      { role: 'debit', number: PAYBILL, name: 'DUKA LA MFANO' },
      { role: 'credit', number: '254712345678', name: 'JUMA MFANO' },
    ],
    completedAt: simulator.now(),
  });
  expect(await ask({ TransactionID: payment.receipt })).toMatchObject({
    code: 'R000001',
    outcome: 'already',
  });
  expect(simulator.book.reversalsOf(payment.receipt)).toHaveLength(1);
  expect(simulator.book.balancesOf(PAYBILL, simulator.now()).get('Utility Account')).toBe(0);
});

test('two at the same moment send one back', async () => {
  const { simulator, caller, record } = await openScene();
  const { receipt } = record();
  const words = { TransactionID: receipt, Amount: '735.00' };
  await caller.askToken();
  await Promise.all([caller.askReversal(words), caller.askReversal(words)]);
  await simulator.settle();
  const codes = caller.shopfront.received().map(({ body }) => readResult(body)?.code);
  expect(codes.toSorted()).toEqual(['0', 'R000001']);
  expect(simulator.book.reversalsOf(receipt)).toHaveLength(1);
});

test('what is gone from the account cannot go back', async () => {
  const { simulator, record, ask } = await openScene();
  const { receipt } = record();
  simulator.book.enter({ at: simulator.now(), shortCode: PAYBILL, account: 'Utility Account', cents: -1 });
  expect(await ask({ TransactionID: receipt })).toMatchObject({
    code: '1',
    outcome: 'failed',
    receipt: null,
  });
  expect(simulator.book.reversalsOf(receipt)).toEqual([]);
});

test.each<[string, Partial<PaymentWords>, Record<string, unknown>, string]>([
  ['unknown', {}, { TransactionID: 'UKK7654321' }, 'R000002'],
  ['another short code’s', { shortCode: TILL }, {}, 'R000002'],
  ['not a customer’s', { kind: 'business-payment' }, {}, 'R000002'],
  ['not completed', { state: 'Declined' }, {}, 'R000002'],
  ['asked for in part', {}, { Amount: '700' }, '25'],
])('a payment that is %s stays where it is', async (_, payment, words, code) => {
  const { simulator, record, ask } = await openScene();
  const { receipt } = record(payment);
  expect(await ask({ TransactionID: receipt, ...words })).toMatchObject({ code, outcome: 'failed' });
  expect(simulator.book.reversalsOf(receipt)).toEqual([]);
});

test.each([
  ['TransactionID', { TransactionID: 'x' }],
  ['Amount', { Amount: '0' }],
  ['Amount', { Amount: '7.355' }],
  ['ReceiverParty', { ReceiverParty: '' }],
  ['RecieverIdentifierType', { RecieverIdentifierType: '4' }],
  ['RecieverIdentifierType', { RecieverIdentifierType: undefined, ReceiverIdentifierType: '11' }],
  ['Remarks', { Remarks: 'x' }],
])('a bad %s is refused by its name and sends nothing back', async (field, words) => {
  const { simulator, caller, record } = await openScene();
  const { receipt } = record();
  const said = await caller.askReversal({ TransactionID: receipt, Amount: 735, ...words });
  expect([said.status, said.body.errorMessage]).toEqual([400, `Bad Request - Invalid ${field}`]);
  expect(simulator.book.reversalsOf(receipt)).toEqual([]);
});

test('the look-up operator sends nothing back', async () => {
  const { record, ask, simulator } = await openScene();
  const { receipt } = record();
  const { operators } = simulator.shop;
  expect(operators.map(({ roles }) => roles.includes('Org Reversals Initiator'))).toEqual([false, true]);
  expect(await ask({ TransactionID: receipt, Initiator: 'mfanolook' })).toMatchObject({ code: '2001' });
  expect(simulator.book.reversalsOf(receipt)).toEqual([]);
});
