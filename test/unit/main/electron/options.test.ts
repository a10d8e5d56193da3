import { existsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeThrowAwayProfile, readLaunchOptions } from '#main/electron/options.ts';

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
  expect(readLaunchOptions(args, false)).toEqual({ isDemo: true, profile: '/tmp/books' });
  expect(readLaunchOptions(['.'], false)).toEqual({ isDemo: false, profile: null });
  expect(readLaunchOptions(['--profile'], false)).toEqual({ isDemo: false, profile: null });
});

test('a packaged app has no switches', () => {
  expect(readLaunchOptions(['--demo', '--profile', '/tmp/books'], true)).toEqual({
    isDemo: false,
    profile: null,
  });
});

test('a throw-away profile is really thrown away', () => {
  const { folder, remove } = makeThrowAwayProfile();
  expect(folder.startsWith(join(tmpdir(), 'daftari-demo-'))).toBe(true);
  writeFileSync(join(folder, 'ledger.db'), 'x');
  remove();
  expect(existsSync(folder)).toBe(false);
});
