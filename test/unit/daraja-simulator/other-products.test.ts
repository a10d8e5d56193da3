import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { readBalanceResult } from '#shared/domain/daraja/balance-result.ts';
import { readC2bConfirmation } from '#shared/domain/daraja/c2b-confirmation.ts';
import { readPullAnswer } from '#shared/domain/daraja/pull-answer.ts';
import { readResult } from '#shared/domain/daraja/result.ts';
import { HOUR, MINUTE, type UtcMs } from '#shared/domain/time.ts';
import type { Simulator } from '#test/daraja-simulator/simulator.ts';
import { openSimulator } from '#test/helpers/simulator.ts';
import { openCaller, PATHS, PAYBILL, TILL } from '#test/helpers/simulator-caller.ts';

function recordAgo(simulator: Simulator, ms: number, cents: number, words = {}) {
  const at = (simulator.now() - ms) as UtcMs;
  return simulator.book.record({ at, cents, shortCode: PAYBILL, ...words });
}

test('a balance is the sum of what moved', async () => {
  const simulator = await openSimulator();
  const caller = await openCaller(simulator);
  recordAgo(simulator, HOUR, 500_00);
  recordAgo(simulator, HOUR, 120_50, { kind: 'business-payment' });
  const charge = { at: simulator.now(), shortCode: PAYBILL, account: 'Charges Paid Account', cents: -15_40 };
  simulator.book.enter(charge);
  await caller.askBalance();
  await simulator.settle();
  const result = readResult(caller.shopfront.received()[0]?.body);
  const { outcome, accounts, unread, completedAt } = readBalanceResult(result!);
  expect([outcome, unread, completedAt]).toEqual(['completed', [], simulator.now()]);
  expect(accounts.map(({ name, current, available }) => [name, current, available])).toEqual([
    ['Utility Account', 379_50, 379_50],
    ['Charges Paid Account', -15_40, -15_40],
    ['Working Account', 0, 0],
    ['Organization Settlement Account', 0, 0],
  ]);
});

test('a pull has pages, and reaches back two days', async () => {
  const simulator = await openSimulator({ rules: { pullPageSize: 2 } });
  const caller = await openCaller(simulator);
  const [a, b, c] = [3, 2, 1].map((hours) => recordAgo(simulator, hours * HOUR, 100_00).receipt);
  recordAgo(simulator, 48 * HOUR + MINUTE, 1_00);
  recordAgo(simulator, HOUR, 1_00, { shortCode: TILL, kind: 'buy-goods' });
  recordAgo(simulator, HOUR, 1_00, { state: 'Declined' });
  const page = async (offset: unknown) => {
    const answer = readPullAnswer(
      (await caller.askPull({ OffSetValue: offset, StartDate: '2026-11-01 00:00' })).body,
    );
    expect(answer?.unread).toBe(0);
    return answer?.rows.map(({ receipt }) => receipt);
  };
  expect(await page('0')).toEqual([]);
  expect((await caller.registerPull()).body).toMatchObject({ ResponseStatus: '1000' });
  expect((await caller.registerPull()).body).toMatchObject({ ResponseStatus: '1001' });
  expect(await page('0')).toEqual([a, b]);
  expect(await page(2)).toEqual([c]);
  expect(await page('4')).toEqual([]);
});

test('a pulled row has its fields, in either zone', async () => {
  for (const [pullZone, time] of [
    ['nairobi', '2026-11-20T09:00:00Z'],
    ['utc', '2026-11-20T06:00:00Z'],
  ] as const) {
    const simulator = await openSimulator({ rules: { pullZone, pullSpelling: 'spaced' } });
    const caller = await openCaller(simulator);
    const payer = { number: '254712345678', name: 'KENDI MFANO' };
    const { receipt } = recordAgo(simulator, HOUR, 99_50, { payer, reference: 'INV-1' });
    expect((await caller.registerPull()).body).toMatchObject({ 'Response Status': '1000' });
    expect(readPullAnswer((await caller.askPull()).body)?.rows).toEqual([
      {
        receipt,
        time,
        payerNumber: '254712345678',
        payerName: 'KENDI MFANO',
        type: 'c2b-pay-bill-debit',
        reference: 'INV-1',
        amount: 99_50,
        organisation: 'DUKA LA MFANO',
      },
    ]);
  }
});

test.each(['no-rows', 'empty-list', 'text', 'http-500'] as const)(
  'nothing to pull, said as %s',
  async (pullNone) => {
    const caller = await openCaller(await openSimulator({ rules: { pullNone } }));
    const said = await caller.askPull();
    if (pullNone === 'http-500') {
      expect(said.status).toBe(500);
      expect(readPullAnswer(said.body)).toBeNull();
    } else expect(readPullAnswer(said.body)).toMatchObject({ outcome: 'none', rows: [], unread: 0 });
  },
);

test.each([
  ['ShortCode', { ShortCode: '1' }, '400.001'],
  ['StartDate', { StartDate: '20/11/2026' }, '400.002.02'],
  ['EndDate', { EndDate: '2026-02-31 10:00:00' }, '400.002.02'],
  ['OffSetValue', { OffSetValue: undefined, OffsetValue: '0' }, '400.002.02'],
])('a pull with a bad %s is refused', async (_, words, errorCode) => {
  const caller = await openCaller(await openSimulator());
  expect((await caller.askPull(words)).body).toMatchObject({ errorCode });
});

test('confirmations go where they are registered: anew in the sandbox, once in production', async () => {
  for (const environment of ['sandbox', 'production'] as const) {
    const simulator = await openSimulator({ environment });
    const caller = await openCaller(simulator);
    const first = await caller.registerUrls();
    expect(first.body).toMatchObject({
      ResponseCode: environment === 'sandbox' ? '00000000' : '0',
      OriginatorCoversationID: expect.any(String),
    });
    const again = await caller.registerUrls({ ConfirmationURL: caller.shopfront.urlFor('/other') });
    const isTaken = environment === 'sandbox';
    expect(again.status).toBe(isTaken ? 200 : 500);
    if (!isTaken) expect(again.body).toMatchObject({ errorCode: '500.003.1001' });
    simulator.pay({ cents: 5_00, shortCode: PAYBILL });
    await simulator.settle();
    expect(caller.shopfront.received().map(({ path }) => path)).toEqual([isTaken ? '/other' : '/paid']);
  }
});

test('a confirmation says what was paid, by whom only in part', async () => {
  const simulator = await openSimulator({ rules: { validates: true } });
  const caller = await openCaller(simulator);
  await caller.registerUrls();
  const payer = { number: '254712345678', name: 'NICHOLAS ODHIAMBO MFANO' };
  const { receipt } = simulator.pay({ cents: 5_50, shortCode: PAYBILL, payer, reference: 'Sample' });
  await simulator.settle();
  const [asked, told] = caller.shopfront.received();
  expect([asked?.path, told?.path]).toEqual(['/may-pay', '/paid']);
  const common = { receipt, amount: 5_50, at: simulator.now(), shortCode: PAYBILL, reference: 'Sample' };
  const payerWords = { payerNumber: '2547 ***** 678', payerName: payer.name };
  expect(readC2bConfirmation(asked?.body)).toEqual({
    ...common,
    ...payerWords,
    type: 'Pay Bill',
    balance: null,
  });
  expect(readC2bConfirmation(told?.body)).toEqual({
    ...common,
    ...payerWords,
    type: 'Pay Bill',
    balance: 5_50,
  });
});

test('the first version of a confirmation has a digest where the number was', async () => {
  const simulator = await openSimulator();
  const caller = await openCaller(simulator);
  await caller.registerUrls({ ShortCode: TILL }, 'v1');
  const payer = { number: '254712345678', name: 'KENDI' };
  simulator.pay({ cents: 5_00, shortCode: TILL, kind: 'buy-goods', payer });
  await simulator.settle();
  expect(caller.shopfront.received()[0]?.body).toMatchObject({
    MSISDN: createHash('sha256').update('254712345678').digest('hex'),
    TransactionType: 'Customer Merchant Payment',
    BillRefNumber: '',
    FirstName: 'KENDI',
    LastName: '',
  });
});

test.each([
  ['ConfirmationURL', { ConfirmationURL: 'https://shop.example/Safaricom/1' }],
  ['ValidationURL', { ValidationURL: 'https://shop.example/sqlite' }],
  ['ResponseType', { ResponseType: 'completed' }],
  ['ShortCode', { ShortCode: '600000' }],
])('a registration with a bad %s is refused', async (field, words) => {
  const caller = await openCaller(await openSimulator());
  expect((await caller.registerUrls(words)).body.errorMessage).toBe(`Bad Request - Invalid ${field}`);
});

test('a payment by command reaches the shop in the sandbox and does not exist in production', async () => {
  const words = { ShortCode: PAYBILL, CommandID: 'CustomerPayBillOnline', Amount: 1, Msisdn: 254708374149 };
  const simulator = await openSimulator();
  const caller = await openCaller(simulator);
  await caller.registerUrls();
  expect((await caller.send(PATHS['c2b-simulate'], { ...words, BillRefNumber: 'A-1' })).status).toBe(200);
  await simulator.settle();
  expect(readC2bConfirmation(caller.shopfront.received()[0]?.body)).toMatchObject({
    amount: 1_00,
    reference: 'A-1',
  });
  const production = await openCaller(await openSimulator({ environment: 'production' }));
  expect((await production.send(PATHS['c2b-simulate'], words)).body).toMatchObject({
    errorCode: '404.001.01',
  });
});

test('a prompt is answered at once, with the passkey of its short code', async () => {
  const simulator = await openSimulator();
  const { send } = await openCaller(simulator);
  const ids = { checkoutRequestId: 'ws_CO_1', merchantRequestId: 'm-1', shortCode: PAYBILL };
  simulator.prompt({ ...ids, end: { code: '1032', text: 'Request cancelled by user' } });
  simulator.prompt({ ...ids, checkoutRequestId: 'ws_CO_2', end: null });
  const Timestamp = '20261120100000';
  const seal = (passkey: string) => Buffer.from(`${PAYBILL}${passkey}${Timestamp}`).toString('base64');
  const ask = (CheckoutRequestID: string, Password = seal('passkey-765432')) =>
    send(PATHS['stk-query'], { BusinessShortCode: PAYBILL, Password, Timestamp, CheckoutRequestID });
  expect((await ask('ws_CO_1')).body).toEqual({
    ResponseCode: '0',
    ResponseDescription: expect.any(String),
    MerchantRequestID: 'm-1',
    CheckoutRequestID: 'ws_CO_1',
    ResultCode: '1032',
    ResultDesc: 'Request cancelled by user',
  });
  const refused = async (said: ReturnType<typeof ask>) => (await said).body.errorMessage;
  expect(await refused(ask('ws_CO_2'))).toBe('The transaction is being processed');
  expect(await refused(ask('ws_CO_3'))).toBe('The transaction does not Exist');
  expect(await refused(ask('ws_CO_1', seal('other')))).toBe('Wrong credentials');
});
