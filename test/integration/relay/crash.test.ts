import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MessagesAnswer } from '#shared/domain/relay/answers.ts';
import { messagesTarget } from '#shared/domain/relay/shop-url.ts';
import {
  makeRelayFolder,
  makeToken,
  relayConfig,
  SAFARICOM,
  type Shop,
  send,
  withRelay,
} from '#test/helpers/relay.ts';
import { startRelayChild } from '#test/helpers/start-relay-child.ts';

let folder: string;
beforeEach(() => {
  folder = makeRelayFolder();
});
afterEach(() => rmSync(folder, { recursive: true }));

const deliver = (origin: string, target: string) =>
  send(origin, { target, body: '{"n":1}', headers: { 'X-Forwarded-For': SAFARICOM } });

/** Kills a relay at a point of its work on one callback; the shop that reads afterwards is the same. */
async function killAt(mode: 'die-after-write' | 'die-before-write'): Promise<{ shop: Shop; target: string }> {
  const shop = await withRelay({ folder }, ({ pairShop }) => pairShop());
  const target = shop.resultTarget(makeToken());
  const child = await startRelayChild(mode, relayConfig(folder));
  await expect(deliver(child.origin, target)).rejects.toThrow();
  expect(await child.ended).toBe('SIGKILL');
  return { shop, target };
}

/** Starts the relay again over the same database. */
async function startAgain(then: (origin: string) => Promise<void>): Promise<void> {
  const child = await startRelayChild('plain', relayConfig(folder));
  try {
    await then(child.origin);
  } finally {
    await child.stop();
  }
}

test('killed between the write and the answer: it is still there, once, and a repetition adds nothing', async () => {
  const { shop, target } = await killAt('die-after-write');
  await startAgain(async (origin) => {
    const before = await readTokens(origin, shop);
    expect(before.map((token) => shop.resultTarget(token))).toEqual([target]);
    expect((await deliver(origin, target)).status).toBe(200);
    expect(await readTokens(origin, shop)).toEqual(before);
  });
});

test('killed before the write: nothing was promised, and the same may come again', async () => {
  const { shop, target } = await killAt('die-before-write');
  await startAgain(async (origin) => {
    expect(await readTokens(origin, shop)).toEqual([]);
    expect((await deliver(origin, target)).status).toBe(200);
    expect(await readTokens(origin, shop)).toHaveLength(1);
  });
});

test('killed while many come: everything that was answered is there', async () => {
  const shop = await withRelay({ folder }, ({ pairShop }) => pairShop());
  const child = await startRelayChild('plain', relayConfig(folder));
  const answered: string[] = [];
  const sent = Array.from({ length: 200 }, async () => {
    const token = makeToken();
    const answer = await deliver(child.origin, shop.resultTarget(token));
    if (answer.status !== 200) return;
    answered.push(token);
    if (answered.length === 50) child.process.kill('SIGKILL');
  });
  await Promise.allSettled(sent);
  expect(await child.ended).toBe('SIGKILL');
  expect(answered.length).toBeGreaterThanOrEqual(50);
  await startAgain(async (origin) => {
    expect(await readTokens(origin, shop)).toEqual(expect.arrayContaining(answered));
  });
});

/** The result tokens of all messages that wait, in order. */
async function readTokens(origin: string, shop: Shop): Promise<string[]> {
  const answer = await send(origin, shop.sign('GET', messagesTarget(shop.code.inbox, 0, 0)));
  const { messages }: MessagesAnswer = JSON.parse(answer.body);
  return messages.map(({ sealed }) => shop.open(sealed).facts.token ?? '');
}
