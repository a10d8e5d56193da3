import { PROGRAM } from '#main/db/ledger.ts';
import { readSetting, writeSetting } from '#main/db/queries/settings.ts';
import { SECOND } from '#shared/domain/time.ts';
import { succeed } from '#shared/ipc/result.ts';
import type { SafaricomParts } from './parts.ts';

/** Less than this is no difference: a code from the phone is good for half a minute before and after. */
const COUNTS_FROM = 10 * SECOND;

/**
 * Keeps how far this PC's clock is from Safaricom's, so that a wrong clock keeps nobody out. Only what came over TLS from
 * Safaricom itself is believed: a demo's clock is its own.
 */
export function learnClock({ core, line }: Pick<SafaricomParts, 'core' | 'line'>): void {
  const gap = line.clockGap();
  if (gap === null || core.ledger.environment === 'demo') return;
  const offset = Math.abs(gap.ms) < COUNTS_FROM ? 0 : gap.ms;
  const known = Number(readSetting(core.ledger.read, 'clock-offset-ms') ?? 0);
  if (Math.abs(offset - known) < COUNTS_FROM) return;
  const learnt = core.ledger.act(PROGRAM, 'clock.learnt', 'clock', (db) => {
    writeSetting(db, 'clock-offset-ms', String(offset));
    return succeed({ value: undefined, details: { seconds: Math.round(offset / SECOND) } });
  });
  if (!learnt.ok) throw new Error(`the clock cannot be noted: ${learnt.error.code}`);
}
