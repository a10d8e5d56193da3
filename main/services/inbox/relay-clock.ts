import { PROGRAM } from '#main/db/ledger.ts';
import { readSetting, writeSetting } from '#main/db/queries/settings.ts';
import { say } from '#shared/domain/message.ts';
import { businessDayOf, MINUTE } from '#shared/domain/time.ts';
import { succeed } from '#shared/ipc/result.ts';
import { raiseAlert, tellAlerts } from '../alerts.ts';
import type { Core } from '../core.ts';

/**
 * The time by the relay's clock, as well as this PC knows it. It signs requests to the relay and is used for nothing
 * else: whoever runs the relay must not move the clock by which a second factor is checked.
 */
export function relayNow(core: Pick<Core, 'ledger' | 'now'>): number {
  return core.now() + (Number(readSetting(core.ledger.read, 'relay-clock-offset-ms') ?? 0) || 0);
}

/** The relay has said, signed, what time it is: the difference is kept, and the owner told once a day. */
export function correctRelayClock(core: Core, theirs: number): void {
  const offset = theirs - core.now();
  if (!Number.isSafeInteger(offset)) return;
  const corrected = core.ledger.act(PROGRAM, 'relay.clock-corrected', 'relay', (db) => {
    writeSetting(db, 'relay-clock-offset-ms', String(offset));
    const at = core.now();
    const minutes = Math.round(offset / MINUTE);
    const what = say(minutes > 0 ? 'alert.clock-behind' : 'alert.clock-ahead', {
      by: { minutes: Math.abs(minutes) },
    });
    const alert = raiseAlert(db, { kind: 'relay-clock', subject: `clock:${businessDayOf(at)}`, what, at });
    return succeed({ value: alert, details: { minutes } });
  });
  if (corrected.ok) tellAlerts(core, [corrected.value]);
}
