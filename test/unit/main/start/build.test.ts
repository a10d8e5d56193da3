import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isBuildStale } from '#main/start/build.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'daftari-build-'));
  for (const path of ['main/main.ts', 'renderer/app/App.tsx', 'shared/text/en.json', 'package.json'])
    write(path, 100);
  for (const path of ['main/main.js', 'main/worker.js', 'preload/app.cjs', 'renderer/index.html'])
    write(`out/${path}`, 200);
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, at: number): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), '');
  utimesSync(join(root, path), at, at);
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder))
    utimesSync(join(root, folder), 100, 100);
}

test('what was built after the last change is used', () => expect(isBuildStale(root)).toBe(false));

test.each([
  'renderer/app/App.tsx',
  'shared/text/sw.json',
  'package.json',
  'assets/icon.png',
  'relay/src/serve.ts',
])('a newer %s asks for a build', (path) => {
  write(path, 300);
  expect(isBuildStale(root)).toBe(true);
});

test.each(['out/main/worker.js', 'out/renderer/index.html'])('a missing %s asks for a build', (path) => {
  rmSync(join(root, path));
  expect(isBuildStale(root)).toBe(true);
});
