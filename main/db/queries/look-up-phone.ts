import { findFullPhone } from '#shared/domain/party.ts';
import type { ReadDb } from '../ledger.ts';

/**
 * The one number behind the mask of a look-up: of the payment in the books, else of Safaricom's newest answer. Null when
 * there is no such look-up, a null `phone` when nothing has the number in full. What a pasted message says is not shown:
 * whoever pasted it has seen it.
 */
export function readLookUpPhone(db: ReadDb, lookUpId: number): { readonly phone: string | null } | null {
  const lookUp = db.get<{ receipt: string }>('SELECT receipt FROM look_ups WHERE id = ?', lookUpId);
  if (!lookUp) return null;
  const known = db.all<{ phone: string | null }>(
    `SELECT party_phone AS phone FROM live_movements WHERE receipt = ? AND kind = 'customer-payment' AND direction = 'in'`,
    lookUp.receipt,
  );
  const answered = db.all<{ phone: string | null }>(
    `SELECT payer_phone AS phone FROM status_answers WHERE receipt = ? AND is_answered = 1 ORDER BY id DESC`,
    lookUp.receipt,
  );
  const numbers = [...known, ...answered].map(({ phone }) => findFullPhone(phone, []));
  return { phone: numbers.find((phone) => phone !== null) ?? null };
}
