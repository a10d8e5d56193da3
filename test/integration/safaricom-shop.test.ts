import { expect, test } from 'vitest';
import { readAppKeys, readOperator, readRelayKeys } from '#main/services/safaricom/kept-secrets.ts';
import { resultUrls } from '#shared/domain/relay/callback-url.ts';
import { MINUTE, SECOND } from '#shared/domain/time.ts';
import { makeToken } from '#test/helpers/relay.ts';
import { openSafaricomShop, PAYBILL, type SafaricomShop } from '#test/helpers/safaricom-shop.ts';
import { sealPassword } from '#test/helpers/simulator.ts';

const latency = { least: 5 * SECOND, most: 5 * SECOND };

/** Asks by hand, with everything as the shop keeps it, and says under which token. */
async function askStatus(shop: SafaricomShop, receipt: string): Promise<string> {
  const { parts, core, inbox } = shop;
  const keys = await readAppKeys(parts.secrets, PAYBILL);
  const operator = await readOperator(parts.secrets, PAYBILL);
  const { pem } = core.ledger.read.get<{ pem: string }>('SELECT pem FROM certificates WHERE is_used = 1') ?? {
    pem: '',
  };
  if (!keys.ok || keys.value === null || !operator.ok || operator.value === null || inbox === null)
    throw new Error('the shop is not ready');
  const password = 'password' in operator.value ? operator.value.password : '';
  const token = makeToken();
  const urls = resultUrls(inbox.code.origin, inbox.code.path, token);
  const reply = await parts.line.send({
    product: 'status',
    keys: keys.value,
    body: {
      Initiator: 'mfanolook',
      SecurityCredential: sealPassword(pem, password),
      CommandID: 'TransactionStatusQuery',
      TransactionID: receipt,
      PartyA: PAYBILL,
      IdentifierType: '4',
      ResultURL: urls.result,
      QueueTimeOutURL: urls.timeout,
      Remarks: 'test',
    },
  });
  expect(reply).toMatchObject({ type: 'answered', status: 200, body: { ResponseCode: '0' } });
  return token;
}

test('a question is answered through the relay, when the clock says so', async () => {
  const shop = await openSafaricomShop({ simulator: { rules: { latency } } });
  const payment = shop.simulator.pay({ cents: 1_240_00, shortCode: PAYBILL });
  const token = await askStatus(shop, payment.receipt);
  await shop.simulator.advance(4 * SECOND);
  expect((await shop.inbox?.messages(0))?.messages).toEqual([]);
  await shop.simulator.advance(SECOND);
  const [message] = (await shop.inbox?.messages(0))?.messages ?? [];
  const arrival = shop.inbox?.open(message?.sealed ?? '');
  expect(arrival?.facts).toMatchObject({ kind: 'result', token, at: shop.simulator.now() });
  expect(Buffer.from(arrival?.body ?? []).toString('utf8')).toContain(payment.receipt);
});

test('the books, the keys and the relay outlive the program, and a power cut takes back what came after it', async () => {
  const shop = await openSafaricomShop();
  await shop.simulator.advance(30 * MINUTE);
  expect(shop.core.now()).toBe(shop.simulator.now());
  const again = await shop.reopen();
  const before = again.core.ledger.read.get<{ n: number }>('SELECT count(*) AS n FROM audit_entries');
  const after = await again.crash();
  expect(after.core.ledger.read.get('SELECT count(*) AS n FROM credentials')).toEqual({ n: 6 });
  const relay = await readRelayKeys(after.parts.secrets);
  expect(relay).toMatchObject({ ok: true, value: { path: after.inbox?.code.path } });
  const stopped = `SELECT count(*) AS n FROM audit_entries WHERE action = 'program.stopped'`;
  // One end in order; the crash is none.
  expect(after.core.ledger.read.get(stopped)).toEqual({ n: 1 });
  expect(
    after.core.ledger.read.get(`SELECT count(*) AS n FROM audit_entries WHERE action LIKE 'audit.rolled%'`),
  ).toEqual({ n: 0 });
  expect(
    after.core.ledger.read.get<{ n: number }>('SELECT count(*) AS n FROM audit_entries')?.n,
  ).toBeGreaterThan(before?.n ?? 0);
});
