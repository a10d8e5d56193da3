import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ROOT } from '#test/helpers/sources.ts';

let temp: string;
let children: ChildProcess[];

beforeEach(() => {
  temp = mkdtempSync(join(tmpdir(), 'daftari-serve-'));
  children = [];
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(temp, { recursive: true, force: true });
});

/** Starts the process behind the browser; `said` grows as it speaks. */
function serve(...args: string[]) {
  const env = { ...process.env, TMPDIR: temp, LANG: 'C', LC_ALL: 'C' };
  const child = spawn(process.execPath, ['main/preview/serve.ts', ...args], { cwd: ROOT, env });
  children.push(child);
  const told = { said: '' };
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => (told.said += part.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const address = new Promise<URL>((resolve, reject) => {
    child.stdout.on('data', () => {
      const found = /http:\/\/127\.0\.0\.1:\d+\/open\?token=[0-9a-f]+/.exec(told.said)?.[0];
      if (found !== undefined) resolve(new URL(found));
    });
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${told.said}`)));
  });
  // A test that expects an early end does not wait for the address.
  address.catch(() => undefined);
  return { child, told, ended, address };
}

test('opens the demo to one browser, and leaves nothing behind', async () => {
  const { child, told, ended, address } = serve('--demo');
  const url = await address;
  const entered = await fetch(url, { redirect: 'manual' });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  const headers = { Cookie: cookie, Origin: url.origin, 'Content-Type': 'application/json' };
  const ask = async (path: string) =>
    (await fetch(new URL(path, url), { method: 'POST', headers, body: '{}' })).json();
  expect(await ask('/startup')).toEqual({ state: 'ready' });
  expect(await ask('/ipc/app:state')).toMatchObject({
    ok: true,
    value: { environment: 'demo', host: 'preview' },
  });
  expect(await ask('/ipc/no:such')).toMatchObject({ ok: false, error: { code: 'ipc/unknown-channel' } });
  expect(readdirSync(temp).length).toBeGreaterThan(0);
  child.kill('SIGINT');
  expect(await ended).toBe(0);
  expect(readdirSync(temp)).toEqual([]);
  expect(told.said).toContain('Press Ctrl-C to stop.');
});

test('opens no real books unless it is told to, with their folder', async () => {
  const profile = join(temp, 'books');
  const careful = serve('--profile', profile);
  await careful.address;
  expect(careful.told.said).toContain('In the browser Daftari opens a demo shop.');
  careful.child.kill('SIGTERM');
  expect(await careful.ended).toBe(0);
  expect(existsSync(profile)).toBe(false);

  const nameless = serve('--real-books-in-browser');
  expect(await nameless.ended).toBe(2);
  expect(nameless.told.said).toContain('--profile FOLDER');
});

test('says when the port is taken, or an option is wrong', async () => {
  const busy = createServer();
  await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve));
  const bound = busy.address();
  const port = typeof bound === 'object' && bound !== null ? String(bound.port) : '';
  const second = serve('--demo', '--port', port);
  expect(await second.ended).toBe(2);
  expect(second.told.said).toContain(`Port ${port} is in use.`);
  busy.close();

  const wrong = serve('--books');
  expect(await wrong.ended).toBe(2);
  expect(wrong.told.said).toMatch(/^Unknown option '--books'\. Try --help\.$/m);
});
