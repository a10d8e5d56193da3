import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import vm from 'node:vm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type PreviewHost, startPreviewHost } from '#main/preview/host.ts';
import type { Bridge } from '#shared/ipc/bridge.ts';
import { APPROVAL_CHANNELS, CHANNELS, EVENTS } from '#shared/ipc/channels.ts';
import { createFakeApp, type FakeApp } from '#test/helpers/fake-app.ts';

let core: FakeApp;
let host: PreviewHost;
let pages: string;
let port: number;
let spent: string[];
let logged: string[];

beforeEach(async () => {
  pages = mkdtempSync(join(tmpdir(), 'daftari-host-'));
  mkdirSync(join(pages, 'assets'));
  mkdirSync(join(pages, 'approval'));
  writeFileSync(join(pages, 'approval', 'index.html'), '<html><head></head><body>Approve</body></html>');
  writeFileSync(join(pages, 'index.html'), '<html><head></head><body>Books</body></html>');
  core = createFakeApp();
  spent = [];
  logged = [];
  host = await startPreviewHost({
    core,
    pages,
    port: 0,
    log: { error: (what) => logged.push(what) },
    onSpent: (address) => spent.push(address),
  });
  port = Number(new URL(host.address()).port);
});
afterEach(async () => {
  await host.close();
  rmSync(pages, { recursive: true });
});

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; text: string };

function send(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body = '',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, method, path, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(parts).toString(),
        }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}

async function enter(address = host.address()): Promise<string> {
  const url = new URL(address);
  const answer = await send('GET', url.pathname + url.search);
  return String(answer.headers['set-cookie']?.[0]).split(';')[0] ?? '';
}

const origin = () => `http://127.0.0.1:${port}`;
const json = async () => ({ Cookie: await enter(), Origin: origin(), 'Content-Type': 'application/json' });

describe('the entrance', () => {
  test('lets one browser in and gives it a cookie that no script and no other site sees', async () => {
    const url = new URL(host.address());
    expect(url.hostname).toBe('127.0.0.1');
    expect(url.search).toMatch(/^\?token=[0-9a-f]{64}$/);
    const answer = await send('GET', url.pathname + url.search);
    expect(answer).toMatchObject({ status: 303, headers: { location: '/' } });
    expect(answer.headers['set-cookie']?.[0]).toMatch(
      /^daftari-\d+=[0-9a-f]{64}; HttpOnly; SameSite=Strict; Path=\/$/,
    );
  });

  test('closes behind it, and shows a fresh address to whoever used the old one', async () => {
    const old = new URL(host.address());
    await enter();
    const again = await send('GET', old.pathname + old.search);
    expect(again.status).toBe(403);
    expect(again.headers['set-cookie']).toBeUndefined();
    expect(spent).toEqual([host.address()]);
    expect(spent[0]).not.toContain(old.search);
    expect(await enter(spent[0])).not.toBe('');
  });

  test('lets the same browser reload its old address', async () => {
    const old = new URL(host.address());
    const cookie = await enter();
    expect(await send('GET', old.pathname + old.search, { Cookie: cookie })).toMatchObject({ status: 303 });
    expect(spent).toEqual([]);
  });

  test.each(['', 'x', '0'.repeat(64)])('refuses the token "%s"', async (token) => {
    expect((await send('GET', `/open?token=${token}`)).status).toBe(403);
    expect(spent).toEqual([]);
  });
});

describe('without the cookie', () => {
  test.each([
    ['GET', '/'],
    ['GET', '/index.html'],
    ['GET', '/preview-bridge.js'],
    ['POST', '/ipc/app:state'],
    ['POST', '/file'],
    ['POST', '/startup'],
  ])('%s %s is refused', async (method, path) => {
    const headers = { Origin: origin(), 'Content-Type': 'application/json' };
    expect((await send(method, path, headers, '{}')).status).toBe(403);
    const forged = { ...headers, Cookie: `daftari-${port}=${'0'.repeat(64)}` };
    expect((await send(method, path, forged, '{}')).status).toBe(403);
    expect(core.calls).toEqual([]);
  });
});

describe('a page elsewhere', () => {
  test.each(['localhost', 'evil.example', 'evil.example:80', '127.0.0.1'])(
    'cannot come by the name %s',
    async (name) => {
      const headers = { ...(await json()), Host: name };
      expect((await send('POST', '/ipc/app:state', headers, '{}')).status).toBe(403);
      expect((await send('GET', '/', headers)).status).toBe(403);
      expect(core.calls).toEqual([]);
    },
  );

  test.each(['http://evil.example', 'null', 'http://127.0.0.1', 'https://127.0.0.1:1'])(
    'cannot send a request from the origin %s',
    async (elsewhere) => {
      const headers = { ...(await json()), Origin: elsewhere };
      expect((await send('POST', '/ipc/app:state', headers, '{}')).status).toBe(403);
      const { Origin: _origin, ...none } = headers;
      expect((await send('POST', '/ipc/app:state', none, '{}')).status).toBe(403);
      expect(core.calls).toEqual([]);
    },
  );

  test('cannot send a form or a text', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      const headers = { ...(await json()), 'Content-Type': type };
      expect((await send('POST', '/ipc/app:state', headers, '{}')).status).toBe(415);
      expect((await send('POST', '/file', headers, 'x')).status).toBe(415);
    }
    expect(core.calls).toEqual([]);
  });
});

describe('inside', () => {
  test('the page comes with its policy and the bridge first', async () => {
    const page = await send('GET', '/', { Cookie: await enter() });
    expect(page.text).toContain('<head><script src="/preview-bridge.js"></script>');
    expect(page.headers['cache-control']).toBe('no-store');
    expect(page.headers['content-security-policy']).toContain(`connect-src 'self' ws://127.0.0.1:${port};`);
    expect(page.headers['content-security-policy']).toContain(`script-src 'self';`);
  });

  test('a call reaches the core as the main window', async () => {
    const answer = await send('POST', '/ipc/import:show', await json(), '{"importId":3}');
    expect(JSON.parse(answer.text)).toEqual({
      ok: true,
      value: { channel: 'import:show', input: { importId: 3 } },
    });
    expect(core.calls).toEqual([
      { sender: { window: 'main' }, channel: 'import:show', input: { importId: 3 } },
    ]);
  });

  test('a broken or huge body never reaches it', async () => {
    const headers = await json();
    expect((await send('POST', '/ipc/app:state', headers, '{"a":')).status).toBe(400);
    expect((await send('POST', '/ipc/app:state', headers, `"${'x'.repeat(1_000_000)}"`)).status).toBe(413);
    expect(core.calls).toEqual([]);
  });

  test('an uploaded file is admitted from a private place and gone after the end', async () => {
    const headers = { ...(await json()), 'Content-Type': 'application/octet-stream' };
    const named = { ...headers, 'X-File-Name': encodeURIComponent('../mauzo 1.csv') };
    const answer = JSON.parse((await send('POST', '/file', named, 'a,b\n')).text);
    expect(answer).toEqual({ ok: true, value: { token: 'a'.repeat(64), name: 'mauzo 1.csv', size: 4 } });
    const { path, window } = core.admitted[0] ?? { path: '', window: 'none' };
    expect(window).toBe('main');
    expect(readFileSync(path, 'utf8')).toBe('a,b\n');
    expect((await send('POST', '/file', headers, 'x')).status).toBe(400);
    expect((await send('POST', '/file', { ...headers, 'X-File-Name': '%' }, 'x')).status).toBe(400);
    await host.close();
    expect(() => readFileSync(path)).toThrow(/ENOENT/);
  });

  test('a file that main offers is fetched by its token, once', async () => {
    const path = join(pages, 'made');
    writeFileSync(path, 'the log');
    const remove = async () => {
      core.offered.clear();
    };
    core.offered.set('f00', { path, name: 'kumbukumbu ñ.csv', remove });
    const headers = await json();
    expect(JSON.parse((await send('POST', '/offered', headers, '"f00"')).text)).toEqual({
      ok: true,
      value: { name: 'kumbukumbu ñ.csv' },
    });
    expect((await send('GET', '/offered/f00')).status).toBe(403);
    const answer = await send('GET', '/offered/f00', headers);
    expect(answer).toMatchObject({ status: 200, text: 'the log' });
    expect(answer.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''kumbukumbu%20%C3%B1.csv`,
      'cache-control': 'no-store',
    });
    expect((await send('GET', '/offered/f00', headers)).status).toBe(404);
    expect(JSON.parse((await send('POST', '/offered', headers, '"f00"')).text)).toMatchObject({
      ok: false,
      error: { code: 'file/unknown-token' },
    });
    expect((await send('POST', '/offered', headers, '7')).status).toBe(400);
  });

  test('unknown paths and methods are 404', async () => {
    const headers = await json();
    expect((await send('GET', '/../package.json', headers)).status).toBe(404);
    expect((await send('GET', '/..%2f..%2fpackage.json', headers)).status).toBe(404);
    expect((await send('PUT', '/ipc/app:state', headers, '{}')).status).toBe(404);
    expect((await send('POST', '/nothing', headers, '{}')).status).toBe(404);
  });

  test('a bug is one line with a reference, never a stack', async () => {
    core.call = () => Promise.reject(new Error('SELECT secret'));
    const answer = await send('POST', '/ipc/app:state', await json(), '{}');
    expect(answer.status).toBe(500);
    expect(answer.text).toMatch(/^Something went wrong\. Reference: [2-9A-Z]{4}$/);
    expect(logged).toEqual(['bug']);
  });
});

describe('events', () => {
  const connect = (headers: Record<string, string>) =>
    new Promise<WebSocket | string>((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/events`, { headers });
      socket.on('open', () => resolve(socket));
      socket.on('error', (error) => resolve(error.message));
    });

  test('reach a page that has entered', async () => {
    const socket = await connect({ Cookie: await enter(), Origin: origin() });
    if (typeof socket === 'string') throw new Error(socket);
    const heard = new Promise((resolve) => socket.on('message', (data) => resolve(JSON.parse(String(data)))));
    core.emit('ledger:changed', { areas: ['sales'] }, 'approval');
    core.emit('ledger:changed', { areas: ['imports'] }, 'main');
    expect(await heard).toEqual({ event: 'ledger:changed', payload: { areas: ['imports'] } });
    socket.terminate();
  });

  test('reach nobody else', async () => {
    const cookie = await enter();
    expect(await connect({ Origin: origin() })).toMatch(/403/);
    expect(await connect({ Cookie: cookie })).toMatch(/403/);
    expect(await connect({ Cookie: cookie, Origin: 'http://evil.example' })).toMatch(/403/);
  });
});

test('the script gives the page exactly what the preload gives it in Electron', async () => {
  const { text } = await send('GET', '/preview-bridge.js', { Cookie: await enter() });
  const sent: unknown[][] = [];
  let socket: { onmessage: (message: { data: string }) => void } | null = null;
  class FakeSocket {
    onmessage = (_message: { data: string }) => undefined;
    constructor() {
      socket = this;
    }
  }
  const window: { daftari?: Bridge<{ name: string }> } = {};
  const links: { href?: string; download?: string; isClicked: boolean }[] = [];
  const page = {
    createElement: () => {
      const link = {
        isClicked: false,
        click: () => {
          link.isClicked = true;
        },
      };
      links.push(link);
      return link;
    },
  };
  const fetch = async (...args: unknown[]) => {
    sent.push(args);
    if (sent.length > 1) throw new TypeError('Failed to fetch');
    return {
      headers: new Headers({ 'content-type': 'application/json' }),
      json: async () => ({ ok: true, value: 7 }),
    };
  };
  vm.runInNewContext(text, {
    window,
    document: page,
    fetch,
    WebSocket: FakeSocket,
    location: { host: 'x' },
    setTimeout,
    encodeURIComponent,
  });
  const bridge = window.daftari;
  if (bridge === undefined) throw new Error('no bridge');
  expect(Object.keys(bridge).sort()).toEqual(['admitFile', 'call', 'on', 'saveFile', 'startup']);
  expect(Object.keys(bridge.call)).toEqual([...CHANNELS]);
  expect(Object.keys(bridge.on)).toEqual([...EVENTS]);

  expect(await bridge.call['import:show']({ importId: 3 })).toEqual({ ok: true, value: 7 });
  expect(sent[0]).toMatchObject(['/ipc/import:show', { method: 'POST', body: '{"importId":3}' }]);
  expect(await bridge.call['job:list']({})).toMatchObject({
    ok: false,
    error: { message: { id: 'error.host-gone' } },
  });
  expect(await bridge.admitFile({ name: 'a b.csv' })).toMatchObject({ ok: false });
  expect(sent[2]).toMatchObject(['/file', { headers: { 'X-File-Name': 'a%20b.csv' } }]);

  expect(await bridge.saveFile('f00')).toMatchObject({ ok: false });
  expect(sent[3]).toMatchObject(['/offered', { body: '"f00"' }]);
  sent.length = 0;
  expect(await bridge.saveFile('f00')).toEqual({ ok: true, value: { saved: true } });
  expect(links).toMatchObject([{ href: '/offered/f00', isClicked: true }]);

  const heard: unknown[] = [];
  const stop = bridge.on['ledger:changed']((payload) => heard.push(payload));
  const tell = () => socket?.onmessage({ data: '{"event":"ledger:changed","payload":{"areas":["sales"]}}' });
  tell();
  stop();
  tell();
  expect(heard).toEqual([{ areas: ['sales'] }]);
});

describe('the approval window', () => {
  /** The address that the pages of the main window are told to open. */
  async function toldAddress(): Promise<URL> {
    const cookie = await enter();
    const socket = new WebSocket(`ws://127.0.0.1:${port}/events`, {
      headers: { Cookie: cookie, Origin: origin() },
    });
    await new Promise((resolve) => socket.once('open', resolve));
    const told = new Promise<string>((resolve) => socket.once('message', (data) => resolve(String(data))));
    core.wantApproval('open');
    const { open } = JSON.parse(await told) as { open: string };
    socket.close();
    return new URL(open);
  }

  test('has an origin of its own, at an address that lets one browser in', async () => {
    const address = await toldAddress();
    expect(address.hostname).toBe('127.0.0.1');
    expect(Number(address.port)).not.toBe(port);
    const main = port;
    port = Number(address.port);
    const cookie = await enter(address.href);
    expect((await send('GET', '/', { Cookie: cookie })).text).toContain('Approve');
    // The cookie of one window is none in the other.
    port = main;
    expect((await send('GET', '/', { Cookie: cookie })).status).toBe(403);
  });

  test('speaks as the approval window, and finds only its own channels', async () => {
    const address = await toldAddress();
    port = Number(address.port);
    const cookie = await enter(address.href);
    const headers = { Cookie: cookie, Origin: origin(), 'Content-Type': 'application/json' };
    await send('POST', '/ipc/approval:show', headers, '{}');
    expect(core.calls).toEqual([{ sender: { window: 'approval' }, channel: 'approval:show', input: {} }]);
    const { text } = await send('GET', '/preview-bridge.js', { Cookie: cookie });
    expect(text).toContain(JSON.stringify(APPROVAL_CHANNELS));
    expect(text).not.toContain('phone:reveal');
  });

  test('takes nothing from the page of the main window', async () => {
    const address = await toldAddress();
    const mainOrigin = origin();
    port = Number(address.port);
    const cookie = await enter(address.href);
    const headers = { Cookie: cookie, Origin: mainOrigin, 'Content-Type': 'application/json' };
    expect((await send('POST', '/ipc/approval:approve', headers, '{}')).status).toBe(403);
    expect(core.calls).toEqual([]);
  });
});
