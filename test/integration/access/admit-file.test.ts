import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApp } from '#main/app.ts';
import type { App } from '#main/app-types.ts';
import { openMemoryVault } from '#main/vault/memory-vault.ts';
import type { Role } from '#shared/domain/access/permissions.ts';
import { PEOPLE } from '#test/helpers/people.ts';
import { prepareProfile, quickPasswords } from '#test/helpers/prepare-profile.ts';
import { codeOf, unwrap } from '#test/helpers/results.ts';
import { WORKER } from '#test/helpers/worker-url.ts';

let folder: string;
let app: App;
let path: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'daftari-admit-'));
  path = join(folder, 'sales.csv');
  writeFileSync(path, 'time,amount\n2026-11-20 10:00,250\n');
  const profile = join(folder, 'profile');
  const vault = openMemoryVault();
  const passwords = quickPasswords();
  await prepareProfile(profile, vault, { passwords });
  const about = { profile, host: 'preview', vault, workerUrl: WORKER, version: '0.0.0-test' } as const;
  app = await openApp({ ...about, demo: false, isPackaged: false, passwords });
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

const ask = (channel: string, input: unknown) => app.call({ window: 'main' }, channel, input);

async function signInAs(role: Role): Promise<void> {
  const { name, password } = PEOPLE[role];
  unwrap(await ask('access:sign-in', { name, password, code: null }));
}

test('a file comes in only for whoever is signed in and may import, and what is refused is on the record', async () => {
  expect(codeOf(await app.admitFile('main', path))).toBe('ipc/signed-out');
  await signInAs('auditor');
  expect(codeOf(await app.admitFile('main', path))).toBe('ipc/forbidden');
  const filter = { search: 'admit-file', staffId: null, areas: [], subject: null, from: null, to: null };
  const listed = unwrap(await ask('audit:list', { ...filter, after: null, limit: 10 }));
  expect((listed as { entries: unknown[] }).entries).toMatchObject([
    { who: PEOPLE.auditor.name, action: 'access.refused' },
    { who: null, action: 'access.refused' },
  ]);
  await signInAs('clerk');
  await ask('access:lock', {});
  expect(codeOf(await app.admitFile('main', path))).toBe('ipc/signed-out');
});

test('a token is good for the session in which the file was chosen', async () => {
  await signInAs('clerk');
  const { token } = unwrap(await app.admitFile('main', path));
  await signInAs('manager');
  const stale = await ask('import:start', { token, kind: 'auto' });
  expect(codeOf(stale)).toBe('file/unknown-token');
  const fresh = unwrap(await app.admitFile('main', path));
  expect(codeOf(await ask('import:start', { token: fresh.token, kind: 'auto' }))).toBe('ok');
});
