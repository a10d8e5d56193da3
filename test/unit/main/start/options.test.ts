import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasDisplay } from '#main/start/electron.ts';
import { readStartOptions, toPreviewArguments, toWindowArguments } from '#main/start/options.ts';

const here = resolve('/home/amina');

function options(...args: string[]) {
  const parsed = readStartOptions(args, here);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.options;
}

test('nothing asked for means the window on the usual books', () => {
  expect(options()).toEqual({
    isHelp: false,
    isDemo: false,
    isSandbox: false,
    isPreview: false,
    isRealInBrowser: false,
    profile: null,
    port: 0,
    devServer: undefined,
  });
  expect(toWindowArguments(options())).toEqual([]);
});

test('a folder counts from where the person is', () => {
  expect(options('--profile', 'books').profile).toBe(resolve(here, 'books'));
  expect(toWindowArguments(options('--demo', '--profile', 'books'))).toEqual([
    '--demo',
    '--profile',
    resolve(here, 'books'),
  ]);
});

test('the sandbox is handed on to either host', () => {
  const asked = options('--sandbox', '--preview');
  expect(asked).toMatchObject({ isSandbox: true, isDemo: false });
  expect(toWindowArguments(asked)).toEqual(['--sandbox']);
  expect(toPreviewArguments(asked)).toContain('--sandbox');
});

test('the browser process understands what it is handed', () => {
  const asked = options(
    '--demo',
    '--real-books-in-browser',
    '--profile',
    'b',
    '--port',
    '8123',
    '--dev-server',
    'http://x',
  );
  expect(readStartOptions(toPreviewArguments(asked), '/elsewhere')).toEqual({ ok: true, options: asked });
});

describe('refuses', () => {
  test.each([
    ['an unknown option', ['--demos'], /demos/],
    ['a word', ['demo'], /demo/],
    ['a missing folder', ['--profile'], /profile/],
    ['a port that is none', ['--port', 'x'], /--port x/],
    ['a port out of range', ['--port', '70000'], /--port 70000/],
    ['an empty port', ['--port', ''], /--port/],
    ['two kinds of books at once', ['--demo', '--sandbox'], /--demo --sandbox/],
    ['a part of a port', ['--port', '1.5'], /--port 1.5/],
  ])('%s', (_, args, problem) => {
    const parsed = readStartOptions(args, here);
    expect(parsed.ok ? 'taken' : parsed.problem).toMatch(problem);
    if (!parsed.ok) expect(parsed.problem).not.toContain('\n');
  });
});

test('only Linux can lack a screen', () => {
  expect(hasDisplay('linux', {})).toBe(false);
  expect(hasDisplay('linux', { DISPLAY: '' })).toBe(false);
  expect(hasDisplay('linux', { DISPLAY: ':0' })).toBe(true);
  expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true);
  expect(hasDisplay('win32', {})).toBe(true);
  expect(hasDisplay('darwin', {})).toBe(true);
});
