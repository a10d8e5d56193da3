import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { RelayConfig } from '../../relay/src/config.ts';

const CHILD = fileURLToPath(new URL('relay-child.ts', import.meta.url));

export type RelayChild = {
  readonly origin: string;
  readonly process: ChildProcess;
  /** How the process ended: its code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  /** Ends it in order; what it wrote to stdout after its address. */
  readonly stop: () => Promise<string>;
};

/** Starts `relay-child.ts` over the database of `config`. */
export async function startRelayChild(
  mode: 'plain' | 'die-after-write' | 'die-before-write' | 'forget',
  config: Pick<RelayConfig, 'database' | 'publicUrl'>,
): Promise<RelayChild> {
  const child = spawn(process.execPath, [CHILD, mode], {
    cwd: join(CHILD, '../../..'),
    env: {
      ...process.env,
      DAFTARI_RELAY_PUBLIC_URL: config.publicUrl,
      DAFTARI_RELAY_PORT: '0',
      DAFTARI_RELAY_DATABASE: config.database,
      DAFTARI_RELAY_TRUSTED_PROXIES: '127.0.0.1',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  const ended = once(child, 'close').then(
    ([code, signal]) => (signal ?? code) as NodeJS.Signals | number | null,
  );
  const first = once(reader, 'line').then(([line]) => String(line));
  reader.on('line', (line) => lines.push(line));
  const origin = await Promise.race([
    first,
    ended.then((how) => {
      throw new Error(`the relay ended before it listened: ${how}`);
    }),
  ]);
  return {
    origin,
    process: child,
    ended,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      return lines.slice(1).join('\n');
    },
  };
}
