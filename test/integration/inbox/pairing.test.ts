import { describe, expect, onTestFinished, test } from 'vitest';
import { openRelayLine } from '#main/inbox/http-relay.ts';
import type { RelayLine } from '#main/inbox/relay-line.ts';
import { forgetRelay, pairRelay } from '#main/services/inbox/pair-relay.ts';
import { isRelayFresh } from '#main/services/inbox/reach.ts';
import { relayNow } from '#main/services/inbox/relay-clock.ts';
import { showRelay } from '#main/services/inbox/show-relay.ts';
import { RELAY_PURPOSE, readRelayKeys } from '#main/services/safaricom/kept-secrets.ts';
import type { PairingCode } from '#shared/domain/relay/pairing-code.ts';
import { writePairingCode } from '#shared/domain/relay/pairing-code.ts';
import { DAY, MINUTE } from '#shared/domain/time.ts';
import { makeToken, readCode } from '#test/helpers/relay.ts';
import { codeOf, unwrap } from '#test/helpers/results.ts';
import { openSafaricomShop, type SafaricomShop } from '#test/helpers/safaricom-shop.ts';
import { renewCode } from '../../../relay/src/commands/operator.ts';

const open = (options: Parameters<typeof openSafaricomShop>[0] = {}) =>
  openSafaricomShop({ isPaired: false, credentials: 'none', ...options });

const pair = (shop: SafaricomShop, code: PairingCode | string, line: RelayLine = shop.relayLine) =>
  pairRelay(
    { core: shop.core, secrets: shop.parts.secrets, line },
    shop.actor,
    typeof code === 'string' ? code : writePairingCode(code),
  );

const whyOf = async (done: ReturnType<typeof pair>) => {
  const result = await done;
  return result.ok ? 'paired' : `${result.error.code} ${result.error.message.id}`;
};
const keysOf = async ({ parts }: SafaricomShop) => {
  const kept = await readRelayKeys(parts.secrets);
  return kept.ok ? kept.value : null;
};

test('a pasted code pairs, however it was wrapped, and what comes is here', async () => {
  const shop = await open();
  const code = await shop.relay.create();
  const pasted = ` ${writePairingCode(code).toLowerCase().replaceAll('-', '\n ')}\n`;
  unwrap(await pair(shop, pasted));
  expect(await keysOf(shop)).toMatchObject({ path: code.path });
  expect(isRelayFresh(shop.core)).toBe(true);
  expect(showRelay(shop.core).pairing).toMatchObject({ inbox: code.inbox, isStopped: false, problem: null });
  await shop.relay.deliver(`/${code.path}/${makeToken()}`, '{}');
  await shop.collect();
  expect(shop.core.ledger.read.get('SELECT count(*) AS n FROM callbacks')).toEqual({ n: 1 });
  expect(showRelay(shop.core).pairing?.status).toMatchObject({ environment: 'production' });
  const entry = shop.core.ledger.read.get<{ details: string }>(
    `SELECT details FROM audit_entries WHERE action = 'relay.paired'`,
  );
  expect(entry?.details).not.toContain(code.path);
});

test('nothing of the secret path or a key is in the answer to a window', async () => {
  const shop = await open();
  const code = await shop.relay.create();
  unwrap(await pair(shop, code));
  const { boxKey = '?', signSeed = '?' } = (await keysOf(shop)) ?? {};
  const shown = JSON.stringify(showRelay(shop.core));
  for (const secret of [code.path, code.secret, boxKey, signSeed]) expect(shown).not.toContain(secret);
});

describe('a lost answer', () => {
  /** The relay hears the request and pairs; its answer does not come back. */
  const losing = (line: RelayLine): RelayLine => ({
    ...line,
    pair: async (...asked) => {
      await line.pair(...asked);
      return { type: 'unreached', reason: 'cut-off' };
    },
  });

  test('is answered again to the same keys, and what came meanwhile is not lost', async () => {
    const shop = await open();
    const code = await shop.relay.create();
    expect(await whyOf(pair(shop, code, losing(shop.relayLine)))).toBe('relay/unreached relay.pair-cut-off');
    expect(showRelay(shop.core).pairing).toBeNull();
    await shop.relay.deliver(`/${code.path}/${makeToken()}`, '{}');
    unwrap(await pair(shop, code));
    await shop.collect();
    expect(shop.core.ledger.read.get('SELECT outcome FROM callbacks')).toEqual({ outcome: 'suspicious' });
  });

  test('also when the program ended in between', async () => {
    const shop = await open();
    const code = await shop.relay.create();
    await pair(shop, code, losing(shop.relayLine));
    const again = await shop.crash();
    unwrap(await pair(again, code));
    await again.collect();
  });

  test('leaves the pairing before it as it was', async () => {
    const shop = await open();
    unwrap(await pair(shop, await shop.relay.create()));
    const before = await keysOf(shop);
    await pair(shop, await shop.relay.create(), losing(shop.relayLine));
    expect(await keysOf(shop)).toEqual(before);
    await shop.collect();
  });
});

describe('what is refused says why, and changes nothing', () => {
  test('a code that is none, mistyped, or newer', async () => {
    const shop = await open();
    const code = writePairingCode(await shop.relay.create());
    expect(await whyOf(pair(shop, 'hello'))).toBe('relay/bad-code relay.code-not-a-code');
    expect(await whyOf(pair(shop, ''))).toBe('relay/bad-code relay.code-not-a-code');
    const wrong = code.replace(/[0-9A-HJKMNP-TV-Z](?=-)/, (symbol) => (symbol === '7' ? '8' : '7'));
    expect(await whyOf(pair(shop, wrong))).toBe('relay/bad-code relay.code-mistyped');
    expect(shop.relay.config.publicUrl).toBe('https://relay.duka.example');
  });

  test('a code that another computer used, an expired one, one that a newer one replaced, a revoked inbox', async () => {
    const shop = await open();
    const { relay, simulator } = shop;
    const used = await relay.pairShop();
    expect(await whyOf(pair(shop, used.code))).toBe('relay/refused relay.pair-used');
    const renewed = await relay.create();
    await renewCode({ ...relay, now: simulator.now }, renewed.inbox);
    expect(await whyOf(pair(shop, renewed))).toBe('relay/refused relay.pair-spent');
    const late = await relay.create();
    const ended = await relay.create();
    await relay.storage.revoke(ended.inbox, simulator.now());
    expect(await whyOf(pair(shop, ended))).toBe('relay/refused relay.pair-revoked');
    await simulator.advance(DAY + MINUTE);
    expect(await whyOf(pair(shop, late))).toBe('relay/refused relay.pair-expired');
    expect(await whyOf(pair(shop, { ...late, inbox: '00'.repeat(8) }))).toBe(
      'relay/refused relay.pair-no-inbox',
    );
    expect(showRelay(shop.core).pairing).toBeNull();
    expect(await keysOf(shop)).toBeNull();
  });

  test('another relay in the place of the one that made the code', async () => {
    const shop = await open();
    const code = await shop.relay.create();
    // It checks the signature over its own name, so it refuses; and whatever it said, it would not be believed.
    expect(await whyOf(pair(shop, { ...code, relay: '11'.repeat(16) }))).toMatch(/^relay\/refused/);
    expect(showRelay(shop.core).pairing).toBeNull();
  });

  test('a relay that cannot be reached, or only without TLS', async () => {
    const shop = await open();
    const code = await shop.relay.create();
    const line = openRelayLine({ now: () => relayNow(shop.core), allowsLoopback: true });
    onTestFinished(line.close);
    expect(await whyOf(pair(shop, { ...code, origin: 'http://127.0.0.1:1' }, line))).toBe(
      'relay/unreached relay.pair-offline',
    );
    expect(await whyOf(pair(shop, { ...code, origin: 'http://relay.duka.example' }, line))).toBe(
      'relay/unreached relay.pair-not-secure',
    );
    expect(await whyOf(pair(shop, { ...code, origin: 'https://relay.mpesa.example' }, line))).toBe(
      'relay/bad-code relay.pair-banned-word',
    );
  });

  test('a keychain that keeps nothing: nobody is asked', async () => {
    const shop = await open();
    const code = await shop.relay.create();
    const secrets = { ...shop.parts.secrets, write: async () => ({ ok: false, problem: 'locked' }) as const };
    const asked = await pairRelay(
      { core: shop.core, secrets, line: shop.relayLine },
      shop.actor,
      writePairingCode(code),
    );
    expect(codeOf(asked)).toBe('relay/keychain');
    expect((await shop.relay.storage.findInbox(code.inbox))?.pairedAt).toBeNull();
  });
});

test.each([
  ['production', 'sandbox', 'relay/refused relay.pair-inbox-sandbox'],
  ['sandbox', 'production', 'relay/refused relay.pair-inbox-production'],
  ['production', 'production', 'paired'],
  ['sandbox', 'sandbox', 'paired'],
  ['demo', 'sandbox', 'paired'],
] as const)('books for %s and an inbox for %s: %s', async (environment, inbox, expected) => {
  const shop = await open({ environment });
  expect(await whyOf(pair(shop, await shop.relay.create(inbox)))).toBe(expected);
  expect(showRelay(shop.core).pairing === null).toBe(expected !== 'paired');
});

test('books of real money send nothing without TLS, not even to this computer', async () => {
  const shop = await open({ environment: 'production' });
  const code = await shop.relay.create();
  expect(await whyOf(pair(shop, { ...code, origin: shop.relay.origin }))).toBe(
    'relay/bad-code relay.pair-not-secure',
  );
  expect((await shop.relay.storage.findInbox(code.inbox))?.pairedAt).toBeNull();
});

test('a clock that is an hour off does not keep a computer from pairing, and the owner is told', async () => {
  const shop = await open();
  const { relay, relayLine, core } = shop;
  const code = await relay.create();
  const slow: RelayLine = {
    ...relayLine,
    pair: (c, k, at = relayNow(core) - 60 * MINUTE) => relayLine.pair(c, k, at),
  };
  unwrap(await pair(shop, code, slow));
  expect(core.ledger.read.all('SELECT kind FROM alerts')).toEqual([{ kind: 'relay-clock' }]);
});

test('a renewed code keeps the addresses, and says what could not be fetched before', async () => {
  const shop = await open();
  const { relay, core, simulator } = shop;
  const code = await relay.create();
  unwrap(await pair(shop, code));
  await relay.deliver(`/${code.path}/${makeToken()}`, '{"n":1}');
  const given = await renewCode({ ...relay, now: simulator.now }, code.inbox);
  const renewed = readCode(given?.code ?? '');
  unwrap(await pair(shop, renewed));
  expect(await keysOf(shop)).toMatchObject({ path: code.path });
  await relay.deliver(`/${code.path}/${makeToken()}`, '{"n":2}');
  await shop.collect();
  expect(core.ledger.read.all('SELECT sequence FROM callbacks')).toEqual([{ sequence: 2 }]);
  expect(core.ledger.read.all('SELECT subject FROM alerts WHERE kind = ?', 'relay-gap')).toEqual([
    { subject: `relay:${code.inbox}:1-1` },
  ]);
});

test('what is forgotten is forgotten: no row, no key, nothing asked', async () => {
  const shop = await open();
  unwrap(await pair(shop, await shop.relay.create()));
  unwrap(await forgetRelay({ core: shop.core, secrets: shop.parts.secrets }, shop.actor));
  expect(showRelay(shop.core)).toEqual({ pairing: null });
  expect(await shop.parts.secrets.read(RELAY_PURPOSE)).toEqual({ ok: true, value: null });
  expect(isRelayFresh(shop.core)).toBe(false);
  expect(codeOf(await forgetRelay({ core: shop.core, secrets: shop.parts.secrets }, shop.actor))).toBe(
    'ledger/not-found',
  );
  await expect(shop.collect()).rejects.toThrow('did not answer');
});
