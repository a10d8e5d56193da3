import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLog } from '#main/log/log.ts';
import { listAlerts } from '#main/services/alerts.ts';
import {
  explainPasted,
  listCallbacks,
  listRefused,
  showCallback,
} from '#main/services/inbox/callback-list.ts';
import { collectWaiting } from '#main/services/inbox/collector.ts';
import { pairRelay } from '#main/services/inbox/pair-relay.ts';
import { showRelay } from '#main/services/inbox/show-relay.ts';
import { readRelayKeys } from '#main/services/safaricom/kept-secrets.ts';
import { writePairingCode } from '#shared/domain/relay/pairing-code.ts';
import { MINUTE } from '#shared/domain/time.ts';
import { askStatus, someToken, tokenOf } from '#test/helpers/inbox-shop.ts';
import { noticeBody } from '#test/helpers/notices.ts';
import { unwrap } from '#test/helpers/results.ts';
import { sessionOf } from '#test/helpers/router.ts';
import { openSafaricomShop, PAYBILL, type SafaricomShop } from '#test/helpers/safaricom-shop.ts';

const PHONE = '254733100777';
const NAME = 'ZAWADI CANARY';

/** Every value of every table, as somebody with the key of the books would read it. */
function dump({ core }: SafaricomShop): string {
  const tables = core.ledger.read.all<{ name: string }>(
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`,
  );
  return tables
    .flatMap(({ name }) => {
      return core.ledger.read.all<Record<string, unknown>>(`SELECT * FROM "${name}"`).map((row) =>
        Object.values(row)
          .map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value)))
          .join('|'),
      );
    })
    .join('\n');
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesUnder(path) : [path];
  });
}

// S19
test('keys, paths and codes are in no row, file, line of the log or answer; names and numbers only where they belong', async () => {
  const shop = await openSafaricomShop({ isPaired: false });
  const logFile = join(shop.folder, 'shop.log');
  const log = openLog(logFile);
  const core = { ...shop.core, log };
  const parts = { core, secrets: shop.parts.secrets };
  const code = await shop.relay.create();
  const text = writePairingCode(code);
  unwrap(await pairRelay({ ...parts, line: shop.relayLine }, shop.actor, text));
  const kept = await readRelayKeys(shop.parts.secrets);
  if (!kept.ok || kept.value === null) throw new Error('no keys');

  const callId = await askStatus(shop, 'SJK4H7L2QP');
  const token = tokenOf(shop, callId);
  await shop.simulator.advance(MINUTE);
  const notice = noticeBody({
    receipt: 'UCE0CANARY',
    time: '20261120100000',
    amount: 7,
    number: '999999',
    phone: PHONE,
  });
  const deliver = (target: string, body: unknown) =>
    shop.relay.deliver(`/${code.path}/${target}`, JSON.stringify(body));
  await deliver('c2b/confirmation', { ...notice, FirstName: NAME });
  await deliver('c2b/validation', { ...notice, FirstName: NAME });
  await deliver(someToken(), { Result: { ResultDesc: `${NAME} ${PHONE}`, ConversationID: 'A' } });
  await deliver(`${token}/timeout`, { ResultDesc: `${NAME} ${PHONE}` });
  await shop.relay.deliver(`/${code.path}/${someToken()}`, `broken ${NAME} ${PHONE}`);
  await collectWaiting(parts, shop.relayLine);
  core.log.error('something went wrong', { error: new Error(`with ${text}`), code: text });

  const owner = sessionOf('owner');
  const shown = [1, 2, 3, 4, 5, 6].map((id) => showCallback(core, owner, id));
  const list = listCallbacks(core, { outcome: null, kind: null, search: '', after: null, limit: 100 });
  const answers = [
    showRelay(core),
    unwrap(list),
    shown,
    listRefused(core),
    listAlerts(core, { state: 'all', after: null, limit: 100 }),
    explainPasted(shop.core, JSON.stringify({ ...notice, FirstName: NAME })),
  ];
  const rows = dump(shop);

  const secrets = { path: code.path, secret: code.secret, box: kept.value.boxKey, sign: kept.value.signSeed };
  const files = filesUnder(shop.folder).map((path) => readFileSync(path).toString('latin1'));
  for (const [name, secret] of Object.entries(secrets)) {
    const raw = Buffer.from(secret, 'hex').toString('latin1');
    expect(rows.includes(secret), `${name} in the books`).toBe(false);
    expect(JSON.stringify(answers).includes(secret), `${name} in an answer`).toBe(false);
    for (const file of files) {
      expect(file.includes(secret), `${name} in a file`).toBe(false);
      expect(file.includes(raw), `${name} in a file, raw`).toBe(false);
    }
  }
  expect(rows).not.toContain(text);
  // What came is sealed, so that it can be erased; what the log holds for ever names nobody.
  expect(rows).not.toContain(PHONE);
  expect(rows).not.toContain(NAME);
  expect(JSON.stringify(answers)).not.toContain(PHONE);
  for (const file of files) expect(file).not.toContain(PHONE);
});

test.each([
  ['owner', true],
  ['auditor', true],
  ['manager', false],
] as const)('what came word for word is for the %s: %s', async (role, mayRead) => {
  const shop = await openSafaricomShop();
  const notice = noticeBody({
    receipt: 'UCE0CANARY',
    time: '20261120100000',
    amount: 7,
    number: PAYBILL,
    phone: PHONE,
  });
  await shop.relay.deliver(`/${shop.inbox?.code.path}/c2b/confirmation`, JSON.stringify(notice));
  await shop.collect();
  const shown = unwrap(showCallback(shop.core, sessionOf(role), 1));
  expect(shown.body === null).toBe(!mayRead);
  expect(shown.body ?? '0733 ••• 777').toContain('0733 ••• 777');
  expect(JSON.stringify(shown)).not.toContain(PHONE);
  expect(shown.explanation?.facts.map(({ field }) => field)).toContain('receipt');
});

test('a number hidden behind an escape or in a broken body is masked, too', async () => {
  const shop = await openSafaricomShop();
  const path = `/${shop.inbox?.code.path}/c2b/confirmation`;
  await shop.relay.deliver(path, `{"hello":"\\u0030733100777 and 254\\u003733100\\u003777"}`);
  await shop.relay.deliver(path, `{"hello": 0733100777, "Msisdn": ${PHONE}`);
  await shop.collect();
  for (const id of [1, 2]) {
    const { body } = unwrap(showCallback(shop.core, sessionOf('owner'), id));
    expect(body).toContain('•••');
    expect(body).not.toMatch(/733100777/);
  }
});
