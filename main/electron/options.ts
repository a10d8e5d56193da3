import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

export type LaunchOptions = {
  readonly isDemo: boolean;
  /** Books against Safaricom's sandbox, in a folder of their own. The one switch that a packaged app has. */
  readonly isSandbox: boolean;
  /** A profile other than the usual one; only in a checkout. */
  readonly profile: string | null;
  /** A Safaricom on this computer, whose books are a demo's for ever: for journeys, and only in a checkout. */
  readonly demoOrigin: string | null;
};

/** What the command line asks for. Chromium's own switches stand beside ours. */
export function readLaunchOptions(args: readonly string[], isPackaged: boolean): LaunchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      demo: { type: 'boolean' },
      sandbox: { type: 'boolean' },
      profile: { type: 'string' },
      'demo-safaricom': { type: 'string' },
    },
    strict: false,
  });
  const isSandbox = values.sandbox === true;
  if (isPackaged) return { isDemo: false, isSandbox, profile: null, demoOrigin: null };
  const profile = textIn(values.profile);
  return {
    isDemo: values.demo === true,
    isSandbox,
    profile: profile === null ? null : resolve(profile),
    demoOrigin: textIn(values['demo-safaricom']),
  };
}

/** A switch without its value is as good as none. */
function textIn(value: string | boolean | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The folder of the books: the one that was named, else the usual one below the program's own folder. */
export function profileOf({ isSandbox, profile }: LaunchOptions, dataFolder: string): string {
  return profile ?? join(dataFolder, isSandbox ? 'sandbox' : 'books');
}

/** A folder for this run only, and the way to remove it. */
export function makeThrowAwayProfile(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'daftari-demo-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }) };
}
