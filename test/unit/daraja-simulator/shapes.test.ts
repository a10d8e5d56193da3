import { expect, test } from 'vitest';
import { MINUTE, type UtcMs } from '#shared/domain/time.ts';
import type { Shape } from '#test/daraja-simulator/bodies/result-body.ts';
import { posted } from '#test/daraja-simulator/fault.ts';
import { DARAJA_BODIES } from '#test/fixtures/daraja-bodies.ts';
import { shapeOf } from '#test/helpers/shape-of.ts';
import { openSimulator, sealPassword } from '#test/helpers/simulator.ts';
import { openCaller, PAYBILL } from '#test/helpers/simulator-caller.ts';

async function openScene(triesBeforeLock = 3) {
  const simulator = await openSimulator({ rules: { triesBeforeLock } });
  const caller = await openCaller(simulator);
  const record = (kind: 'pay-bill' | 'business-payment' = 'pay-bill') =>
    simulator.book.record({
      at: (simulator.now() - MINUTE) as UtcMs,
      cents: 1_50,
      shortCode: PAYBILL,
      kind,
      reference: 'A',
    });
  const lastBody = async () => {
    await simulator.settle();
    return caller.shopfront.received().at(-1)?.body;
  };
  const shape = (product: 'status' | 'balance', words: Partial<Shape>) =>
    simulator.next(product, posted.shaped(words));
  return { simulator, caller, record, lastBody, shape };
}

const expectShape = (body: unknown, sample: keyof typeof DARAJA_BODIES) =>
  expect(shapeOf(body)).toEqual(shapeOf(DARAJA_BODIES[sample]));

test('a payment to a customer, as the portal prints it', async () => {
  const { caller, record, lastBody, shape } = await openScene();
  shape('status', { values: 'text', parties: 'repeated' });
  await caller.askStatus({ TransactionID: record('business-payment').receipt });
  expectShape(await lastBody(), 'paymentToCustomer');
});

test('a receipt that does not exist', async () => {
  const { caller, lastBody } = await openScene();
  await caller.askStatus({ TransactionID: 'UKK7654321', Occasion: 'Mfano' });
  expectShape(await lastBody(), 'unknownReceipt');
});

test('a locked operator', async () => {
  const { simulator, caller, lastBody } = await openScene(1);
  await caller.askBalance({ SecurityCredential: sealPassword(simulator.certificates.sandbox.pem, 'no') });
  await caller.askBalance();
  expectShape(await lastBody(), 'lockedBalance');
});

test('a reversal, done and not', async () => {
  const { caller, record, lastBody } = await openScene();
  await caller.askReversal({ TransactionID: record().receipt, Amount: '1.50' });
  expectShape(await lastBody(), 'reversed');
  await caller.askReversal({ TransactionID: 'UKK7654321', Amount: '1.50' });
  expectShape(await lastBody(), 'notReversed');
});

test('a balance with codes and times as texts', async () => {
  const { caller, lastBody, shape } = await openScene();
  shape('balance', { codes: 'text', values: 'text' });
  await caller.askBalance();
  expectShape(await lastBody(), 'balance');
});

test('a confirmation', async () => {
  const { simulator, caller, lastBody } = await openScene();
  await caller.registerUrls();
  simulator.pay({ cents: 5_00, shortCode: PAYBILL });
  expectShape(await lastBody(), 'confirmation');
});

test('a pull, with rows and without', async () => {
  const { caller, record } = await openScene();
  await caller.registerPull();
  expectShape((await caller.askPull()).body, 'pulledNone');
  record();
  expectShape((await caller.askPull()).body, 'pulled');
});
