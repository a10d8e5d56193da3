import { isFinerTime, saleKey, saleTimesAgree } from '#shared/domain/sales/identity.ts';
import type { SaleRow } from '#shared/domain/sales/types.ts';
import type { BusinessDay, TimePrecision, UtcMs } from '#shared/domain/time.ts';
import type { WriteDb } from '../ledger.ts';
import { markDaysToMatch } from './days.ts';

/** Where a sale of a file belongs in our books. */
export type SalePlace = {
  readonly importId: number;
  /** `loyverse-receipts`, `generic`, or the shape of a mapped file: sales of two sources never share an identity. */
  readonly source: string;
  readonly tillId: number | null;
  /** By the shop's own start of the day; the file prints the calendar's. */
  readonly businessDay: BusinessDay;
  readonly at: number;
};

export type FinerTime = {
  readonly soldAt: UtcMs | null;
  readonly precision: TimePrecision;
  readonly businessDay: BusinessDay;
};

export type RecordedSale =
  | { readonly became: 'new' | 'changed'; readonly saleId: number }
  /** `finer`: the file knows its time better; that is learnt once the file is in. */
  | { readonly became: 'known'; readonly saleId: number; readonly finer: FinerTime | null };

type Known = {
  readonly id: number;
  readonly till_id: number | null;
  readonly occurrence: number;
  readonly amount_cents: number;
  readonly sold_at: UtcMs | null;
  readonly sold_precision: TimePrecision;
  readonly business_day: BusinessDay;
  readonly kind: string;
  readonly status: string;
  readonly receipt: string | null;
  readonly typed_by: number | null;
};

/** Records one sale of a file, or its line as evidence of a known one; a known sale that differs goes to review. */
export function recordSale(db: WriteDb, sale: SaleRow, place: SalePlace): RecordedSale {
  const identity = JSON.stringify([place.source, ...saleKey(sale)]);
  const known = chooseKnown(db, sale, place, identity);
  if (!known) {
    const saleId = insertSale(db, sale, place, identity, freeOccurrence(db, identity, sale.occurrence));
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
  learnTill(db, known, place);
  attachSaleLine(db, place.importId, sale.row, known.id);
  return { became: 'known', saleId: known.id, finer: finerTime(known, sale, place) };
}

const KNOWN = `SELECT id, till_id, occurrence, amount_cents, sold_at, sold_precision, business_day, kind, status, receipt,
  typed_by FROM sales`;

/** Equals that are compared when a row is not the one in its place: more than any shop sells alike in a minute. */
const MOST_EQUALS = 12;

/**
 * Which of the sales alike a row shows: the one in its place among its equals, or else the one that it changes least,
 * so that the order of the rows does not matter. No other row of the same file may have shown it already.
 */
function chooseKnown(db: WriteDb, sale: SaleRow, place: SalePlace, identity: string): Known | undefined {
  const isFree = (known: Known) => !isShownBy(db, place.importId, known.id);
  const distance = (known: Known) =>
    (isChanged(known, sale) ? 2 : 0) + (known.sold_at === sale.soldAt ? 0 : 1);
  const own = db.get<Known>(
    `${KNOWN} WHERE identity = ? AND occurrence = ? AND undone_at IS NULL`,
    identity,
    sale.occurrence,
  );
  const candidates = own && isFree(own) ? [own] : [];
  if (candidates.some((known) => distance(known) === 0)) return own;
  const others = db.all<Known>(
    `${KNOWN} WHERE identity = ? AND occurrence <> ? AND undone_at IS NULL ORDER BY occurrence LIMIT ?`,
    identity,
    sale.occurrence,
    MOST_EQUALS,
  );
  candidates.push(...others.filter(isFree));
  return candidates.toSorted((a, b) => distance(a) - distance(b))[0];
}

function isShownBy(db: WriteDb, importId: number, saleId: number): boolean {
  const found = db.get(
    `SELECT 1 FROM sale_lines WHERE sale_id = ? AND import_id = ?
     UNION ALL SELECT 1 FROM reviews WHERE sale_id = ? AND import_id = ? AND kind = 'changed-sale' LIMIT 1`,
    saleId,
    importId,
    saleId,
    importId,
  );
  return found !== undefined;
}

/** Its place among its equals in the file, unless a live sale has that: then the next after all of them. */
function freeOccurrence(db: WriteDb, identity: string, occurrence: number): number {
  const live = 'FROM sales WHERE identity = ? AND undone_at IS NULL';
  if (!db.get(`SELECT 1 ${live} AND occurrence = ?`, identity, occurrence)) return occurrence;
  return (db.get<{ last: number }>(`SELECT max(occurrence) AS last ${live}`, identity)?.last ?? 0) + 1;
}

/** Whose till it was, now that this is known: the number is ours whatever becomes of the file. */
function learnTill(db: WriteDb, known: Known, { tillId }: SalePlace): void {
  if (known.till_id !== null || tillId === null) return;
  db.run('UPDATE sales SET till_id = ? WHERE id = ?', tillId, known.id);
  markDaysToMatch(db, [known.business_day]);
}

/** The time of a known sale from a file that kept its seconds; what a person typed stands. */
function finerTime(known: Known, sale: SaleRow, place: SalePlace): FinerTime | null {
  if (known.typed_by !== null || !isFinerTime(sale.precision, known.sold_precision)) return null;
  return { soldAt: sale.soldAt, precision: sale.precision, businessDay: place.businessDay };
}

/** Gives known sales the better times of a file that is in, unless a person has changed them meanwhile. */
export function sharpenSales(db: WriteDb, times: ReadonlyMap<number, FinerTime>): void {
  const days = new Set<BusinessDay>();
  for (const [saleId, { soldAt, precision, businessDay }] of times) {
    const known = db.get<{ day: BusinessDay }>(
      'SELECT business_day AS day FROM sales WHERE id = ? AND typed_by IS NULL',
      saleId,
    );
    if (!known) continue;
    db.run(
      'UPDATE sales SET sold_at = ?, sold_precision = ?, business_day = ? WHERE id = ?',
      soldAt,
      precision,
      businessDay,
      saleId,
    );
    days.add(known.day).add(businessDay);
  }
  markDaysToMatch(db, days);
}

/** Gives the sales that name a number their till, once the number is ours; the days that must be matched again. */
export function placeWaitingSales(db: WriteDb, number: string, tillId: number): BusinessDay[] {
  const waiting = 'till_text = ? AND till_id IS NULL';
  const days = db.all<{ day: BusinessDay }>(
    `SELECT DISTINCT business_day AS day FROM sales WHERE ${waiting} AND undone_at IS NULL`,
    number,
  );
  db.run(`UPDATE sales SET till_id = ? WHERE ${waiting}`, tillId, number);
  return days.map(({ day }) => day);
}

function attachSaleLine(db: WriteDb, importId: number, row: number, saleId: number): void {
  db.run('INSERT INTO sale_lines (import_id, row, sale_id) VALUES (?, ?, ?)', importId, row, saleId);
}

function isChanged(known: Known, sale: SaleRow): boolean {
  // What a person corrected stands until a person decides otherwise; a file that still has the old values is no news.
  if (known.typed_by !== null) return false;
  return (
    known.amount_cents !== sale.amountCents ||
    !timesAgree(known, sale) ||
    known.kind !== sale.kind ||
    known.status !== sale.status ||
    known.receipt !== sale.receipt
  );
}

/** Without a reference the minute is part of what the sale is: nothing is left to differ. */
function timesAgree(known: Known, sale: SaleRow): boolean {
  if (sale.reference === null) return true;
  return saleTimesAgree({ soldAt: known.sold_at, precision: known.sold_precision }, sale);
}

function insertSale(
  db: WriteDb,
  sale: SaleRow,
  place: SalePlace,
  identity: string,
  occurrence: number,
): number {
  return db.run(
    `INSERT INTO sales (source, till_id, till_text, reference, tender, occurrence, identity, sold_at, sold_precision,
       business_day, amount_cents, kind, status, receipt, account_reference, phone, customer, cashier, description,
       import_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    place.source,
    place.tillId,
    sale.till,
    sale.reference?.slice(0, 100) ?? null,
    sale.tender,
    occurrence,
    identity,
    sale.soldAt,
    sale.precision,
    place.businessDay,
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
