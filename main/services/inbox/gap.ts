import type { WriteDb } from '#main/db/ledger.ts';
import { say } from '#shared/domain/message.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { raiseAlert } from '../alerts.ts';

/** Numbers of messages that the relay gave away and this PC did not get, both ends included. */
export type Gap = { readonly from: number; readonly to: number };

/** What lies between the last number that is in the books and the one that comes; null when nothing does. */
export function gapBefore(after: number, sequence: number): Gap | null {
  return sequence > after + 1 ? { from: after + 1, to: sequence - 1 } : null;
}

/** Tells of messages that never came: dropped by age or for room, read by another PC, or withheld. */
export function alertOfGap(db: WriteDb, inbox: string, gap: Gap | null, at: UtcMs): number | null {
  if (gap === null) return null;
  const { from, to } = gap;
  const what = say('alert.relay-gap', { count: to - from + 1 });
  return raiseAlert(db, { kind: 'relay-gap', subject: `relay:${inbox}:${from}-${to}`, what, at });
}
