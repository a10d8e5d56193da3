import { expect, test } from 'vitest';
import { isAtOrigin } from '#main/electron/origins.ts';

test.each(['app://main', 'app://main/', 'app://main/index.html?x=1#/sales', 'app://main/..%2f'])(
  '%s is ours',
  (address) => expect(isAtOrigin(address, 'main')).toBe(true),
);

test.each([
  '',
  'main',
  'about:blank',
  'app:main',
  'app:///main',
  'app://approval/',
  'app://main.evil.example/',
  'app://evil.example/app://main/',
  'app://evil@main/',
  'app://main:8080/',
  'https://main/',
  'file:///main',
  'data:text/html,app://main/',
  'https://evil.example/?app://main/',
  'chrome-error://chromewebdata/',
])('%s is not', (address) => expect(isAtOrigin(address, 'main')).toBe(false));
