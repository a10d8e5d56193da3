import type { ReadDb } from '../ledger.ts';

/** How many numbers the person has been shown from `from` until before `to`, by the audit log. */
export function countReveals(
  db: ReadDb,
  staffId: number,
  { from, to }: { readonly from: number; readonly to: number },
): number {
  return (
    db.get<{ n: number }>(
      `SELECT count(*) AS n FROM audit_entries
        WHERE action = 'phone.revealed' AND staff_id = ? AND at >= ? AND at < ?`,
      staffId,
      from,
      to,
    )?.n ?? 0
  );
}
