import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { runChild } from './children.ts';

const OUTPUTS = ['out/main/main.js', 'out/main/worker.js', 'out/preload/app.cjs', 'out/renderer/index.html'];
/** The demo carries the simulator and the relay. */
const SOURCES = [
  'main',
  'renderer',
  'shared',
  'assets',
  'relay/src',
  'test/daraja-simulator',
  'package.json',
  'package-lock.json',
];

/** True when something was never built, or a source is newer than the oldest thing built. */
export function isBuildStale(root: string): boolean {
  const built = Math.min(...OUTPUTS.map((path) => changedAt(join(root, path))));
  return built === 0 || SOURCES.some((path) => newestUnder(join(root, path)) > built);
}

/** Milliseconds; 0 when there is no such file. */
function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function newestUnder(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(found.mtimeMs, ...readdirSync(path).map((name) => newestUnder(join(path, name))));
}

/** Runs the build; true when it worked. Its own words go to the terminal only when it did not. */
export async function build(root: string): Promise<boolean> {
  const cli = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  const args = [cli, 'build', '--config', 'main/electron.vite.config.ts', '--logLevel', 'warn'];
  return (await runChild(process.execPath, args, { cwd: root })) === 0;
}
