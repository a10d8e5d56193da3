import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { answerKindOf, readResult } from '#shared/domain/daraja/result.ts';
import { DAY, SECOND } from '#shared/domain/time.ts';
import { openCredential } from '#test/daraja-simulator/credential.ts';
import { inventShop } from '#test/daraja-simulator/shop.ts';
import type { Simulator } from '#test/daraja-simulator/simulator.ts';
import { openSimulator, sealPassword } from '#test/helpers/simulator.ts';
import { type Caller, openCaller, PAYBILL, type Said } from '#test/helpers/simulator-caller.ts';

/** The code of the result that follows an acknowledgement, which itself says nothing of the operator. */
async function codeAfter(
  simulator: Simulator,
  caller: Caller,
  ask: () => Promise<Said>,
): Promise<string | null> {
  const before = caller.shopfront.received().length;
  expect((await ask()).body).toMatchObject({ ResponseCode: '0' });
  await simulator.settle();
  const [result, ...more] = caller.shopfront.received().slice(before);
  expect(more).toEqual([]);
  return readResult(result?.body)?.code ?? null;
}

test('the certificates are read as certificates, and each opens what it sealed', async () => {
  const { certificates } = await openSimulator();
  const sealed = sealPassword(certificates.sandbox.pem, 'Look#Up2026');
  expect(sealed).toHaveLength(344);
  expect(openCredential(certificates.sandbox.privateKey, sealed)).toBe('Look#Up2026');
  expect(openCredential(certificates.production.privateKey, sealed)).toBeNull();
  expect(openCredential(certificates.sandbox.privateKey, 'bm9uc2Vuc2U=')).toBeNull();
  const { subject, validTo, publicKey } = new X509Certificate(certificates.production.der);
  expect(subject).toBe('CN=production.simulator.invalid');
  expect(new Date(validTo).getUTCFullYear()).toBe(2018);
  expect(new X509Certificate(certificates.production.pem).verify(publicKey)).toBe(true);
});

test('the acknowledgement does not look at the password; the last bad try locks', async () => {
  const simulator = await openSimulator();
  const caller = await openCaller(simulator);
  const { receipt } = simulator.book.record({ at: simulator.now(), cents: 100_00, shortCode: PAYBILL });
  const bad = sealPassword(simulator.certificates.sandbox.pem, 'wrong');
  const askBadly = () => caller.askStatus({ TransactionID: receipt, SecurityCredential: bad });
  for (const code of ['2001', '2001', '2001', '8006'])
    expect(await codeAfter(simulator, caller, askBadly)).toBe(code);
  expect(simulator.operators.isLocked('mfanolook')).toBe(true);
  const askWell = () => caller.askStatus({ TransactionID: receipt });
  expect(await codeAfter(simulator, caller, askWell)).toBe('8006');
  simulator.operators.unlock('mfanolook');
  expect(await codeAfter(simulator, caller, askWell)).toBe('0');
});

test('a good password forgets the bad ones', async () => {
  const simulator = await openSimulator();
  const caller = await openCaller(simulator);
  const bad = sealPassword(simulator.certificates.sandbox.pem, 'wrong');
  for (let round = 0; round < 3; round++) {
    expect(await codeAfter(simulator, caller, () => caller.askBalance({ SecurityCredential: bad }))).toBe(
      '2001',
    );
    expect(simulator.operators.badTriesOf('mfanolook')).toBe(1);
    expect(await codeAfter(simulator, caller, () => caller.askBalance())).toBe('0');
    expect(simulator.operators.badTriesOf('mfanolook')).toBe(0);
  }
});

test('the certificate of the other environment is a wrong password', async () => {
  const simulator = await openSimulator({ environment: 'production' });
  const caller = await openCaller(simulator);
  const SecurityCredential = sealPassword(simulator.certificates.sandbox.pem, 'Look#Up2026');
  expect(await codeAfter(simulator, caller, () => caller.askBalance({ SecurityCredential }))).toBe('2001');
  expect(await codeAfter(simulator, caller, () => caller.askBalance())).toBe('0');
});

test('an unknown operator, a missing right and another organisation', async () => {
  const shop = inventShop('sandbox');
  const elsewhere = { ...shop.operators[0]!, name: 'elsewhere', shortCodes: ['600000'] };
  const simulator = await openSimulator({ shop: { ...shop, operators: [...shop.operators, elsewhere] } });
  const caller = await openCaller(simulator);
  const codeFor = (words: Record<string, string>) =>
    codeAfter(simulator, caller, () => caller.askBalance(words));
  const back = sealPassword(simulator.certificates.sandbox.pem, 'Send&Back2026');
  expect(await codeFor({ Initiator: 'nobody' })).toBe('2001');
  expect(await codeFor({ Initiator: 'mfanoback', SecurityCredential: back })).toBe('21');
  expect(await codeFor({ Initiator: 'elsewhere' })).toBe('TP40153');
  expect(await codeFor({ IdentifierType: '2' })).toBe('SFC_IC0003');
});

test('a password dies after 90 days and lives again when it is changed', async () => {
  const simulator = await openSimulator();
  const caller = await openCaller(simulator);
  const ask = async () => {
    await caller.askToken();
    return codeAfter(simulator, caller, () => caller.askBalance());
  };
  await simulator.advance(90 * DAY);
  expect(await ask()).toBe('0');
  await simulator.advance(SECOND);
  expect(await ask()).toBe('2001');
  expect(simulator.operators.isLocked('mfanolook')).toBe(false);
  simulator.operators.changePassword('mfanolook', 'Look#Up2026');
  expect(await ask()).toBe('0');
});

test('a locked operator is told so in a balance, with a sentence of its own', async () => {
  const simulator = await openSimulator({ rules: { triesBeforeLock: 1 } });
  const caller = await openCaller(simulator);
  await caller.askBalance({ SecurityCredential: sealPassword(simulator.certificates.sandbox.pem, 'no') });
  await caller.askBalance();
  await simulator.settle();
  const result = readResult(caller.shopfront.received().at(-1)?.body);
  expect(result).toMatchObject({ code: '8006' });
  expect(answerKindOf(result!)).toBe('balance');
});
