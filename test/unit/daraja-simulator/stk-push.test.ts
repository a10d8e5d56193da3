import { expect, test } from 'vitest';
import { readC2bConfirmation } from '#shared/domain/daraja/c2b-confirmation.ts';
import { explainBody } from '#shared/domain/daraja/explain.ts';
import { readStkCallback } from '#shared/domain/daraja/stk-callback.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { MINUTE, SECOND } from '#shared/domain/time.ts';
import { posted } from '#test/daraja-simulator/fault.ts';
import type { PromptAnswer } from '#test/daraja-simulator/shop.ts';
import type { SimulatorOptions } from '#test/daraja-simulator/simulator.ts';
import { DARAJA_BODIES } from '#test/fixtures/daraja-bodies.ts';
import { shapeOf } from '#test/helpers/shape-of.ts';
import { openSimulator } from '#test/helpers/simulator.ts';
import { openCaller, PATHS, PAYBILL, TILL } from '#test/helpers/simulator-caller.ts';

const NOW = Date.UTC(2026, 10, 28) as UtcMs;

const Timestamp = '20261120100000';
const passwordOf = (number: string, passkey = `passkey-${number}`) =>
  Buffer.from(`${number}${passkey}${Timestamp}`).toString('base64');

async function openScene(options: SimulatorOptions = {}) {
  const simulator = await openSimulator(options);
  const caller = await openCaller(simulator);
  const push = (words: Readonly<Record<string, unknown>> = {}) =>
    caller.send(PATHS['stk-push'], {
      BusinessShortCode: PAYBILL,
      Password: passwordOf(PAYBILL),
      Timestamp,
      TransactionType: 'CustomerPayBillOnline',
      Amount: 150,
      PartyA: '254712345678',
      PartyB: PAYBILL,
      PhoneNumber: '254712345678',
      CallBackURL: caller.shopfront.urlFor('/prompted'),
      AccountReference: 'INV-7',
      TransactionDesc: 'Invoice 7',
      ...words,
    });
  const ask = (CheckoutRequestID: unknown) =>
    caller.send(PATHS['stk-query'], {
      BusinessShortCode: PAYBILL,
      Password: passwordOf(PAYBILL),
      Timestamp,
      CheckoutRequestID,
    });
  const told = () => caller.shopfront.received();
  return { simulator, caller, push, ask, told };
}

test('a prompt is paid: acknowledged at once, told and in the book when the customer has', async () => {
  const latency = { least: 20 * SECOND, most: 20 * SECOND };
  const { simulator, push, ask, told } = await openScene({ rules: { latency } });
  const { status, body } = await push();
  expect([status, body]).toMatchObject([
    200,
    { ResponseCode: '0', MerchantRequestID: expect.any(String), CustomerMessage: expect.any(String) },
  ]);
  expect((await ask(body.CheckoutRequestID)).body.errorMessage).toBe('The transaction is being processed');
  await simulator.advance(19 * SECOND);
  expect(told()).toEqual([]);
  await simulator.advance(SECOND);
  const callback = readStkCallback(told()[0]?.body);
  expect(callback).toMatchObject({
    outcome: 'completed',
    checkoutRequestId: body.CheckoutRequestID,
    merchantRequestId: body.MerchantRequestID,
    amount: 150_00,
    at: simulator.now(),
    payerNumber: '254712345678',
  });
  expect(simulator.book.find(callback?.receipt ?? '')).toMatchObject({
    cents: 150_00,
    shortCode: PAYBILL,
    kind: 'pay-bill',
    reference: 'INV-7',
    at: simulator.now(),
  });
  expect((await ask(body.CheckoutRequestID)).body).toMatchObject({ ResultCode: '0' });
  expect(shapeOf(told()[0]?.body)).toEqual(shapeOf(DARAJA_BODIES.promptPaid));
});

test.each<[PromptAnswer, number, string]>([
  ['cancels', 1032, 'failed'],
  ['has-no-money', 1, 'failed'],
  ['mistypes-pin', 2001, 'failed'],
])('a customer who %s: no metadata, nothing in the book', async (answer, code, outcome) => {
  const { simulator, push, ask, told } = await openScene();
  simulator.nextPrompt(answer);
  const { body } = await push();
  await simulator.settle();
  const [only, ...more] = told();
  expect(more).toEqual([]);
  expect(only?.body).toMatchObject({ Body: { stkCallback: { ResultCode: code } } });
  expect(shapeOf(only?.body)).toEqual(shapeOf(DARAJA_BODIES.promptCancelled));
  expect(readStkCallback(only?.body)).toMatchObject({ outcome, receipt: null, amount: null });
  expect(explainBody(only?.body, NOW)).toMatchObject({ kind: 'stk-callback', outcome });
  expect((await ask(body.CheckoutRequestID)).body).toMatchObject({ ResultCode: String(code) });
  expect(simulator.book.payments()).toEqual([]);
});

test('a prompt that nobody looks at stands for a minute, and no other reaches the phone meanwhile', async () => {
  const { simulator, push, told } = await openScene();
  simulator.nextPrompt('ignores');
  await push();
  await push({ Amount: 200 });
  await simulator.settle();
  expect(told().map(({ body }) => readStkCallback(body)?.code)).toEqual(['1001']);
  await simulator.advance(MINUTE);
  expect(told().map(({ body }) => readStkCallback(body)?.code)).toEqual(['1001', '1037']);
});

test('the same amount from the same customer is refused for two minutes', async () => {
  const { simulator, push, told } = await openScene();
  await push();
  await push();
  await push({ PhoneNumber: '254112345678' });
  await simulator.advance(2 * MINUTE);
  await push();
  await simulator.settle();
  expect(told().map(({ body }) => readStkCallback(body)?.code)).toEqual(['0', '17', '0', '0']);
  expect(simulator.book.payments()).toHaveLength(3);
});

test('a prompt at a till whose confirmations are registered is told twice, under one receipt', async () => {
  const { simulator, caller, push, told } = await openScene();
  await caller.registerUrls({ ShortCode: TILL });
  await push({
    BusinessShortCode: TILL,
    Password: passwordOf(TILL),
    PartyB: TILL,
    TransactionType: 'CustomerBuyGoodsOnline',
  });
  await simulator.settle();
  const [prompted, confirmed] = told();
  expect([prompted?.path, confirmed?.path]).toEqual(['/prompted', '/paid']);
  expect(readC2bConfirmation(confirmed?.body)?.receipt).toBe(readStkCallback(prompted?.body)?.receipt);
});

test('what is told of a prompt may be lost or come twice', async () => {
  const { simulator, push, told } = await openScene();
  simulator.next('stk-push', posted.silence());
  await push();
  simulator.next('stk-push', posted.repeated(2));
  await push({ Amount: 10 });
  await simulator.settle();
  expect(told().map(({ body }) => readStkCallback(body)?.amount)).toEqual([10_00, 10_00]);
  expect(simulator.book.payments()).toHaveLength(2);
});

test.each([
  ['Amount', { Amount: '1.50' }],
  ['Amount', { Amount: 0 }],
  ['PhoneNumber', { PhoneNumber: '0712345678' }],
  ['TransactionType', { TransactionType: 'CustomerPayBill' }],
  ['AccountReference', { AccountReference: 'THIRTEENCHARS' }],
  ['TransactionDesc', { TransactionDesc: '' }],
  ['CallBackURL', { CallBackURL: 'https://shop.example/mpesa' }],
  ['Timestamp', { Timestamp: '2026-11-20' }],
])('a push with a bad %s is refused', async (field, words) => {
  const { push, simulator } = await openScene();
  expect((await push(words)).body.errorMessage).toBe(`Bad Request - Invalid ${field}`);
  expect(simulator.book.payments()).toEqual([]);
});

test('a push needs the passkey of its short code', async () => {
  const { push } = await openScene();
  const said = await push({ Password: passwordOf(PAYBILL, 'other') });
  expect([said.status, said.body.errorMessage]).toEqual([500, 'Wrong credentials']);
  expect((await push({ BusinessShortCode: '600000' })).body.errorMessage).toBe('Merchant does not exist');
});
