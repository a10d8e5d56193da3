import type { ReadDb } from '../ledger.ts';

/** Every number of the till that a short code belongs to; the number itself when it is no till's. */
export function selectNumbersBeside(db: ReadDb, shortCode: string): string[] {
  const rows = db.lists<[string]>(
    `SELECT n.number FROM till_numbers n
      WHERE n.till_id = (SELECT till_id FROM till_numbers WHERE number = ?) ORDER BY n.number`,
    shortCode,
  );
  const numbers = rows.map(([number]) => number);
  return numbers.includes(shortCode) ? numbers : [shortCode, ...numbers];
}

/** The masked number of whoever made a payment to us, by the books; null when they do not say. */
export function readPayerOf(db: ReadDb, receipt: string): string | null {
  return (
    db.get<{ phone: string | null }>(
      `SELECT party_phone AS phone FROM movements
        WHERE receipt = ? AND direction = 'in' AND undone_at IS NULL AND party_phone IS NOT NULL ORDER BY id LIMIT 1`,
      receipt,
    )?.phone ?? null
  );
}
