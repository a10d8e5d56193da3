import type { SaleRow } from '#shared/domain/sales/types.ts';
import type { WriteDb } from '../ledger.ts';

/** Where a sale of a file belongs in our books. */
export type SalePlace = {
  readonly importId: number;
  /** `loyverse-receipts`, `generic`, or the shape of a mapped file: sales of two sources never share an identity. */
  readonly source: string;
  readonly tillId: number | null;
  readonly at: number;
};

export type RecordedSale =
  | { readonly became: 'new' | 'known'; readonly saleId: number }
  | { readonly became: 'changed'; readonly saleId: number };

type Known = {
  id: number;
  amount_cents: number;
  sold_at: number | null;
  kind: string;
  status: string;
  receipt: string | null;
  import_id: number | null;
  typed_by: number | null;
};

/** Records one sale of a file, or its line as evidence of a known one; a known sale that differs goes to review. */
export function recordSale(db: WriteDb, sale: SaleRow, place: SalePlace): RecordedSale {
  const identity = saleIdentity(sale, place);
  const known = db.get<Known>(
    `SELECT id, amount_cents, sold_at, kind, status, receipt, import_id, typed_by FROM sales
      WHERE identity = ? AND occurrence = ? AND undone_at IS NULL`,
    identity,
    sale.occurrence,
  );
  if (!known) {
    const saleId = insertSale(db, sale, place, identity);
    attachSaleLine(db, place.importId, sale.row, saleId);
    return { became: 'new', saleId };
  }
  if (isChanged(known, sale)) {
    db.run(
      `INSERT INTO reviews (kind, import_id, row, sale_id, incoming, at) VALUES ('changed-sale', ?, ?, ?, ?, ?)`,
      place.importId,
      sale.row,
      known.id,
      JSON.stringify({ sale, place }),
      place.at,
    );
    return { became: 'changed', saleId: known.id };
  }
  attachSaleLine(db, place.importId, sale.row, known.id);
  return { became: 'known', saleId: known.id };
}

function attachSaleLine(db: WriteDb, importId: number, row: number, saleId: number): void {
  db.run('INSERT INTO sale_lines (import_id, row, sale_id) VALUES (?, ?, ?)', importId, row, saleId);
}

/**
 * Source, till, day, reference and tender; without a reference the time, the amount and the cashier take its place.
 * The day belongs to it because many tills start their receipt numbers again every morning (ADR 0008).
 */
export function saleIdentity(sale: SaleRow, place: Pick<SalePlace, 'source' | 'tillId'>): string {
  const base = [
    place.source,
    place.tillId,
    sale.day,
    sale.kind === 'day-total' ? 'total' : 'sale',
    sale.tender,
  ];
  const own =
    sale.reference === null
      ? [null, sale.soldAt, sale.amountCents, sale.cashier?.slice(0, 80) ?? null]
      : [sale.reference];
  return JSON.stringify([...base, ...own]).slice(0, 400);
}

function isChanged(known: Known, sale: SaleRow): boolean {
  // What a person corrected stands until a person decides otherwise; a file that still has the old values is no news.
  if (known.typed_by !== null) return false;
  return (
    known.amount_cents !== sale.amountCents ||
    known.sold_at !== sale.soldAt ||
    known.kind !== sale.kind ||
    known.status !== sale.status ||
    known.receipt !== sale.receipt
  );
}

function insertSale(db: WriteDb, sale: SaleRow, place: SalePlace, identity: string): number {
  return db.run(
    `INSERT INTO sales (source, till_id, reference, tender, occurrence, identity, sold_at, business_day, amount_cents,
       kind, status, receipt, account_reference, phone, customer, cashier, description, import_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    place.source,
    place.tillId,
    sale.reference?.slice(0, 100) ?? null,
    sale.tender,
    sale.occurrence,
    identity,
    sale.soldAt,
    sale.day,
    sale.amountCents,
    sale.kind,
    sale.status,
    sale.receipt,
    sale.accountReference,
    sale.phone?.slice(0, 20) ?? null,
    sale.customer,
    sale.cashier,
    sale.description,
    place.importId,
  ).lastId;
}
