import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { openRelayLine } from '#main/inbox/http-relay.ts';
import { collectWaiting } from '#main/services/inbox/collector.ts';
import { openInboxLoop } from '#main/services/inbox/inbox-loop.ts';
import { isRelayFresh, readReach } from '#main/services/inbox/reach.ts';
import { relayNow } from '#main/services/inbox/relay-clock.ts';
import { showRelay } from '#main/services/inbox/show-relay.ts';
import { RELAY_PURPOSE } from '#main/services/safaricom/kept-secrets.ts';
import type { RelayError } from '#shared/domain/relay/answers.ts';
import { writePairingCode } from '#shared/domain/relay/pairing-code.ts';
import { MINUTE, type UtcMs } from '#shared/domain/time.ts';
import { succeed } from '#shared/ipc/result.ts';
import { openFalseRelay } from '#test/helpers/false-relay.ts';
import {
  alertsOf,
  askStatus,
  callbacksOf,
  callStateOf,
  collectThrough,
  outcomesOf,
  sealTo,
  someToken,
} from '#test/helpers/inbox-shop.ts';
import { noticeBody } from '#test/helpers/notices.ts';
import { unwrap } from '#test/helpers/results.ts';
import { openSafaricomShop, PAYBILL, type SafaricomShop } from '#test/helpers/safaricom-shop.ts';

const LONG = 10 * MINUTE;

function noticeOf(n: number): string {
  const receipt = `UCE${String(n).padStart(7, '0')}`;
  return JSON.stringify(noticeBody({ receipt, time: '20261120100000', amount: 100, number: PAYBILL }));
}

async function deliver(shop: SafaricomShop, ...numbers: number[]): Promise<void> {
  for (const n of numbers)
    await shop.relay.deliver(`/${shop.inbox?.code.path}/c2b/confirmation`, noticeOf(n));
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await isSo()); tries += 1) {
    if (tries > 400) throw new Error('it never came to pass');
    await sleep(25);
  }
}

const waitingAt = async (shop: SafaricomShop) => (await shop.inbox?.status())?.waiting.messages;
const ackOf = async (shop: SafaricomShop) => (await shop.inbox?.status())?.acknowledgedTo;
const stoppedOf = ({ core }: SafaricomShop) =>
  core.ledger.read.get<{ stopped: string | null }>('SELECT stopped FROM relay_pairing')?.stopped;
const setImport = ({ core, actor }: SafaricomShop, state: string) =>
  unwrap(
    core.ledger.act(actor, 'settings.saved', 'settings', (db) => {
      db.run(
        `INSERT INTO imports (id, kind, file_name, sha256, layout, state, started_at, staff_id)
         VALUES (1, 'sales', 'a.csv', ?, 'x', ?, 0, 1) ON CONFLICT (id) DO UPDATE SET state = excluded.state`,
        'a'.repeat(64),
        state,
      );
      return succeed({ value: undefined, details: {} });
    }),
  );

describe('nothing is lost and nothing counts twice', () => {
  test('when the power goes between the books and the acknowledgement', async () => {
    const shop = await openSafaricomShop();
    const { receipt } = shop.simulator.pay({ cents: 1_240_00, shortCode: PAYBILL });
    const callId = await askStatus(shop, receipt);
    await shop.simulator.advance(MINUTE);
    await deliver(shop, 1, 2);
    const cut = { ack: async () => ({ type: 'unreached', reason: 'cut-off' }) as const };
    expect(await collectThrough(shop, cut)).toBe(false);
    expect(callbacksOf(shop)).toHaveLength(3);
    expect(await waitingAt(shop)).toBe(3);
    const again = await shop.crash();
    await again.collect();
    expect(callbacksOf(again)).toHaveLength(3);
    expect(callStateOf(again, callId)).toBe('answered 0');
    expect(await waitingAt(again)).toBe(0);
    expect(alertsOf(again)).toEqual([]);
  });

  test('when the power goes before anything was written', async () => {
    const shop = await openSafaricomShop();
    await deliver(shop, 1, 2, 3);
    // The answer of the relay has arrived; that is all.
    await collectThrough(shop, {
      messages: async (...asked) => {
        await shop.relayLine.messages(...asked);
        return { type: 'unreached', reason: 'aborted' };
      },
    });
    const again = await shop.crash();
    await again.collect();
    expect(outcomesOf(again)).toEqual(Array(3).fill('matched confirmation.new'));
  });

  test('when the program stumbles over one of them: it is kept, shown, and holds nothing up', async () => {
    const shop = await openSafaricomShop();
    await deliver(shop, 1, 2, 3);
    const { ledger } = shop.core;
    const real = ledger.act;
    let acts = 0;
    const stumble = () => {
      throw new Error('a bug');
    };
    const broken: typeof ledger.act = (actor, action, subject, write) => {
      if (action === 'callback.taken') acts += 1;
      const isSecond = action === 'callback.taken' && acts === 2;
      return real(actor, action, subject, isSecond ? stumble : write);
    };
    Object.assign(ledger, { act: broken });
    await shop.collect();
    Object.assign(ledger, { act: real });
    expect(outcomesOf(shop)).toEqual([
      'matched confirmation.new',
      'unreadable bug',
      'matched confirmation.new',
    ]);
    expect(alertsOf(shop)).toEqual(['callback-unreadable']);
    expect(await waitingAt(shop)).toBe(0);
  });

  test('when the disk is full: it stays with the relay', async () => {
    const shop = await openSafaricomShop();
    await deliver(shop, 1, 2);
    const { ledger } = shop.core;
    const real = ledger.act;
    const full: typeof ledger.act = (actor, action, ...rest) => {
      if (action === 'callback.taken') throw Object.assign(new Error('full'), { code: 'SQLITE_FULL' });
      return real(actor, action, ...rest);
    };
    Object.assign(ledger, { act: full });
    expect(await collectThrough(shop, {})).toBe(false);
    expect(readReach(shop.core).problem).toBe('disk');
    Object.assign(ledger, { act: real });
    expect(await waitingAt(shop)).toBe(2);
    await shop.collect();
    expect(callbacksOf(shop)).toHaveLength(2);
  });
});

test('while a file comes in, or is undone, messages wait, and are taken when it is done', async () => {
  const shop = await openSafaricomShop();
  for (const state of ['running', 'undoing']) {
    await deliver(shop, state === 'running' ? 1 : 2);
    const before = callbacksOf(shop).length;
    setImport(shop, state);
    const collecting = shop.collect();
    await sleep(700);
    expect(callbacksOf(shop)).toHaveLength(before);
    setImport(shop, 'done');
    await collecting;
    expect(callbacksOf(shop)).toHaveLength(before + 1);
  }
});

test('after days without a network, five thousand messages come in, in order, while the rest goes on', async () => {
  const shop = await openSafaricomShop();
  const count = 5_000;
  const [inbox, boxKey] = [shop.inbox?.code.inbox ?? '', shop.inbox?.keys.boxKey ?? ''];
  const waiting = [];
  for (let n = 1; n <= count; n += 1) {
    const sealed = await sealTo(boxKey, { inbox, kind: 'confirmation' }, noticeOf(n));
    const hash = Buffer.from(String(n).padStart(32, '0'));
    waiting.push({ inbox, at: shop.simulator.now(), hash, sealed: Buffer.from(sealed, 'base64'), round: 1 });
  }
  await shop.relay.storage.append(waiting);
  let longest = 0;
  let last = performance.now();
  const watch = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 5);
  await shop.collect();
  clearInterval(watch);
  expect(shop.core.ledger.read.get('SELECT count(*) AS n, max(sequence) AS last FROM callbacks')).toEqual({
    n: count,
    last: count,
  });
  expect(shop.core.ledger.read.get('SELECT count(*) AS n FROM movements')).toEqual({ n: count });
  const outOfOrder = `SELECT count(*) AS n FROM callbacks a JOIN callbacks b ON b.id = a.id + 1 WHERE b.sequence < a.sequence`;
  expect(shop.core.ledger.read.get(outOfOrder)).toEqual({ n: 0 });
  expect(await ackOf(shop)).toBe(count);
  // Whoever works at the window meanwhile is answered.
  expect(longest).toBeLessThan(1_000);
}, 300_000);

describe('in the background', () => {
  test('what comes is here soon, whoever asks; and nothing is asked after the end', async () => {
    const shop = await openSafaricomShop({ collects: true });
    await until(() => isRelayFresh(shop.core));
    await deliver(shop, 1);
    await until(() => callbacksOf(shop).length === 1);
    await until(async () => (await waitingAt(shop)) === 0);
    await shop.close();
  });

  test('a pairing that is made now begins at once', async () => {
    const shop = await openSafaricomShop({ collects: true, isPaired: false, credentials: 'none' });
    const code = await shop.relay.create();
    expect(unwrap(await shop.desk.pair(shop.actor, writePairingCode(code))).pairing?.isFresh).toBe(true);
    await shop.relay.deliver(`/${code.path}/${someToken()}`, '{}');
    await until(() => callbacksOf(shop).length === 1);
    expect(unwrap(await shop.desk.forget(shop.actor)).pairing).toBeNull();
    await shop.relay.deliver(`/${code.path}/${someToken()}`, '{}');
    await sleep(200);
    expect(callbacksOf(shop)).toHaveLength(1);
  });

  test('a network that is away and comes back loses nothing', async () => {
    let isAway = true;
    const shop = await openSafaricomShop({
      reach: (origin) => (isAway ? 'http://127.0.0.1:1' : origin),
    });
    const told: unknown[] = [];
    const core = { ...shop.core, tell: (...news: unknown[]) => told.push(news) };
    const loop = openInboxLoop({ core, secrets: shop.parts.secrets }, shop.relayLine, { pause: () => 10 });
    await until(() => readReach(shop.core).problem === 'offline');
    await deliver(shop, 1, 2, 3);
    isAway = false;
    await until(() => callbacksOf(shop).length === 3);
    expect(readReach(shop.core).problem).toBeNull();
    expect(told).toContainEqual(['ledger:changed', { areas: ['safaricom'] }]);
    await loop.close();
  });

  /** Runs against a server that has the relay's key and refuses everything, until it has been asked so often. */
  async function refuse(error: RelayError, status: number, signs: boolean, times: number) {
    const shop = await openSafaricomShop({ reach: (origin) => (isHonest ? origin : evil.origin) });
    let isHonest = false;
    const evil = await openFalseRelay(() => ({
      status,
      body: JSON.stringify({ error }),
      ...(signs ? {} : { signs: false }),
    }));
    const pairing = signs ? evil.access : null;
    if (pairing !== null)
      unwrap(
        shop.core.ledger.act(shop.actor, 'settings.saved', 'settings', (db) => {
          db.run('UPDATE relay_pairing SET relay_key = ?, inbox = ?', pairing.relayKey, pairing.inbox);
          return succeed({ value: undefined, details: {} });
        }),
      );
    const loop = openInboxLoop(shop.parts, shop.relayLine, { pause: () => 10 });
    await until(() => evil.asked.length >= times);
    await sleep(300);
    return {
      shop,
      loop,
      evil,
      goHonest: () => {
        isHonest = true;
      },
    };
  }

  test('an inbox that was ended is asked no more until the owner acts', async () => {
    const { shop, loop, evil } = await refuse('revoked', 410, true, 1);
    expect(evil.asked).toHaveLength(1);
    expect(stoppedOf(shop)).toBe('revoked');
    expect(alertsOf(shop)).toEqual(['relay-stopped']);
    expect(showRelay(shop.core).pairing).toMatchObject({
      isStopped: true,
      problem: { id: 'relay.problem-revoked' },
    });
    loop.wake();
    await until(() => evil.asked.length === 2);
    await loop.close();
  });

  test('other keys that only something in between claims are believed late, and looked at again', async () => {
    const { shop, loop, evil, goHonest } = await refuse('bad-signature', 401, false, 3);
    expect(evil.asked).toHaveLength(3);
    expect(stoppedOf(shop)).toBe('other-keys');
    expect(isRelayFresh(shop.core)).toBe(false);
    goHonest();
    loop.wake();
    await until(() => stoppedOf(shop) === null);
    await until(() => isRelayFresh(shop.core));
    const acts = shop.core.ledger.read.all(
      `SELECT action FROM audit_entries WHERE action IN ('relay.stopped', 'relay.resumed') ORDER BY seq`,
    );
    expect(acts).toEqual([{ action: 'relay.stopped' }, { action: 'relay.resumed' }]);
    await loop.close();
  });

  test.each([
    ['unavailable', 503],
    ['too-many', 429],
  ] as const)('a relay that is busy (%s) is asked again, and nobody is alarmed', async (error, status) => {
    const { shop, loop } = await refuse(error, status, true, 4);
    expect(stoppedOf(shop)).toBeNull();
    expect(alertsOf(shop)).toEqual([]);
    expect(readReach(shop.core).problem).toBe('busy');
    await loop.close();
  });
});

test('a clock that is wrong is reckoned with, and the owner is told once', async () => {
  const shop = await openSafaricomShop();
  const { core } = shop;
  await deliver(shop, 1);
  const late: typeof core = { ...core, now: () => (core.now() - LONG) as UtcMs };
  const behind = { core: late, secrets: shop.parts.secrets };
  const line = openRelayLine({
    now: () => relayNow(late),
    allowsLoopback: true,
    carry: () => shop.relay.origin,
  });
  expect(await collectWaiting(behind, line)).toBe(true);
  expect(callbacksOf(shop)).toHaveLength(1);
  expect(alertsOf(shop)).toEqual(['relay-clock']);
  const kept = core.ledger.read.get(`SELECT value FROM settings WHERE name = 'relay-clock-offset-ms'`);
  expect(Number((kept as { value: string }).value)).toBeGreaterThan(LONG - MINUTE);
  // What checks a second factor is another clock, which whoever runs the relay cannot move.
  expect(core.ledger.read.get(`SELECT value FROM settings WHERE name = 'clock-offset-ms'`)).toBeUndefined();
  line.close();
});

test('keys that are gone from the keychain: it says so, and goes on when they are back', async () => {
  const shop = await openSafaricomShop();
  await deliver(shop, 1);
  const kept = await shop.parts.secrets.read(RELAY_PURPOSE);
  await shop.parts.secrets.remove(RELAY_PURPOSE);
  expect(await collectThrough(shop, {})).toBe(false);
  expect(readReach(shop.core).problem).toBe('keychain');
  await shop.parts.secrets.write(RELAY_PURPOSE, kept.ok ? (kept.value ?? '') : '');
  await shop.collect();
  expect(callbacksOf(shop)).toHaveLength(1);
});

test('a relay that tells without end of what it turned away is cut short, and asked on', async () => {
  const shop = await openSafaricomShop();
  await deliver(shop, 1);
  const flood = Array.from({ length: 5_000 }, (_, n) => ({
    reason: 'address' as const,
    address: `${n}`.padStart(100, '9'),
    count: 10_000_000_000,
    firstAt: n,
    lastAt: n,
  }));
  await collectThrough(shop, {
    status: async (...asked) => {
      const reply = await shop.relayLine.status(...asked);
      if (reply.type !== 'answered') return reply;
      const addresses = flood.slice(0, 1_000).map(({ address }) => address);
      return { type: 'answered', value: { ...reply.value, refused: flood, addresses } };
    },
  });
  expect(callbacksOf(shop)).toHaveLength(1);
  expect(showRelay(shop.core).pairing?.status?.refused[0]?.lastAt).toBe(4_999);
  const kept = shop.core.ledger.read.get<{ n: number }>('SELECT length(status) AS n FROM relay_pairing');
  expect(kept?.n).toBeLessThan(20_000);
});

test('what the relay turned away is shown, and its account is written down when it says something new', async () => {
  const shop = await openSafaricomShop();
  await shop.relay.deliver(`/${shop.inbox?.code.path}/${someToken()}`, '{}', '41.90.1.2');
  await shop.collect();
  await shop.collect();
  expect(showRelay(shop.core).pairing?.status?.refused).toMatchObject([
    { reason: 'address', address: '41.90.1.2', count: 1 },
  ]);
  const noted = `SELECT count(*) AS n FROM audit_entries WHERE action = 'relay.status-noted'`;
  expect(shop.core.ledger.read.get(noted)).toEqual({ n: 1 });
  const again = await shop.reopen();
  expect(showRelay(again.core).pairing?.status?.refused).toHaveLength(1);
});
