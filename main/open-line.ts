import type { UtcMs } from '#shared/domain/time.ts';
import { HOSTS, isLoopbackOrigin } from './daraja/hosts.ts';
import { type LineLog, openDarajaLine } from './daraja/http-line.ts';
import type { DarajaLine } from './daraja/line.ts';
import type { Environment } from './db/ledger-file.ts';
import { hideInLog } from './log/redact.ts';

export type LineChoice = {
  readonly environment: Environment;
  /** Where the demo's own Safaricom is, on this computer; no other books take one. */
  readonly demoOrigin?: string | undefined;
  readonly now: () => UtcMs;
  readonly log: LineLog;
};

/** The line that books of this environment speak through. */
export function openLineFor({ environment, demoOrigin, now, log }: LineChoice): DarajaLine {
  const origin = originFor(environment, demoOrigin);
  return origin === null ? DEAD_LINE : openDarajaLine({ origin, now, log: { ...log, hide: hideInLog } });
}

/**
 * The books' environment alone decides whom they speak with: a demo never reaches Safaricom, a shop never a demo. Null
 * for a demo without a Safaricom of its own.
 */
export function originFor(environment: Environment, demoOrigin: string | undefined): string | null {
  if (environment !== 'demo') {
    if (demoOrigin !== undefined) throw new Error('only a demo may speak with a Safaricom of its own');
    return HOSTS[environment];
  }
  if (demoOrigin !== undefined && !isLoopbackOrigin(demoOrigin))
    throw new Error('the demo speaks with this computer only');
  return demoOrigin ?? null;
}

/** As on a computer without a network. */
const DEAD_LINE: DarajaLine = {
  send: async () => ({ type: 'not-sent', reason: 'offline' }),
  checkKeys: async () => ({ type: 'not-sent', reason: 'offline' }),
  clockGap: () => null,
  close: async () => undefined,
};
