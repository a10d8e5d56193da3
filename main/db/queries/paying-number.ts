import type { ReadDb } from '../ledger.ts';

type Paid = { readonly id: number; readonly tillId: number };

/**
 * The numbers of its till that a payment is known to have been made to: the number that a statement with it is of, the one
 * that Safaricom's notice names, and the one that a list from Safaricom was asked for. Empty = the books do not say.
 */
export function numbersPaid(db: ReadDb, { id, tillId }: Paid): string[] {
  return db
    .lists<[string]>(
      `SELECT n.number FROM till_numbers n WHERE n.till_id = ? AND n.number IN (
         SELECT a.short_code FROM statement_lines l JOIN movements m ON m.id = l.movement_id
           JOIN imports i ON i.id = l.import_id AND i.state = 'done'
           JOIN import_accounts a ON a.import_id = l.import_id AND a.account_id = m.account_id
          WHERE l.movement_id = ?
         UNION ALL
         SELECT c.short_code FROM sightings s JOIN callbacks c ON c.id = s.callback_id
          WHERE s.movement_id = ? AND s.kind = 'confirmation' AND c.kind = 'confirmation'
         UNION ALL
         SELECT c.short_code FROM sightings s JOIN api_calls c ON c.id = s.call_id
          WHERE s.movement_id = ? AND s.kind = 'pulled-row')
        ORDER BY n.number`,
      tillId,
      id,
      id,
      id,
    )
    .map(([number]) => number);
}

/**
 * The number that a payment goes back from: the one that it was made to, where the books know it. Of several, or where they
 * do not know it: one that a reversal operator is set up for, else one with an app, else the first. Null for a till without a
 * number of ours.
 */
export function payingNumber(db: ReadDb, paid: Paid): string | null {
  const known = numbersPaid(db, paid);
  const found = db.get<{ number: string }>(
    `SELECT n.number FROM till_numbers n
       LEFT JOIN credentials o ON o.short_code = n.number AND o.kind = 'reversal-operator'
       LEFT JOIN credentials a ON a.short_code = n.number AND a.kind = 'app'
      WHERE n.till_id = ? AND (? OR n.number IN (SELECT value FROM json_each(?)))
      ORDER BY o.short_code IS NULL, a.short_code IS NULL, n.number LIMIT 1`,
    paid.tillId,
    known.length === 0 ? 1 : 0,
    JSON.stringify(known),
  );
  return found?.number ?? null;
}
