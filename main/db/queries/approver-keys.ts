import type { UtcMs } from '#shared/domain/time.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';

export type ApproverKeyRow = {
  readonly publicKey: Buffer;
  readonly salt: Buffer;
  readonly wrapped: Buffer;
};

/** Who may send money back now, and what of the reversal operator each of them can open. */
export type ApproverRow = {
  readonly staffId: number;
  readonly name: string;
  readonly publicKey: Buffer | null;
};

/** Every owner, and the managers that an owner has named; nobody who is shut out. */
export function selectApprovers(db: ReadDb): ApproverRow[] {
  return db.all<ApproverRow>(
    `SELECT s.id AS staffId, s.name, k.public_key AS publicKey
       FROM staff s LEFT JOIN approver_keys k ON k.staff_id = s.id
      WHERE s.id > 0 AND s.is_active = 1 AND (s.role = 'owner' OR (s.role = 'manager' AND s.is_approver = 1))
      ORDER BY s.id`,
  );
}

export function mayApprove(db: ReadDb, staffId: number): boolean {
  return selectApprovers(db).some((approver) => approver.staffId === staffId);
}

export function selectApproverKey(db: ReadDb, staffId: number): ApproverKeyRow | null {
  return (
    db.get<ApproverKeyRow>(
      'SELECT public_key AS publicKey, salt, wrapped FROM approver_keys WHERE staff_id = ?',
      staffId,
    ) ?? null
  );
}

/** A person's first key, or another in its place: what was sealed to the old one goes with it. */
export function insertApproverKey(db: WriteDb, staffId: number, key: ApproverKeyRow, at: UtcMs): void {
  removeApproverKey(db, staffId);
  db.run(
    'INSERT INTO approver_keys (staff_id, public_key, salt, wrapped, made_at) VALUES (?, ?, ?, ?, ?)',
    staffId,
    key.publicKey,
    key.salt,
    key.wrapped,
    at,
  );
}

/** The same key under another password; what is sealed to it stays. */
export function rewrapStoredKey(db: WriteDb, staffId: number, key: ApproverKeyRow): void {
  db.run(
    'UPDATE approver_keys SET salt = ?, wrapped = ? WHERE staff_id = ? AND public_key = ?',
    key.salt,
    key.wrapped,
    staffId,
    key.publicKey,
  );
}

/** The key and every box that it opens. True if there was one. */
export function removeApproverKey(db: WriteDb, staffId: number): boolean {
  db.run('DELETE FROM sealed_operators WHERE staff_id = ?', staffId);
  return db.run('DELETE FROM approver_keys WHERE staff_id = ?', staffId).changes > 0;
}

/** To whom the password of a reversal operator is sealed. */
export type SealedTo = { readonly staffId: number; readonly name: string; readonly at: UtcMs };

export function selectSealedTo(db: ReadDb, shortCode: string): SealedTo[] {
  return db.all<SealedTo>(
    `SELECT o.staff_id AS staffId, s.name, o.sealed_at AS at FROM sealed_operators o JOIN staff s ON s.id = o.staff_id
      WHERE o.short_code = ? ORDER BY o.staff_id`,
    shortCode,
  );
}

export function selectBox(db: ReadDb, shortCode: string, staffId: number): Buffer | null {
  return (
    db.get<{ box: Buffer }>(
      'SELECT box FROM sealed_operators WHERE short_code = ? AND staff_id = ?',
      shortCode,
      staffId,
    )?.box ?? null
  );
}

/** The boxes of a short code, in the place of all older ones. */
export function replaceBoxes(
  db: WriteDb,
  shortCode: string,
  boxes: readonly { readonly staffId: number; readonly box: Buffer }[],
  at: UtcMs,
): void {
  db.run('DELETE FROM sealed_operators WHERE short_code = ?', shortCode);
  for (const { staffId, box } of boxes)
    db.run(
      'INSERT INTO sealed_operators (short_code, staff_id, box, sealed_at) VALUES (?, ?, ?, ?)',
      shortCode,
      staffId,
      box,
      at,
    );
}
