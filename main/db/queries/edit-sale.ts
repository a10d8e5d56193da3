import { z } from 'zod';
import type { Cents } from '#shared/domain/money.ts';
import type { BusinessDay, UtcMs } from '#shared/domain/time.ts';
import { businessDay, cents, saleKind, tender, utcMs } from '#shared/ipc/fields.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';

const text = z.string().nullable();

/** Everything of a sale that a person or a newer file can change. Its identity and its evidence are not among it. */
export const saleFields = z.object({
  tillId: z.number().int().nullable(),
  tillText: text,
  reference: text,
  tender,
  soldAt: utcMs.nullable(),
  soldPrecision: z.enum(['second', 'minute', 'day']),
  day: businessDay,
  amountCents: cents,
  kind: saleKind,
  status: z.enum(['closed', 'cancelled', 'open', 'void']),
  receipt: text,
  accountReference: text,
  phone: text,
  customer: text,
  cashier: text,
  description: text,
  note: text,
  typedBy: z.number().int().nullable(),
  typedAt: utcMs.nullable(),
  isAfterPayment: z.union([z.literal(0), z.literal(1)]),
});
export type SaleFields = z.infer<typeof saleFields>;

/** What a live sale says now; null when the id names none. */
export function readSaleFields(db: ReadDb, saleId: number): SaleFields | null {
  const row = db.get(
    `SELECT till_id AS tillId, till_text AS tillText, reference, tender, sold_at AS soldAt,
            sold_precision AS soldPrecision, business_day AS day, amount_cents AS amountCents,
            kind, status, receipt, account_reference AS accountReference, phone, customer, cashier, description, note,
            typed_by AS typedBy, typed_at AS typedAt, is_after_payment AS isAfterPayment
       FROM live_sales WHERE id = ?`,
    saleId,
  );
  return row === undefined ? null : saleFields.parse(row);
}

export function updateSale(db: WriteDb, saleId: number, sale: SaleFields): void {
  db.run(
    `UPDATE sales SET till_id = ?, till_text = ?, reference = ?, tender = ?, sold_at = ?, sold_precision = ?,
       business_day = ?, amount_cents = ?, kind = ?, status = ?, receipt = ?, account_reference = ?, phone = ?, customer = ?, cashier = ?, description = ?, note = ?,
       typed_by = ?, typed_at = ?, is_after_payment = ? WHERE id = ?`,
    sale.tillId,
    sale.tillText,
    sale.reference,
    sale.tender,
    sale.soldAt,
    sale.soldPrecision,
    sale.day,
    sale.amountCents,
    sale.kind,
    sale.status,
    sale.receipt,
    sale.accountReference,
    sale.phone,
    sale.customer,
    sale.cashier,
    sale.description,
    sale.note,
    sale.typedBy,
    sale.typedAt,
    sale.isAfterPayment,
    saleId,
  );
}

/** A sale that a person typed. `identity` is unique to it: two equal sales may well both be true. */
export function insertTypedSale(db: WriteDb, identity: string, sale: SaleFields): number {
  const saleId = db.run(
    `INSERT INTO sales (source, tender, occurrence, identity, sold_precision, business_day, amount_cents, kind, status,
       typed_by)
     VALUES ('typed', ?, 1, ?, ?, ?, ?, ?, ?, ?)`,
    sale.tender,
    identity,
    sale.soldPrecision,
    sale.day,
    sale.amountCents,
    sale.kind,
    sale.status,
    sale.typedBy,
  ).lastId;
  updateSale(db, saleId, sale);
  return saleId;
}

/** Whether the ledger already has a payment that such a sale could be written for: its receipt, or its amount that day. */
export function hasPaymentFor(
  db: ReadDb,
  sale: { receipt: string | null; day: BusinessDay; amountCents: Cents; tillId: number | null },
): boolean {
  const named = db.get(
    `SELECT 1 FROM live_movements
      WHERE receipt = ? AND kind = 'customer-payment' AND direction = 'in' AND status = 'completed' LIMIT 1`,
    sale.receipt,
  );
  if (named) return true;
  const alike = db.get(
    `SELECT 1 FROM live_movements WHERE business_day = ? AND amount_cents = ? AND (? IS NULL OR till_id = ?)
        AND kind = 'customer-payment' AND direction = 'in' AND status = 'completed' LIMIT 1`,
    sale.day,
    sale.amountCents,
    sale.tillId,
    sale.tillId,
  );
  return alike !== undefined;
}

/** Whether a person has taken a file's version of this sale at or after an instant. */
export function hasLaterDecision(db: ReadDb, saleId: number, since: UtcMs, exceptReview: number): boolean {
  const found = db.get(
    `SELECT 1 FROM reviews WHERE sale_id = ? AND state = 'applied' AND decided_at >= ? AND id <> ?`,
    saleId,
    since,
    exceptReview,
  );
  return found !== undefined;
}
