import type { StandingClaim } from '#shared/domain/matching/types.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';

export type NewClaim = {
  readonly receipt: string;
  readonly movementId: number | null;
  readonly saleId: number | null;
  readonly note: string;
  readonly at: UtcMs;
  readonly staffId: number;
};

export type ClaimRow = {
  readonly id: number;
  readonly receipt: string;
  readonly at: UtcMs;
  readonly by: string;
  readonly staffId: number;
  readonly saleId: number | null;
  readonly saleName: string | null;
  readonly note: string;
  readonly endedAt: UtcMs | null;
  readonly endedBy: string | null;
};

export function insertClaim(db: WriteDb, claim: NewClaim): number {
  return db.run(
    'INSERT INTO claims (receipt, movement_id, sale_id, note, at, staff_id) VALUES (?, ?, ?, ?, ?, ?)',
    claim.receipt,
    claim.movementId,
    claim.saleId,
    claim.note,
    claim.at,
    claim.staffId,
  ).lastId;
}

/** False when it had ended before. */
export function endClaim(db: WriteDb, claimId: number, staffId: number, at: UtcMs | number): boolean {
  const ended = db.run(
    'UPDATE claims SET ended_at = ?, ended_by = ? WHERE id = ? AND ended_at IS NULL',
    at,
    staffId,
    claimId,
  );
  return ended.changes > 0;
}

/** Makes an ended claim stand again; not when somebody has held the payment anew since. */
export function reviveClaim(db: WriteDb, claimId: number): 'back' | 'taken' {
  const taken = db.get(
    `SELECT 1 FROM claims mine JOIN claims other ON other.receipt = mine.receipt AND other.ended_at IS NULL
      WHERE mine.id = ?`,
    claimId,
  );
  if (taken) return 'taken';
  db.run('UPDATE claims SET ended_at = NULL, ended_by = NULL WHERE id = ?', claimId);
  return 'back';
}

const CLAIM = `
  SELECT c.id, c.receipt, c.at, p.name AS by, c.staff_id AS staffId, c.sale_id AS saleId, s.reference AS saleName,
         c.note, c.ended_at AS endedAt, e.name AS endedBy
    FROM claims c JOIN staff p ON p.id = c.staff_id LEFT JOIN staff e ON e.id = c.ended_by
    LEFT JOIN sales s ON s.id = c.sale_id`;

export function selectClaim(db: ReadDb, claimId: number): ClaimRow | null {
  return db.get<ClaimRow>(`${CLAIM} WHERE c.id = ?`, claimId) ?? null;
}

/** Every claim of a receipt, ended ones too, oldest first. */
export function selectClaimsOfReceipt(db: ReadDb, receipt: string): ClaimRow[] {
  return db.all<ClaimRow>(`${CLAIM} WHERE c.receipt = ? ORDER BY c.id LIMIT 100`, receipt);
}

export function selectClaimsOfSale(db: ReadDb, saleId: number): ClaimRow[] {
  return db.all<ClaimRow>(`${CLAIM} WHERE c.sale_id = ? ORDER BY c.id LIMIT 100`, saleId);
}

/** What stands, for the matcher: a payment that a person holds for a sale. */
export function selectStandingClaims(db: ReadDb): StandingClaim[] {
  return db.all<StandingClaim>(
    'SELECT receipt, sale_id AS sale FROM claims WHERE ended_at IS NULL AND sale_id IS NOT NULL ORDER BY id',
  );
}
