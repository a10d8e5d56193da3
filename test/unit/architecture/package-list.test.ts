import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '#test/helpers/sources.ts';

const builder = readFileSync(join(ROOT, 'electron-builder.yml'), 'utf8');
const description = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const relay = JSON.parse(readFileSync(join(ROOT, 'relay/package.json'), 'utf8'));

/** The items of a list at the top level of the file. */
function listOf(key: string): string[] {
  const block = new RegExp(`^${key}:\\n((?:  - .*\\n)+)`, 'm').exec(builder)?.[1];
  if (block === undefined) throw new Error(`no list ${key}`);
  return [...block.matchAll(/^ {2}- (.*)$/gm)].map((item) => (item[1] ?? '').replace(/^["'](.*)["']$/, '$1'));
}

test('only what was built is packaged: no preview host, no demo, no test, no bundled Node', () => {
  const files = listOf('files');
  expect(files.filter((pattern) => !pattern.startsWith('!'))).toEqual(['package.json', 'out/**']);
  expect(files).toContain('!out/main/chunks/demo-*');
  for (const node of Object.keys(description.optionalDependencies))
    expect(files).toContain(`!node_modules/${node}{,/**}`);
  expect(builder).not.toMatch(/^extra(Files|Resources):/m);
});

test('the fuses are as they must be', () => {
  const fuses = Object.fromEntries(
    [...(/^electronFuses:\n((?: {2}.*\n)+)/m.exec(builder)?.[1] ?? '').matchAll(/^ {2}(\w+): (\w+)$/gm)].map(
      (m) => [m[1], m[2]],
    ),
  );
  expect(fuses).toEqual({
    runAsNode: 'false',
    enableCookieEncryption: 'true',
    enableNodeOptionsEnvironmentVariable: 'false',
    enableNodeCliInspectArguments: 'false',
    enableEmbeddedAsarIntegrityValidation: 'true',
    onlyLoadAppFromAsar: 'true',
    loadBrowserProcessSpecificV8Snapshot: 'false',
    grantFileProtocolExtraPrivileges: 'false',
  });
});

test('what relay and app both use is the same package, installed once', () => {
  const both = Object.keys(relay.dependencies).filter((name) => name in description.dependencies);
  expect(both).toEqual(['better-sqlite3', 'libsodium-wrappers', 'zod']);
  for (const name of both) expect(relay.dependencies[name]).toBe(description.dependencies[name]);
});

test('every dependency is pinned exactly', () => {
  const all = [description, relay].flatMap(
    ({ dependencies, devDependencies = {}, optionalDependencies = {} }) =>
      Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies }),
  );
  const loose = all.filter(([, version]) => !/^(npm:.+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version)));
  expect(loose).toEqual([]);
});

test('the lock file names no registry host', () => {
  const lock = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');
  expect(lock).not.toMatch(/"resolved": "https?:/);
  expect(lock.match(/"integrity": "sha512-/g)?.length).toBeGreaterThan(300);
});
