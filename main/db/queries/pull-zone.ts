import type { PullZone } from '#shared/domain/daraja/pull-time.ts';
import type { ReadDb } from '../ledger.ts';
import { readSetting } from './settings.ts';

/** The zone of the times that Pull prints; null until a receipt that another source also timed has shown it. */
export function readPullZone(db: ReadDb): PullZone | null {
  const zone = readSetting(db, 'pull-zone');
  return zone === 'nairobi' || zone === 'utc' ? zone : null;
}
