import type { Cents } from '#shared/domain/money.ts';
import type { DayUse } from '#shared/domain/reversal/request-problems.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { ReadDb } from '../ledger.ts';

/** What may have moved money: everything that was not turned down, taken back, or known not to have happened. */
const USES = `state NOT IN ('rejected', 'expired', 'cancelled', 'failed', 'not-reversed')`;
const NOTHING: DayUse = { count: 0, cents: 0 };

/** Whose reversals count: of the one who asked for them or of all, without one of them. */
type Whose = { readonly requestedBy: number | null; readonly exceptId: number | null };

/** What was asked for since an instant. With the day's limits this bounds how much is asked for in a day. */
export function askedSince(db: ReadDb, since: UtcMs, { requestedBy, exceptId }: Whose): DayUse {
  const found = db.get<DayUse>(
    `SELECT count(*) AS count, coalesce(sum(amount_cents), 0) AS cents FROM reversals
      WHERE requested_at >= ? AND (? IS NULL OR requested_by = ?) AND id <> ? AND ${USES}`,
    since,
    requestedBy,
    requestedBy,
    exceptId ?? 0,
  );
  return found ?? NOTHING;
}

/**
 * What was approved or sent since an instant, whenever it was asked for. With the day's limits this bounds how much goes
 * back in a day: the requests of a week are not all approved in one. An approval that lapsed counts no more.
 */
export function decidedSince(db: ReadDb, since: UtcMs, { requestedBy, exceptId }: Whose): DayUse {
  const found = db.get<DayUse>(
    `SELECT count(*) AS count, coalesce(sum(amount_cents), 0) AS cents FROM reversals
      WHERE (approved_at >= ? OR sent_at >= ?) AND (? IS NULL OR requested_by = ?) AND id <> ?
        AND state <> 'requested' AND ${USES}`,
    since,
    since,
    requestedBy,
    requestedBy,
    exceptId ?? 0,
  );
  return found ?? NOTHING;
}

/** What somebody has approved since an instant, and what of it may have moved money. */
export function approvedSince(db: ReadDb, since: UtcMs, staffId: number, exceptId: number): number {
  return (
    db.get<{ cents: number }>(
      `SELECT coalesce(sum(amount_cents), 0) AS cents FROM reversals
        WHERE approved_at >= ? AND approved_by = ? AND id <> ? AND state NOT IN ('requested') AND ${USES}`,
      since,
      staffId,
      exceptId,
    )?.cents ?? 0
  );
}

export type SameCustomer = {
  readonly id: number;
  readonly at: UtcMs;
  readonly amountCents: Cents;
  readonly requestedBy: number;
};

/** Other reversals since then for whoever paid this: the same full number, or the same printed number and name. */
export function reversalsForPayer(
  db: ReadDb,
  movementId: number,
  since: UtcMs,
  exceptId: number,
): SameCustomer[] {
  return db.all<SameCustomer>(
    `SELECT r.id, r.requested_at AS at, r.amount_cents AS amountCents, r.requested_by AS requestedBy
       FROM movements mine JOIN reversals r ON r.requested_at >= ? AND r.id <> ? AND r.movement_id <> mine.id
       JOIN movements m ON m.id = r.movement_id
      WHERE mine.id = ? AND r.state NOT IN ('rejected', 'expired', 'cancelled')
        AND (m.party_phone_hmac = mine.party_phone_hmac
          OR (m.party_phone = mine.party_phone AND m.party_name IS mine.party_name)
          OR m.party_code = mine.party_code)
      ORDER BY r.id DESC`,
    since,
    exceptId,
    movementId,
  );
}

export type ApproverFacts = {
  readonly id: number;
  readonly role: 'owner' | 'manager';
  readonly capCents: Cents | null;
  readonly dayCapCents: Cents | null;
};

/** Who may approve now: owners, and managers that an owner has named, within their amounts. */
export function selectApproverFacts(db: ReadDb): ApproverFacts[] {
  return db.all<ApproverFacts>(
    `SELECT s.id, s.role, s.cap_cents AS capCents, s.day_cap_cents AS dayCapCents
       FROM staff s JOIN logins l ON l.staff_id = s.id
      WHERE s.id > 0 AND s.is_active = 1 AND (s.role = 'owner' OR (s.role = 'manager' AND s.is_approver = 1))
      ORDER BY s.id`,
  );
}
