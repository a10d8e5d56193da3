import { expect, test } from 'vitest';
import { readResult } from '#shared/domain/daraja/result.ts';
import { readStatusResult, type StatusResult } from '#shared/domain/daraja/status-result.ts';
import { MINUTE, type UtcMs } from '#shared/domain/time.ts';
import type { PaymentWords } from '#test/daraja-simulator/book.ts';
import { inventShop } from '#test/daraja-simulator/shop.ts';
import type { SimulatorOptions } from '#test/daraja-simulator/simulator.ts';
import { openSimulator } from '#test/helpers/simulator.ts';
import { openCaller, PAYBILL, TILL } from '#test/helpers/simulator-caller.ts';

async function openScene(options: SimulatorOptions = {}) {
  const simulator = await openSimulator(options);
  const caller = await openCaller(simulator);
  const record = (words: Partial<PaymentWords> = {}) =>
    simulator.book.record({ at: simulator.now(), cents: 1_240_50, shortCode: PAYBILL, ...words });
  /** Asks, and gives what the parsers of the program make of the answer. */
  const ask = async (words: Record<string, unknown>): Promise<StatusResult & { code: string | null }> => {
    const before = caller.shopfront.received().length;
    const ack = await caller.askStatus(words);
    expect(ack.body).toMatchObject({ ResponseCode: '0' });
    await simulator.settle();
    const [callback] = caller.shopfront.received().slice(before);
    expect(callback?.path).toBe('/status/done');
    const result = readResult(callback?.body);
    expect(result).toMatchObject({
      type: '0',
      originatorConversationId: ack.body.OriginatorConversationID,
      conversationId: ack.body.ConversationID,
    });
    expect(result?.transactionId).toMatch(/^[A-Z0-9]{3}0{7}$/);
    return { ...readStatusResult(result!), code: result!.code };
  };
  return { simulator, caller, record, ask };
}

test('a payment is told as it stands in the book', async () => {
  const { simulator, record, ask } = await openScene();
  const payment = record({ payer: { number: '254712345678', name: 'AMINA  MFANO' }, reference: 'INV-7' });
  expect(await ask({ TransactionID: payment.receipt })).toEqual({
    code: '0',
    fate: 'completed',
    isAnswered: true,
    isContradictory: false,
    isUncertain: false,
    receipt: payment.receipt,
    amount: 1_240_50,
    parties: [
      { role: 'debit', number: '254712345678', name: 'AMINA  MFANO' },
      { role: 'credit', number: PAYBILL, name: 'DUKA LA MFANO' },
    ],
    startedAt: simulator.now(),
    completedAt: simulator.now(),
    reason: 'Pay Bill Online',
    state: 'Completed',
  });
});

test('a payment is found by its conversation as well', async () => {
  const { record, ask } = await openScene();
  const { originatorConversationId, receipt } = record();
  expect(await ask({ OriginalConversationID: originatorConversationId })).toMatchObject({ receipt });
});

test.each([
  ['Cancelled', 'failed'],
  ['Declined', 'failed'],
  ['Expired', 'failed'],
  ['Authorized', 'pending'],
  ['Pending Authorized', 'pending'],
])('the state %s is said, and its question worked', async (state, fate) => {
  const { record, ask } = await openScene();
  const { receipt } = record({ state });
  expect(await ask({ TransactionID: receipt })).toMatchObject({ code: '0', state, fate });
});

test('a payment is unknown until Safaricom can find it', async () => {
  const { simulator, record, ask } = await openScene();
  const { receipt } = record({ knownFrom: (simulator.now() + MINUTE) as UtcMs });
  expect(await ask({ TransactionID: receipt })).toMatchObject({ code: '2032', fate: 'not-found' });
  await simulator.advance(MINUTE);
  expect(await ask({ TransactionID: receipt })).toMatchObject({ code: '0', fate: 'completed' });
});

test('what is in no book does not exist, and what is no receipt has no format', async () => {
  const { ask } = await openScene();
  expect(await ask({ TransactionID: 'UKK7654321' })).toMatchObject({ code: '2032', receipt: null });
  expect(await ask({ TransactionID: 'ukk-1' })).toMatchObject({ code: '25', isAnswered: false });
});

test('a payment to another short code is told with that short code', async () => {
  const { record, ask } = await openScene();
  const { receipt } = record({ shortCode: '600000' });
  const { parties } = await ask({ TransactionID: receipt });
  expect(parties[1]).toMatchObject({ role: 'credit', number: '600000' });
});

test('a payment that went back is reversed, and the reversal is a payment of its own', async () => {
  const { simulator, record, ask } = await openScene();
  const payment = record();
  const reversal = simulator.book.reverse(payment, simulator.now());
  expect(await ask({ TransactionID: payment.receipt })).toMatchObject({ fate: 'reversed' });
  expect(await ask({ TransactionID: reversal.receipt })).toMatchObject({
    fate: 'completed',
    receipt: reversal.receipt,
    amount: 1_240_50,
    parties: [{ role: 'debit', number: PAYBILL }, { role: 'credit' }],
  });
});

test('a till answers under the identifier types that it has, and no other', async () => {
  const shop = inventShop('sandbox');
  const shortCodes = [{ number: TILL, identifierTypes: ['2'], passkey: 'x' }];
  const { record, ask } = await openScene({ shop: { ...shop, shortCodes } });
  const { receipt } = record({ shortCode: TILL, kind: 'buy-goods' });
  const about = { TransactionID: receipt, PartyA: TILL };
  expect(await ask({ ...about, IdentifierType: '4' })).toMatchObject({ code: 'SFC_IC0003' });
  expect(await ask({ ...about, IdentifierType: 2 })).toMatchObject({ code: '0', receipt });
});

test.each([
  ['Initiator', { Initiator: '' }],
  ['SecurityCredential', { SecurityCredential: undefined }],
  ['CommandID', { CommandID: 'transactionStatusQuery' }],
  ['TransactionID', { TransactionID: undefined }],
  ['IdentifierType', { IdentifierType: 'till' }],
  ['Remarks', { Remarks: 'x'.repeat(101) }],
  ['Occasion', { Occasion: 'x'.repeat(101) }],
  ['ResultURL', { ResultURL: 'https://shop.example/mPesa/1' }],
  ['ResultURL', { ResultURL: 'ftp://shop.example/1' }],
  ['QueueTimeOutURL', { QueueTimeOutURL: 'https://shop.example/execute' }],
  // The other spelling that the portal prints is no field of anybody's.
  ['QueueTimeOutURL', { QueueTimeOutURL: undefined, QueueTimeoutURL: 'https://shop.example/1' }],
])('a bad %s is refused by its name and asks nothing', async (field, words) => {
  const { simulator, caller, record } = await openScene();
  const said = await caller.askStatus({ TransactionID: record().receipt, ...words });
  expect(said.status).toBe(400);
  expect(said.body).toMatchObject({
    errorCode: '400.002.02',
    errorMessage: `Bad Request - Invalid ${field}`,
  });
  await simulator.settle();
  expect(simulator.journal.posts()).toEqual([]);
});

test('production takes no address without HTTPS, the sandbox does', async () => {
  const words = { TransactionID: 'UKK7654321', ResultURL: 'http://shop.example/1' };
  const production = await openScene({ environment: 'production' });
  expect((await production.caller.askStatus(words)).status).toBe(400);
  const sandbox = await openScene();
  expect((await sandbox.caller.askStatus(words)).status).toBe(200);
  await sandbox.simulator.settle();
  // And nobody but this computer is ever told anything.
  expect(sandbox.simulator.journal.posts()).toMatchObject([{ delivery: { delivered: false } }]);
});
