import { existsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeThrowAwayProfile, profileOf, readLaunchOptions } from '#main/electron/options.ts';

test('reads its own switches among those of the browser', () => {
  const args = [
    '/checkout',
    '--no-sandbox',
    '--remote-debugging-port=0',
    '--demo',
    '--profile',
    '/tmp/books',
    '--lang=en',
  ];
  expect(readLaunchOptions(args, false)).toEqual({
    isDemo: true,
    isSandbox: false,
    profile: '/tmp/books',
    demoOrigin: null,
  });
  expect(readLaunchOptions(['.'], false)).toEqual({
    isDemo: false,
    isSandbox: false,
    profile: null,
    demoOrigin: null,
  });
  expect(readLaunchOptions(['--profile'], false)).toMatchObject({ profile: null });
  const own = ['.', '--profile', '/tmp/books', '--demo-safaricom', 'http://127.0.0.1:1'];
  expect(readLaunchOptions(own, false)).toMatchObject({ isDemo: false, demoOrigin: 'http://127.0.0.1:1' });
  expect(readLaunchOptions(['.', '--sandbox'], false)).toMatchObject({ isSandbox: true });
});

test('a packaged app opens its own books or its own sandbox, and nothing else', () => {
  expect(
    readLaunchOptions(['--demo', '--profile', '/tmp/books', '--demo-safaricom', 'http://127.0.0.1:1'], true),
  ).toEqual({
    isDemo: false,
    isSandbox: false,
    profile: null,
    demoOrigin: null,
  });
  expect(readLaunchOptions(['--sandbox', '--profile', '/tmp/books'], true)).toEqual({
    isDemo: false,
    isSandbox: true,
    profile: null,
    demoOrigin: null,
  });
});

test('the sandbox lies beside the books', () => {
  const usual = { isDemo: false, isSandbox: false, profile: null, demoOrigin: null };
  expect(profileOf(usual, '/data')).toBe(join('/data', 'books'));
  expect(profileOf({ ...usual, isSandbox: true }, '/data')).toBe(join('/data', 'sandbox'));
  expect(profileOf({ ...usual, isSandbox: true, profile: '/mine' }, '/data')).toBe('/mine');
});

test('a throw-away profile is really thrown away', () => {
  const { folder, remove } = makeThrowAwayProfile();
  expect(folder.startsWith(join(tmpdir(), 'daftari-demo-'))).toBe(true);
  writeFileSync(join(folder, 'ledger.db'), 'x');
  remove();
  expect(existsSync(folder)).toBe(false);
});
