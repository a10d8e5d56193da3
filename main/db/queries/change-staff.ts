import type { Role } from '#shared/domain/access/permissions.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';
import type { Person } from './staff.ts';

/** A person as the Staff screen lists them. */
export type StaffRow = Person & {
  readonly isApprover: boolean;
  readonly capCents: number | null;
  readonly dayCapCents: number | null;
  readonly hasTotp: boolean;
  readonly mustChoosePassword: boolean;
  readonly createdAt: UtcMs;
  readonly lastSeenAt: UtcMs | null;
};

type StaffSqlRow = Omit<StaffRow, 'isActive' | 'isApprover' | 'hasTotp' | 'mustChoosePassword'> & {
  isActive: 0 | 1;
  isApprover: 0 | 1;
  hasTotp: 0 | 1;
  mustChoosePassword: 0 | 1;
};

/** Everybody who can or could sign in, oldest first; the program itself is not of the staff. */
export function selectStaff(db: ReadDb): StaffRow[] {
  return db
    .all<StaffSqlRow>(
      `SELECT s.id, s.name, s.role, s.is_active AS isActive, s.is_approver AS isApprover, s.cap_cents AS capCents,
              s.day_cap_cents AS dayCapCents, l.totp_secret IS NOT NULL AS hasTotp,
              coalesce(l.is_single_use OR (l.is_short AND l.totp_secret IS NULL), 0) AS mustChoosePassword, s.created_at AS createdAt,
              (SELECT max(coalesce(e.ended_at, e.started_at)) FROM sessions e WHERE e.staff_id = s.id) AS lastSeenAt
         FROM staff s LEFT JOIN logins l ON l.staff_id = s.id WHERE s.id > 0 ORDER BY s.id`,
    )
    .map((row) => ({
      ...row,
      isActive: row.isActive === 1,
      isApprover: row.isApprover === 1,
      hasTotp: row.hasTotp === 1,
      mustChoosePassword: row.mustChoosePassword === 1,
    }));
}

export function countActiveOwners(db: ReadDb): number {
  return (
    db.get<{ n: number }>(`SELECT count(*) AS n FROM staff WHERE role = 'owner' AND is_active = 1 AND id > 0`)
      ?.n ?? 0
  );
}

/** Another role. What a manager was trusted with beyond it, approving, ends with the role. */
export function setRole(db: WriteDb, staffId: number, role: Role): void {
  db.run('UPDATE staff SET role = ? WHERE id = ?', role, staffId);
  setApproval(db, staffId, null);
}

/** Nobody is deleted; a person who comes back is no approver until the owner says so again. */
export function setActive(db: WriteDb, staffId: number, isActive: boolean, at: UtcMs): void {
  db.run(
    'UPDATE staff SET is_active = ?, disabled_at = ? WHERE id = ?',
    isActive ? 1 : 0,
    isActive ? null : at,
    staffId,
  );
  setApproval(db, staffId, null);
}

export type Approval = { readonly capCents: number; readonly dayCapCents: number };

/** How much a manager may send back; null = nothing. */
export function setApproval(db: WriteDb, staffId: number, approval: Approval | null): void {
  db.run(
    'UPDATE staff SET is_approver = ?, cap_cents = ?, day_cap_cents = ? WHERE id = ?',
    approval === null ? 0 : 1,
    approval?.capCents ?? null,
    approval?.dayCapCents ?? null,
    staffId,
  );
}

export function selectApproval(db: ReadDb, staffId: number): Approval | null {
  return (
    db.get<Approval>(
      'SELECT cap_cents AS capCents, day_cap_cents AS dayCapCents FROM staff WHERE id = ? AND is_approver = 1',
      staffId,
    ) ?? null
  );
}
