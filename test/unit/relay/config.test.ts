import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfig } from '../../../relay/src/config.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daftari-relay-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function read(settings: unknown, env: NodeJS.ProcessEnv = {}) {
  const file = join(folder, 'relay.json');
  writeFileSync(file, typeof settings === 'string' ? settings : JSON.stringify(settings));
  return readConfig(file, env);
}
const PUBLIC = { publicUrl: 'https://relay.duka.example' };

test('the usual is safe: production, this computer only, no proxy believed, thirty days', () => {
  expect(read(PUBLIC)).toEqual({
    ok: true,
    config: {
      ...PUBLIC,
      environment: 'production',
      host: '127.0.0.1',
      port: 8440,
      database: join(folder, 'relay.db'),
      keyFile: join(folder, 'relay.key'),
      trustedProxies: [],
      keepMs: 30 * 86_400_000,
      inboxBytes: 64_000_000,
      totalBytes: 2_000_000_000,
      refusalsPerMinute: 120,
    },
  });
});

test('the environment overrides the file', () => {
  const env = { DAFTARI_RELAY_PORT: '9000', DAFTARI_RELAY_TRUSTED_PROXIES: '10.0.0.1, 10.0.1.0/24' };
  expect(read({ ...PUBLIC, port: 1, trustedProxies: ['127.0.0.1'] }, env)).toMatchObject({
    ok: true,
    config: { port: 9_000, trustedProxies: ['10.0.0.1', '10.0.1.0/24'] },
  });
});

test.each([
  ['no address of its own', {}, 'publicUrl'],
  ['plain http in production', { publicUrl: 'http://relay.example' }, 'https'],
  ['a path in the address', { publicUrl: 'https://relay.example/x' }, 'publicUrl'],
  ['a word that Safaricom bans', { publicUrl: 'https://mpesa.example' }, '"mpesa"'],
  ['a setting that nobody knows', { ...PUBLIC, trustedProxy: ['127.0.0.1'] }, 'trustedProxy'],
  ['a proxy that is no address', { ...PUBLIC, trustedProxies: ['loopback'] }, 'trustedProxies.0'],
  ['every proxy there is', { ...PUBLIC, trustedProxies: ['0.0.0.0/0'] }, 'wider than /24'],
  ['half of them', { ...PUBLIC, trustedProxies: ['0.0.0.0/1', '128.0.0.0/1'] }, 'trustedProxies.1'],
  ['every proxy of IPv6', { ...PUBLIC, trustedProxies: ['::/0'] }, 'wider than /64'],
  ['a port that is none', { ...PUBLIC, port: 70_000 }, 'port'],
  ['no days', { ...PUBLIC, keepDays: 0 }, 'keepDays'],
  ['a file that is no JSON', '{', 'JSON'],
  ['a file that is a list', [], 'not a JSON object'],
])('%s is refused and named', (_, settings, named) => {
  const answer = read(settings);
  expect(answer.ok ? 'accepted' : answer.problem).toContain(named);
});

test('a file that is not there is said', () => {
  const answer = readConfig(join(folder, 'none.json'), {});
  expect(answer.ok ? 'accepted' : answer.problem).toContain('none.json');
});
