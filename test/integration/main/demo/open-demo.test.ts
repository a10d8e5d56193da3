import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openApp } from '#main/app.ts';
import { PAYBILL, TILL } from '#main/demo/book.ts';
import { openMemoryVault } from '#main/vault/memory-vault.ts';
import { freshFolder } from '#test/helpers/open-shop.ts';
import { quickPasswords } from '#test/helpers/prepare-profile.ts';
import { WORKER } from '#test/helpers/worker-url.ts';

const SENDER = { window: 'main' } as const;

async function openDemoApp() {
  const profile = join(freshFolder(), 'profile');
  const app = await openApp({
    profile,
    host: 'preview',
    vault: openMemoryVault(),
    workerUrl: WORKER,
    demo: true,
    isPackaged: false,
    version: '0.0.0-test',
    passwords: quickPasswords(),
  });
  let isOpen = true;
  const close = async () => {
    if (isOpen) await app.close();
    isOpen = false;
  };
  onTestFinished(close);
  const ask = async (channel: string, input: unknown = {}): Promise<unknown> => {
    const answer = await app.call(SENDER, channel, input);
    return answer.ok ? answer.value : answer.error;
  };
  return { app, profile, ask, close };
}

test('the shop of the demo is paired and registered, and what a stranger claims is suspicious', async () => {
  const { ask, profile, close } = await openDemoApp();
  expect(await ask('relay:show')).toMatchObject({
    pairing: { origin: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/), isStopped: false },
  });
  const every = { outcome: null, kind: null, search: '', after: null, limit: 10 };
  // The last thing that the demo does before customers come.
  await expect
    .poll(() => ask('callback:list', every), { timeout: 60_000, interval: 250 })
    .toMatchObject({ callbacks: [{ kind: 'result', outcome: 'suspicious' }] });
  expect(await ask('registration:list')).toMatchObject({
    registrations: [
      { shortCode: TILL, kind: 'c2b', state: 'registered' },
      { shortCode: PAYBILL, kind: 'c2b', state: 'registered' },
      { shortCode: PAYBILL, kind: 'pull', state: 'registered' },
    ],
  });
  await close();
  expect(existsSync(profile)).toBe(false);
}, 120_000);

test('every answer that a look-up can give is there to be tried', async () => {
  const { ask } = await openDemoApp();
  // The notices of this morning come last; before seven in the morning there are none but what is paid now.
  await expect
    .poll(async () => (await kindsOf(ask)).includes('reported'), { timeout: 90_000, interval: 500 })
    .toBe(true);
  // The first question proves the operator; until it is answered no other is asked.
  const proven = { credentials: { 'look-up-operator': { state: 'working' } } };
  await expect
    .poll(() => ask('credential:list'), { timeout: 90_000, interval: 500 })
    .toMatchObject({ codes: [proven, proven] });
  const { examples } = (await ask('demo:examples')) as { examples: { kind: string; text: string }[] };
  const said: Record<string, string> = {};
  for (const { kind, text } of examples) {
    const { lookUp } = (await ask('look-up:ask', { from: 'field', text })) as {
      lookUp: { id: number } | null;
    };
    const verdict = async () => {
      const shown = (await ask('look-up:show', { lookUpId: lookUp?.id })) as { kind: string };
      return shown.kind;
    };
    if (lookUp === null) said[kind] = 'no receipt';
    else {
      await expect.poll(verdict, { timeout: 40_000, interval: 250 }).not.toMatch(/^(no-answer|not-asked)$/);
      said[kind] = await verdict();
    }
  }
  expect(said).toEqual({
    settled: 'settled',
    reported: 'reported',
    used: 'used',
    'used-twice': 'settled',
    reversed: 'reversed',
    elsewhere: 'another-short-code',
    unknown: 'not-known',
    bank: 'no receipt',
  });
}, 240_000);

test('one payment went back, of one nobody knows, and one waits for the visitor to decide', async () => {
  const { ask, close } = await openDemoApp();
  const list = (tab: string) => ask('reversal:list', { tab, after: null, limit: 10 });
  // The clerk asks for the last one when the other two are behind.
  await expect
    .poll(() => list('waiting'), { timeout: 120_000, interval: 500 })
    .toMatchObject({
      reversals: [{ name: 'R-000003', state: 'requested', requestedBy: { name: 'Njeri Mfano' } }],
    });
  // It is accepted at once; the result comes through the relay when it comes.
  await expect
    .poll(() => list('history'), { timeout: 60_000, interval: 500 })
    .toMatchObject({ reversals: [{ name: 'R-000001', state: 'done', proof: 'relay' }] });
  expect(await list('open')).toMatchObject({ reversals: [{ name: 'R-000002', state: 'unknown' }] });
  await close();
}, 240_000);

type Ask = (channel: string, input?: unknown) => Promise<unknown>;

async function kindsOf(ask: Ask): Promise<string[]> {
  const { examples } = (await ask('demo:examples')) as { examples: { kind: string }[] };
  return examples.map(({ kind }) => kind);
}
