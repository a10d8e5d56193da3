import { spawn } from 'node:child_process';
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readPairingCode } from '#shared/domain/relay/pairing-code.ts';
import { makeRelayFolder } from '#test/helpers/relay.ts';
import { runCommand } from '../../../relay/src/commands/run.ts';

let folder: string;
beforeEach(() => {
  folder = makeRelayFolder();
  configure({});
});
afterEach(() => rmSync(folder, { recursive: true }));

const configFile = () => join(folder, 'relay.json');

function configure(settings: object): void {
  const usual = { publicUrl: 'https://relay.duka.example', database: 'data/relay.db', port: 0 };
  writeFileSync(configFile(), JSON.stringify({ ...usual, ...settings }));
}

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const code = await runCommand(
    args,
    { DAFTARI_RELAY_CONFIG: configFile() },
    {
      out: (text) => {
        said.out += text;
      },
      error: (text) => {
        said.err += text;
      },
    },
  );
  return { code, ...said };
}

async function runJson(...args: string[]) {
  const { code, out, err } = await run(...args, '--json');
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out);
}

test('the operator makes, lists, renews and ends an inbox', async () => {
  const made = await runJson('create', 'Duka la Mama');
  const read = readPairingCode(made.code);
  expect(read).toMatchObject({
    ok: true,
    code: { inbox: made.id, origin: 'https://relay.duka.example', relay: made.relay },
  });
  expect(await runJson('list')).toEqual({
    inboxes: [
      {
        id: made.id,
        name: 'Duka la Mama',
        environment: 'production',
        state: 'waiting-for-pairing',
        createdAt: made.expiresAt - 24 * 3_600_000,
        pairedAt: null,
        lastHeardAt: null,
        waiting: 0,
      },
    ],
  });
  const renewed = await runJson('renew', made.id);
  expect(renewed.id).toBe(made.id);
  expect(renewed.code).not.toBe(made.code);
  expect((await runJson('stats')).inboxes).toMatchObject([{ id: made.id, lastSequence: 0, refused: [] }]);
  expect(await runJson('revoke', made.id)).toEqual({ id: made.id, state: 'revoked' });
  expect((await runJson('list')).inboxes).toMatchObject([{ state: 'revoked' }]);
  for (const command of ['revoke', 'renew'])
    expect(await run(command, made.id)).toMatchObject({ code: 1, out: '' });
});

test('what is printed for a person holds the whole code, and the tables their rows', async () => {
  const { out } = await run('create', 'Duka', '--environment', 'sandbox');
  const groups = [...out.matchAll(/^[0-9A-Z]{4}(-[0-9A-Z]{4})+$/gm)].map(([line]) => line).join('\n');
  expect(readPairingCode(groups)).toMatchObject({ ok: true });
  expect((await run('list')).out).toMatch(
    /^[0-9a-f]{16} {2}Duka {2}sandbox {6}waiting-for-pairing {2}never/m,
  );
  expect((await run('stats')).out).toMatch(/^[0-9a-f]{16} {2}Duka {2}0 /m);
});

describe('who may deliver', () => {
  test('are the twelve of the portal until the operator says otherwise', async () => {
    const { addresses } = await runJson('addresses');
    expect(addresses).toHaveLength(12);
    expect(await runJson('addresses', 'set', '196.201.214.200', '196.201.212.0/24')).toEqual({
      addresses: ['196.201.214.200', '196.201.212.0/24'],
    });
    expect(await runJson('addresses', 'reset')).toEqual({ addresses });
  });

  test.each([
    ['nobody', [], 'cannot be empty'],
    ['everybody', ['0.0.0.0/0'], 'wider than /24'],
    ['everybody in two halves', ['0.0.0.0/1', '128.0.0.0/1'], 'wider than /24'],
    ['everybody in IPv6', ['::/0'], 'wider than /48'],
    ['a private network', ['10.1.2.3'], 'not a public address'],
    ['this computer', ['127.0.0.1'], 'not a public address'],
    ['the proxy', ['203.0.113.7'], 'a trusted proxy'],
    ['a name', ['safaricom.co.ke'], 'not an address'],
    ['one wrong among right ones', ['196.201.214.200', '196.201.214.999'], 'not an address'],
  ])('can not be %s', async (_, list, fault) => {
    configure({ trustedProxies: ['203.0.113.7'] });
    const before = await runJson('addresses');
    const { code, err } = await run('addresses', 'set', ...list);
    expect([code, err]).toEqual([1, expect.stringContaining(fault)]);
    expect(await runJson('addresses')).toEqual(before);
  });
});

test.each([
  ['the usual list', [], ['196.201.214.0/24']],
  ['a list of its own', ['203.0.113.0/24'], ['203.0.113.7']],
])('the relay does not start where whoever is believed may deliver: %s', async (_, list, trustedProxies) => {
  if (list.length > 0) await runJson('addresses', 'set', ...list);
  configure({ trustedProxies });
  const { code, err } = await run('serve');
  expect([code, err]).toEqual([1, expect.stringContaining('is a trusted proxy')]);
});

test.each([
  [['nonsense'], 'no such command'],
  [['create'], 'needs a name'],
  [['create', 'a', 'b'], 'one name only'],
  [['create', 'a', '--environment', 'test'], 'production or sandbox'],
  [['addresses', 'off'], 'show, set or reset'],
  [['list', '--wrong'], '--wrong'],
])('%j is not understood, and changes nothing', async (args, said) => {
  const { code, out, err } = await run(...args);
  expect([code, out, err]).toEqual([2, '', expect.stringContaining(said)]);
  expect((await runJson('list')).inboxes).toEqual([]);
});

test('a production inbox needs https', async () => {
  configure({ publicUrl: 'http://127.0.0.1:8440', environment: 'sandbox' });
  expect(await run('create', 'a', '--environment', 'production')).toMatchObject({ code: 1, out: '' });
  expect((await runJson('create', 'a')).environment).toBe('sandbox');
});

test('a damaged key file is said, and never replaced', async () => {
  await run('list');
  const file = join(folder, 'data/relay.key');
  writeFileSync(file, 'abc\n');
  expect(await run('create', 'a')).toMatchObject({ code: 1, err: expect.stringContaining('is damaged') });
});

test('serve listens, ends in order with SIGTERM, and keeps its files to itself', async () => {
  const main = fileURLToPath(new URL('../../../relay/src/main.ts', import.meta.url));
  const child = spawn(process.execPath, [main, 'serve', '--config', configFile()], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  const ended = new Promise((resolve) => child.once('close', (code) => resolve(code)));
  await new Promise<void>((resolve) => {
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('listens on http://127.0.0.1:')) resolve();
    });
  });
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(log).toContain('"ending"');
  for (const name of ['relay.db', 'relay.key'])
    expect((statSync(join(folder, 'data', name)).mode & 0o077).toString(8)).toBe('0');
  expect(existsSync(join(folder, 'data/relay.db-wal'))).toBe(false);
});
