import type { Cents } from '#shared/domain/money.ts';
import type { Tender } from '#shared/domain/sales/types.ts';
import type { BusinessDay } from '#shared/domain/time.ts';
import type { ReadDb } from '../ledger.ts';
import type { Scope } from './findings.ts';

export type SaleFilter = Scope & {
  /** Lower case, each with a space before it; a sale with any of them is shown. None = every sale. */
  readonly terms: readonly string[];
  readonly amountCents: Cents | null;
  readonly tender: Tender | null;
  readonly typedOnly: boolean;
};

/** Where a sale stands in the list: by day, within it those without a time first, then by id. */
export type SalePlace = { readonly day: BusinessDay; readonly at: number | null; readonly id: number };

/** Before every instant that a sale can have. */
const NO_TIME = -1;

/** The places of sales after `after`, undone and void ones among them: they stay visible. */
export function selectSalePlaces(
  db: ReadDb,
  filter: SaleFilter,
  after: SalePlace | null,
  limit: number,
): SalePlace[] {
  const terms = JSON.stringify(filter.terms);
  return db.all<SalePlace>(
    `SELECT s.id, s.business_day AS day, s.sold_at AS at FROM sales s JOIN sale_words w ON w.id = s.id
      WHERE s.business_day BETWEEN ? AND ?
        AND (s.business_day > ? OR (coalesce(s.sold_at, -1), s.id) > (?, ?))
        AND coalesce(s.import_id, 0) IS NOT (SELECT id FROM imports WHERE state = 'running')
        AND (? IS NULL OR s.till_id IS NULL OR s.till_id = ?) AND (? IS NULL OR s.tender = ?)
        AND (? = 0 OR s.typed_by IS NOT NULL)
        AND (? = '[]' OR w.amount_cents = ?
          OR EXISTS (SELECT 1 FROM json_each(?) term WHERE instr(w.words, term.value) > 0))
      ORDER BY s.business_day, s.sold_at, s.id LIMIT ?`,
    after?.day ?? filter.from,
    filter.to,
    after?.day ?? '',
    after ? (after.at ?? NO_TIME) : Number.MIN_SAFE_INTEGER,
    after?.id ?? 0,
    filter.tillId,
    filter.tillId,
    filter.tender,
    filter.tender,
    filter.typedOnly ? 1 : 0,
    terms,
    filter.amountCents,
    terms,
    limit,
  );
}

export type SaleTotals = {
  readonly count: number;
  readonly mpesa: number;
  readonly other: number;
  readonly refund: number;
};

/**
 * What the listed sales come to, in cents: those that count (closed, not undone). Day totals are left out: they
 * repeat what single sales may already say.
 */
export function totalListedSales(db: ReadDb, filter: SaleFilter): SaleTotals {
  const isNarrowed = filter.terms.length > 0 || filter.typedOnly;
  return isNarrowed ? totalFoundSales(db, filter) : totalDays(db, filter);
}

/** From the totals of the days (ADR 25): a year as quickly as a day. Till 0 is any till. */
function totalDays(db: ReadDb, { from, to, tillId, tender }: SaleFilter): SaleTotals {
  const row = db.get<SaleTotals>(
    `SELECT coalesce(sum(items), 0) AS count,
            coalesce(sum(CASE WHEN kind = 'sale' AND tender = 'mpesa' THEN cents END), 0) AS mpesa,
            coalesce(sum(CASE WHEN kind = 'sale' AND tender <> 'mpesa' THEN cents END), 0) AS other,
            coalesce(sum(CASE WHEN kind = 'refund' THEN cents END), 0) AS refund
       FROM sale_days
      WHERE business_day BETWEEN ? AND ? AND (? IS NULL OR till_id IN (0, ?)) AND (? IS NULL OR tender = ?)
        AND import_id IS NOT (SELECT id FROM imports WHERE state = 'running')`,
    from,
    to,
    tillId,
    tillId,
    tender,
    tender,
  );
  return row ?? NO_TOTALS;
}

function totalFoundSales(db: ReadDb, filter: SaleFilter): SaleTotals {
  const terms = JSON.stringify(filter.terms);
  const row = db.get<SaleTotals>(
    `SELECT count(*) AS count,
            coalesce(sum(CASE WHEN s.kind = 'sale' AND s.tender = 'mpesa' THEN s.amount_cents END), 0) AS mpesa,
            coalesce(sum(CASE WHEN s.kind = 'sale' AND s.tender <> 'mpesa' THEN s.amount_cents END), 0) AS other,
            coalesce(sum(CASE WHEN s.kind = 'refund' THEN s.amount_cents END), 0) AS refund
       FROM live_sales s JOIN sale_words w ON w.id = s.id
      WHERE s.business_day BETWEEN ? AND ? AND s.status = 'closed' AND s.kind <> 'day-total'
        AND (? IS NULL OR s.till_id IS NULL OR s.till_id = ?) AND (? IS NULL OR s.tender = ?)
        AND (? = 0 OR s.typed_by IS NOT NULL)
        AND (? = '[]' OR w.amount_cents = ?
          OR EXISTS (SELECT 1 FROM json_each(?) term WHERE instr(w.words, term.value) > 0))`,
    filter.from,
    filter.to,
    filter.tillId,
    filter.tillId,
    filter.tender,
    filter.tender,
    filter.typedOnly ? 1 : 0,
    terms,
    filter.amountCents,
    terms,
  );
  return row ?? NO_TOTALS;
}

const NO_TOTALS: SaleTotals = { count: 0, mpesa: 0, other: 0, refund: 0 };

/** The row of the reconcile screen that holds a sale, and whether it is a link. Null: no row shows it. */
export function rowOfSale(
  db: ReadDb,
  saleId: number,
): { readonly key: string; readonly isLink: boolean } | null {
  const link = db.get<{ id: number }>(
    `SELECT link_id AS id FROM link_items
      WHERE sale_id = ? AND is_active = 1 AND kind IN ('sale', 'day-total') ORDER BY kind DESC LIMIT 1`,
    saleId,
  );
  if (link) return { key: `link-${link.id}`, isLink: true };
  // Of several equally good answers only the first has a row.
  const finding = db.get<{ id: number }>(
    `SELECT head.id FROM finding_items i JOIN findings f ON f.id = i.finding_id
       JOIN findings head ON head.is_head = 1 AND (head.id = f.id OR head.ambiguity = f.ambiguity)
      WHERE i.sale_id = ? ORDER BY head.id LIMIT 1`,
    saleId,
  );
  return finding ? { key: `finding-${finding.id}`, isLink: false } : null;
}
