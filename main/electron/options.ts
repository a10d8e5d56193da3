import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

export type LaunchOptions = {
  readonly isDemo: boolean;
  /** A profile other than the usual one; only in a checkout. */
  readonly profile: string | null;
};

/** What the command line asks for. Chromium's own switches stand beside ours; a packaged app has no switches at all. */
export function readLaunchOptions(args: readonly string[], isPackaged: boolean): LaunchOptions {
  if (isPackaged) return { isDemo: false, profile: null };
  const { values } = parseArgs({
    args: [...args],
    options: { demo: { type: 'boolean' }, profile: { type: 'string' } },
    strict: false,
  });
  const profile =
    typeof values.profile === 'string' && values.profile !== '' ? resolve(values.profile) : null;
  return { isDemo: values.demo === true, profile };
}

/** A folder for this run only, and the way to remove it. */
export function makeThrowAwayProfile(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'daftari-demo-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }) };
}
