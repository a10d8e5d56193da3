import type { BookedPayment } from '#shared/domain/daraja/booked-payment.ts';
import { settledParty } from '#shared/domain/statement/settled.ts';
import type { BusinessDay, UtcMs } from '#shared/domain/time.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';
import { moveInTime } from './move-days.ts';
import { learnZone } from './pull-zone.ts';
import { NOTICE_SOURCE, PULL_SOURCE } from './sightings.ts';

type Kept = {
  readonly home: number;
  readonly day: BusinessDay;
  readonly at: UtcMs;
  readonly phone: string | null;
  readonly code: string | null;
  readonly name: string | null;
};

function selectKept(db: ReadDb, movementId: number): Kept {
  const kept = db.get<Kept>(
    `SELECT import_id AS home, business_day AS day, completed_at AS at, party_phone AS phone, party_code AS code,
            party_name AS name FROM movements WHERE id = ?`,
    movementId,
  );
  if (!kept) throw new Error(`movement ${movementId} is not there`);
  return kept;
}

/**
 * Pull shows a payment that only a notice had reported: it hangs on Pull from now on, and learns what only Pull says. Its
 * time stays: the notice's clock is known. Returns the days that must be matched again.
 */
export function improveByPull(db: WriteDb, movementId: number, payment: BookedPayment): BusinessDay[] {
  const kept = selectKept(db, movementId);
  if (kept.home !== PULL_SOURCE) learnZone(db, movementId, kept.at);
  if (kept.home !== NOTICE_SOURCE) return [];
  const party = settledParty(kept, payment.party);
  db.run(
    `UPDATE movements SET import_id = ?, party_phone = ?, party_code = ?, party_name = ?,
       account_reference = coalesce(account_reference, ?) WHERE id = ?`,
    PULL_SOURCE,
    party.phone,
    party.code,
    party.name,
    payment.accountReference,
    movementId,
  );
  return [kept.day];
}

/**
 * A notice tells of a payment that hangs on Pull: its time is in Nairobi's clock for certain, and it states a balance.
 * Returns the days that must be matched again.
 */
export function improveByNotice(
  db: WriteDb,
  movementId: number,
  payment: BookedPayment,
  dayOf: (at: UtcMs) => BusinessDay,
): BusinessDay[] {
  learnZone(db, movementId, payment.completedAt);
  const kept = selectKept(db, movementId);
  if (kept.home !== PULL_SOURCE) return [];
  const newDay = dayOf(payment.completedAt);
  db.run(
    `UPDATE movements SET completed_at = ?, time_precision = ?, balance_cents = coalesce(balance_cents, ?),
       account_reference = coalesce(account_reference, ?), party_name = coalesce(party_name, ?) WHERE id = ?`,
    payment.completedAt,
    payment.precision,
    payment.balanceCents,
    payment.accountReference,
    payment.party.name,
    movementId,
  );
  moveInTime(db, movementId, payment.completedAt, { day: kept.day, newDay });
  return kept.at === payment.completedAt ? [] : [kept.day, newDay];
}
