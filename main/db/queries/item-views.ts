import { findFullPhone, hidePhones, maskPhone } from '#shared/domain/party.ts';
import { reversalName } from '#shared/domain/reversal/binding.ts';
import {
  type PaymentView,
  payment as paymentView,
  type SaleView,
  sale as saleView,
} from '#shared/ipc/views.ts';
import type { ReadDb, Row } from '../ledger.ts';
import { reversalToName } from './reversal-lists.ts';
import { standingOf } from './standing.ts';

const PAYMENT_SQL = `
  SELECT m.id, m.till_id AS tillId, m.receipt, m.completed_at AS at, m.time_precision AS precision, m.business_day AS day,
         m.amount_cents AS amountCents, m.direction, m.kind, m.status, m.party_phone AS phone,
         CASE m.party_name WHEN 'SP' THEN 'Safaricom' ELSE coalesce(m.party_name, m.party_code) END AS name, m.account_reference AS accountReference,
         t.name AS till, a.name AS account, m.undone_at IS NOT NULL AS isUndone, m.import_id AS importId
    FROM movements m JOIN tills t ON t.id = m.till_id JOIN accounts a ON a.id = m.account_id
   WHERE m.id = ?`;

const SALE_SQL = `
  SELECT s.id, s.reference, s.sold_at AS at, s.business_day AS day, s.amount_cents AS amountCents, s.tender, s.kind,
         s.status, s.receipt, s.account_reference AS accountReference, s.phone, s.customer, s.cashier,
         t.name AS till, s.description, p.name AS typedBy, s.typed_at AS typedAt,
         s.is_after_payment AS isAfterPayment, s.undone_at IS NOT NULL AS isUndone
    FROM sales s LEFT JOIN tills t ON t.id = s.till_id LEFT JOIN staff p ON p.id = s.typed_by
   WHERE s.id = ?`;

/**
 * A movement as the screens show it: phones are masked here, before they can reach a window, also those that stand
 * where a name or an account number belongs. On charges the portal prints `SP`, service provider, for Safaricom itself.
 */
export function readPayment(db: ReadDb, id: number): PaymentView | null {
  const row = db.get<Row>(PAYMENT_SQL, id);
  if (!row) return null;
  return paymentView.parse({
    ...row,
    phone: maskPhone(asText(row.phone)),
    hasFullPhone: fullPhoneOfPayment(row) !== null,
    name: hidePhones(asText(row.name)),
    accountReference: hidePhones(asText(row.accountReference)),
    isUndone: row.isUndone === 1,
    standing: standingOf(db, {
      id,
      importId: Number(row.importId),
      amountCents: Number(row.amountCents),
    }),
    reversal: describeReversalOf(db, row),
  });
}

/** Only a customer's payment can be asked back. */
function describeReversalOf(db: ReadDb, { kind, receipt, tillId }: Row): PaymentView['reversal'] {
  if (kind !== 'customer-payment') return null;
  const found = reversalToName(db, String(receipt), Number(tillId));
  return found && { ...found, name: reversalName(found.id) };
}

export function readSale(db: ReadDb, id: number): SaleView | null {
  const row = db.get<Row>(SALE_SQL, id);
  if (!row) return null;
  return saleView.parse({
    ...row,
    phone: maskPhone(asText(row.phone)),
    hasFullPhone: fullPhoneOfSale(row) !== null,
    reference: hidePhones(asText(row.reference)),
    accountReference: hidePhones(asText(row.accountReference)),
    customer: hidePhones(asText(row.customer)),
    description: hidePhones(asText(row.description)),
    isAfterPayment: row.isAfterPayment === 1,
    isUndone: row.isUndone === 1,
  });
}

/**
 * The one number behind a mask, for whoever reveals it: null when there is no such payment or sale, a null `phone` when
 * the books have no number in full.
 */
export function readFullPhone(
  db: ReadDb,
  type: 'payment' | 'sale',
  id: number,
): { readonly phone: string | null } | null {
  const row = db.get<Row>(type === 'payment' ? PAYMENT_SQL : SALE_SQL, id);
  if (!row) return null;
  return { phone: type === 'payment' ? fullPhoneOfPayment(row) : fullPhoneOfSale(row) };
}

function fullPhoneOfPayment(row: Row): string | null {
  return findFullPhone(asText(row.phone), [asText(row.accountReference), asText(row.name)]);
}

function fullPhoneOfSale(row: Row): string | null {
  const { reference, accountReference, customer, description } = row;
  return findFullPhone(asText(row.phone), [reference, accountReference, customer, description].map(asText));
}

function asText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

export function readPayments(db: ReadDb, ids: readonly number[]): PaymentView[] {
  return ids.map((id) => readPayment(db, id)).filter((view) => view !== null);
}

export function readSales(db: ReadDb, ids: readonly number[]): SaleView[] {
  return ids.map((id) => readSale(db, id)).filter((view) => view !== null);
}
