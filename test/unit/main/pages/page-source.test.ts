import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPageSource, resolveInside } from '#main/pages/page-source.ts';

const parent = mkdtempSync(join(tmpdir(), 'daftari-pages-'));
const folder = join(parent, 'renderer');

beforeAll(() => {
  mkdirSync(join(folder, 'assets'), { recursive: true });
  mkdirSync(`${folder}-old`);
  writeFileSync(join(folder, 'index.html'), '<head><meta nonce="__CSP_NONCE__"></head><body>Books</body>');
  writeFileSync(join(folder, 'assets', 'app.js'), 'export {};');
  mkdirSync(join(folder, 'approval'));
  writeFileSync(join(folder, 'approval', 'index.html'), '<head></head><body>Approve</body>');
  writeFileSync(join(folder, 'assets', 'approval-Ab_1.js'), 'export {};');
  writeFileSync(join(folder, 'notes.txt'), 'not served');
  writeFileSync(join(parent, 'ledger.html'), 'secret');
  writeFileSync(join(`${folder}-old`, 'index.html'), 'secret');
});
afterAll(() => rmSync(parent, { recursive: true }));

describe('the built pages', () => {
  const source = createPageSource({ folder });
  const text = (body: Uint8Array | string) => Buffer.from(body).toString();

  test('come with a fresh nonce in the page and in its policy', async () => {
    const [first, second] = [await source.load('/'), await source.load('/index.html?x=1')];
    const nonce = /nonce="([^"]+)"/.exec(text(first.body))?.[1] ?? 'none';
    expect(first.headers['Content-Security-Policy']).toContain(`style-src 'self' 'nonce-${nonce}'`);
    expect(text(second.body)).toContain('Books');
    expect(text(second.body)).not.toContain(nonce);
  });

  test('are typed, never stored and never sniffed', async () => {
    const script = await source.load('/assets/app.js');
    expect(script.status).toBe(200);
    expect(script.headers).toMatchObject({
      'Content-Type': 'text/javascript; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    });
  });

  test('begin with the script of the host where it has one', async () => {
    const page = await createPageSource({ folder, firstScript: '/first.js' }).load('/');
    expect(text(page.body)).toContain('<head><script src="/first.js"></script><meta');
  });

  test.each([
    '/missing.js',
    '/notes.txt',
    '/assets',
    '/assets/',
    '/../ledger.html',
    '/%2e%2e/ledger.html',
    '/..%2fledger.html',
    '/assets/..%2f..%2fledger.html',
    '/..%5cledger.html',
    '/../renderer-old/index.html',
    '//etc/passwd.html',
    '/%00/index.html',
    '/index.html%00.js',
    '/%',
    '/C:/ledger.html',
    'index.html',
    '',
    `/${'a'.repeat(5_000)}.js`,
  ])('answer 404 to %.40s', async (path) => {
    const answer = await source.load(path);
    expect(answer.status).toBe(404);
    expect(text(answer.body)).toBe('Not found');
  });
});

describe('the approval page', () => {
  const source = createPageSource({ folder, page: 'approval' });
  const text = (body: Uint8Array | string) => Buffer.from(body).toString();

  test('comes at the root of its own origin, under the strict policy', async () => {
    const page = await source.load('/');
    expect(text(page.body)).toContain('Approve');
    const policy = page.headers['Content-Security-Policy'] ?? '';
    expect(policy).toContain(`style-src 'self';`);
    expect(policy).toContain(`trusted-types 'none'`);
    expect(policy).not.toContain('nonce');
    expect((await source.load('/assets/approval-Ab_1.js')).status).toBe(200);
  });

  test.each(['/index.html', '/assets/app.js', '/approval/index.html', '/assets/../index.html'])(
    'does not serve %s of the main window',
    async (path) => {
      expect((await source.load(path)).status).toBe(404);
    },
  );

  test.each(['/approval/index.html', '/assets/approval-Ab_1.js', '/approval/'])(
    'is not served to the main window: %s',
    async (path) => {
      expect((await createPageSource({ folder }).load(path)).status).toBe(404);
    },
  );
});

test('no path leads out of the folder', () => {
  const part = fc.constantFrom(
    '..',
    '.',
    '%2e%2e',
    '%2f',
    '/',
    '\\',
    'assets',
    'index.html',
    '%5c',
    '\0',
    '~',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const file = resolveInside('/srv/pages', `/${parts.join('/')}`);
      return file === null || file.startsWith('/srv/pages/');
    }),
  );
});
