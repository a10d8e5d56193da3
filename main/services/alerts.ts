import type { Message } from '#shared/domain/message.ts';
import type { Input, Output } from '#shared/ipc/contract.ts';
import { type Result, succeed } from '#shared/ipc/result.ts';
import type { Actor, WriteDb } from '../db/ledger.ts';
import {
  countUnseenAlerts,
  insertAlert,
  markAlertSeen,
  type NewAlert,
  type StoredAlert,
  selectAlerts,
  selectUnseen,
} from '../db/queries/alerts.ts';
import type { Core } from './core.ts';
import { readIdCursor, takePage } from './pages.ts';

/**
 * Raises an alert inside the act that found out, once for its kind and subject. Returns its id, or null when it
 * stands already; hand it to `tellAlerts` when the act has been committed.
 */
export function raiseAlert(db: WriteDb, alert: NewAlert): number | null {
  return insertAlert(db, alert);
}

/** Tells the windows of alerts that have just been committed. */
export function tellAlerts(core: Pick<Core, 'tell'>, raised: readonly (number | null)[]): void {
  const alertIds = raised.filter((alertId) => alertId !== null);
  if (alertIds.length === 0) return;
  for (const alertId of alertIds) core.tell('alert:raised', { alertId });
  core.tell('ledger:changed', { areas: ['alerts'] });
}

/** What the program noticed by itself, newest first. */
export function listAlerts(core: Core, request: Input<'alert:list'>): Result<Output<'alert:list'>> {
  const before = readIdCursor(request.after);
  if (!before.ok) return before;
  const db = core.ledger.read;
  const found = selectAlerts(db, request.state, before.value, request.limit + 1);
  const { page, next } = takePage(found, request.limit);
  return succeed({ alerts: page.map(asView), next, unseen: countUnseenAlerts(db) });
}

function asView(alert: StoredAlert): Output<'alert:list'>['alerts'][number] {
  const { id, kind, subject, at, day, seenAt, seenBy } = alert;
  const seen = seenAt === null ? null : { at: seenAt, by: seenBy ?? '' };
  return { id, kind, subject, what: JSON.parse(alert.what) as Message, at, day, seen };
}

/** Somebody has read them. They stay in the list, and nothing else changes. */
export function dismissAlerts(
  core: Core,
  actor: Actor,
  { alertIds }: Input<'alert:dismiss'>,
): Result<Output<'alert:dismiss'>> {
  const unseen = selectUnseen(core.ledger.read, alertIds);
  if (unseen.length > 0) {
    const subject = unseen.length === 1 ? `alert:${unseen[0]}` : 'alerts';
    const seen = core.ledger.act(actor, 'alert.seen', subject, (db) => {
      for (const alertId of unseen) markAlertSeen(db, alertId, actor.staffId, core.now());
      return succeed({ value: undefined, details: { count: unseen.length, ids: unseen } });
    });
    if (!seen.ok) return seen;
    core.tell('ledger:changed', { areas: ['alerts'] });
  }
  return succeed({ unseen: countUnseenAlerts(core.ledger.read) });
}
