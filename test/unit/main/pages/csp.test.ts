import { describe, expect, test } from 'vitest';
import { buildCsp, freshNonce, pageHeaders } from '#main/pages/csp.ts';

const directives = (csp: string) =>
  Object.fromEntries(csp.split('; ').map((part) => [part.split(' ')[0], part.split(' ').slice(1).join(' ')]));

describe('the policy of a page', () => {
  test('allows its own files, its own styles by nonce, and nothing else', () => {
    expect(directives(buildCsp({ nonce: 'N' }))).toEqual({
      'default-src': `'none'`,
      'script-src': `'self'`,
      'style-src': `'self' 'nonce-N'`,
      'img-src': `'self' data:`,
      'font-src': `'self'`,
      'connect-src': `'none'`,
      'object-src': `'none'`,
      'base-uri': `'none'`,
      'form-action': `'none'`,
      'frame-ancestors': `'none'`,
      'require-trusted-types-for': `'script'`,
      'trusted-types': 'default',
    });
  });

  test('names the places it may connect to', () => {
    const csp = buildCsp({ nonce: 'N', connect: [`'self'`, 'ws://127.0.0.1:7000'] });
    expect(directives(csp)['connect-src']).toBe(`'self' ws://127.0.0.1:7000`);
    expect(csp).not.toContain('unsafe');
  });

  test('lets scripts in by nonce only for a development server', () => {
    expect(directives(buildCsp({ nonce: 'N', isDevelopment: true }))['script-src']).toBe(`'self' 'nonce-N'`);
  });
});

test('nonces never repeat', () => {
  const nonces = new Set(Array.from({ length: 1_000 }, freshNonce));
  expect(nonces.size).toBe(1_000);
  for (const nonce of nonces) expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/);
});

test('nothing is ever stored', () => {
  expect(pageHeaders('text/css', null)).toMatchObject({ 'Cache-Control': 'no-store' });
  expect(pageHeaders('text/css', null)).not.toHaveProperty('Content-Security-Policy');
});
