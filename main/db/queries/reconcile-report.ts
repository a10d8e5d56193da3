import type { Band, ExceptionKind, LinkKind, Rule } from '#shared/domain/matching/types.ts';
import type { Message } from '#shared/domain/message.ts';
import { type Cents, cents } from '#shared/domain/money.ts';
import type { Direction, MovementKind } from '#shared/domain/statement/types.ts';
import type { BusinessDay } from '#shared/domain/time.ts';
import type { ReadDb } from '../ledger.ts';

/**
 * The days a run is about, its first import, and its sales files as they were given: sales without a reference are
 * named by their row in them.
 */
export type ReportScope = {
  readonly from: BusinessDay;
  readonly to: BusinessDay;
  readonly firstImport: number;
  readonly salesFiles: SalesFiles;
};

/** What the user calls the sales files of a run, by import. */
export type SalesFiles = ReadonlyMap<number, string>;

export type ReportLine = { readonly receipt: string; readonly amountCents: Cents };
type Items = {
  readonly lines: readonly ReportLine[];
  readonly sales: readonly string[];
  readonly why: Message;
};

export type ReportLink = Items & {
  readonly kind: LinkKind;
  readonly rule: Rule;
  readonly band: Band | null;
  readonly isAutomatic: boolean;
};
export type ReportSuggestion = Items & {
  readonly rule: Rule;
  readonly band: Band;
  readonly isAmbiguous: boolean;
};
export type ReportException = Items & { readonly kind: ExceptionKind; readonly amountCents: Cents };

/** The days of everything that the imports from `firstImport` on brought or saw again; null when that is nothing. */
export function selectScope(db: ReadDb, firstImport: number, salesFiles: SalesFiles): ReportScope | null {
  const found = db.get<{ first: BusinessDay | null; last: BusinessDay | null }>(
    `SELECT min(business_day) AS first, max(business_day) AS last FROM (
       SELECT m.business_day FROM statement_lines l JOIN movements m ON m.id = l.movement_id WHERE l.import_id >= ?
       UNION ALL
       SELECT s.business_day FROM sale_lines l JOIN sales s ON s.id = l.sale_id WHERE l.import_id >= ?)`,
    firstImport,
    firstImport,
  );
  return found?.first && found.last ? { from: found.first, to: found.last, firstImport, salesFiles } : null;
}

type ItemRow = {
  id: number;
  kind: string;
  rule: string;
  band: Band | null;
  mark: string | null;
  reason: string;
  amount: Cents;
  receipt: string | null;
  amount_cents: Cents | null;
  sale_id: number | null;
  reference: string | null;
  import_id: number | null;
  row: number | null;
  is_row_shared: 0 | 1;
};

/** Where a sale first stands in the files of the run, and whether another without a reference stands in that row too. */
const SALE_NAME = `i.sale_id, s.reference, x.import_id, x.row,
  s.reference IS NULL AND EXISTS (SELECT 1 FROM imports f CROSS JOIN sale_lines y CROSS JOIN sales z
    WHERE f.id >= ? AND f.kind = 'sales' AND y.import_id = f.id AND y.row = x.row AND z.id = y.sale_id
      AND z.id <> i.sale_id AND z.reference IS NULL) AS is_row_shared`;
const SALE_PLACE = `LEFT JOIN sales s ON s.id = i.sale_id
  LEFT JOIN sale_lines x ON (x.import_id, x.row) =
    (SELECT y.import_id, y.row FROM sale_lines y WHERE y.sale_id = i.sale_id AND y.import_id >= ?
      ORDER BY y.import_id, y.row LIMIT 1)`;

/** Every link that stands, in order of time. */
export function* selectLinks(db: ReadDb, scope: ReportScope): Generator<ReportLink> {
  const { from, to, firstImport } = scope;
  const rows = db.each<ItemRow>(
    `SELECT l.id, l.kind, l.rule, l.band, l.how AS mark, l.reason, 0 AS amount, m.receipt, m.amount_cents,
            ${SALE_NAME}
       FROM links l JOIN link_items i ON i.link_id = l.id
       LEFT JOIN movements m ON m.id = i.movement_id ${SALE_PLACE}
      WHERE l.ended_at IS NULL AND l.business_day BETWEEN ? AND ?
      ORDER BY l.business_day, l.at, l.id, i.position`,
    firstImport,
    firstImport,
    from,
    to,
  );
  for (const { head, items } of groupItems(rows, scope.salesFiles)) {
    const { kind, rule, band, mark } = head;
    yield { kind: kind as LinkKind, rule: rule as Rule, band, isAutomatic: mark === 'auto', ...items };
  }
}

/** Every proposal that waits for an answer, each ambiguous alternative as its own. */
export function* selectSuggestions(db: ReadDb, scope: ReportScope): Generator<ReportSuggestion> {
  for (const { head, items } of groupItems(selectFindings(db, scope, 'proposal'), scope.salesFiles)) {
    const band: Band = head.band ?? 'possible';
    yield { rule: head.kind as Rule, band, isAmbiguous: head.mark !== null, ...items };
  }
}

export function* selectExceptions(db: ReadDb, scope: ReportScope): Generator<ReportException> {
  for (const { head, items } of groupItems(selectFindings(db, scope, 'exception'), scope.salesFiles))
    yield { kind: head.kind as ExceptionKind, amountCents: head.amount, ...items };
}

function selectFindings(
  db: ReadDb,
  { from, to, firstImport }: ReportScope,
  type: string,
): IterableIterator<ItemRow> {
  return db.each<ItemRow>(
    `SELECT f.id, f.kind, f.kind AS rule, f.band, f.ambiguity AS mark, f.reason, f.amount_cents AS amount, m.receipt,
            m.amount_cents, ${SALE_NAME}
       FROM findings f JOIN finding_items i ON i.finding_id = f.id
       LEFT JOIN movements m ON m.id = i.movement_id ${SALE_PLACE}
      WHERE f.type = ? AND f.business_day BETWEEN ? AND ?
      ORDER BY f.business_day, f.at, f.id, i.position`,
    firstImport,
    firstImport,
    type,
    from,
    to,
  );
}

/** Rows of one item each, in order, gathered into what they belong to. */
function* groupItems(
  rows: Iterable<ItemRow>,
  salesFiles: SalesFiles,
): Generator<{ head: ItemRow; items: Items }> {
  let head: ItemRow | undefined;
  let lines: ReportLine[] = [];
  let sales: string[] = [];
  for (const row of rows) {
    if (head && head.id !== row.id) {
      yield { head, items: { lines, sales, why: JSON.parse(head.reason) as Message } };
      [lines, sales] = [[], []];
    }
    head = row;
    if (row.receipt !== null && row.amount_cents !== null)
      lines.push({ receipt: row.receipt, amountCents: row.amount_cents });
    else sales.push(nameSale(row, salesFiles));
  }
  if (head) yield { head, items: { lines, sales, why: JSON.parse(head.reason) as Message } };
}

/** A sale is named by its reference, or by its row in the files of this run, and the file where two share the row. */
function nameSale(item: ItemRow, salesFiles: SalesFiles): string {
  const { reference, import_id, row, sale_id, is_row_shared } = item;
  if (reference !== null) return reference;
  if (import_id === null || row === null) return `sale-${sale_id}`;
  return is_row_shared === 1
    ? `${salesFiles.get(import_id) ?? `import-${import_id}`}:row-${row}`
    : `row-${row}`;
}

/** What moved and what was sold. Completed movements and live sales only. */
export type ReportTotals = {
  readonly paidInCents: Cents;
  readonly payments: number;
  readonly otherInCents: Cents;
  readonly chargesCents: Cents;
  readonly reversedCents: Cents;
  readonly sweptOutCents: Cents;
  readonly otherOutCents: Cents;
  readonly salesCents: Cents;
  readonly sales: number;
  readonly matchedCents: Cents;
  readonly matched: number;
  readonly openCents: Cents;
};

export function selectTotals(db: ReadDb, scope: ReportScope): ReportTotals {
  const moved = selectMoved(db, scope);
  const sold = one(db, SOLD, scope);
  const matched = one(db, MATCHED, scope);
  const open = one(db, OPEN_PAYMENTS, scope).cents + one(db, OPEN_SALES, scope).cents;
  return {
    ...moved,
    salesCents: cents(sold.cents),
    sales: sold.count,
    matchedCents: cents(matched.cents),
    matched: matched.count,
    openCents: cents(open),
  };
}

function selectMoved(db: ReadDb, { from, to }: ReportScope) {
  const rows = db.all<{ kind: MovementKind; direction: Direction; count: number; cents: number }>(
    `SELECT kind, direction, count(*) AS count, sum(amount_cents) AS cents FROM live_movements
      WHERE status = 'completed' AND business_day BETWEEN ? AND ? GROUP BY kind, direction`,
    from,
    to,
  );
  const sumOf = (fits: (kind: MovementKind, direction: Direction) => boolean) =>
    cents(rows.reduce((sum, row) => (fits(row.kind, row.direction) ? sum + row.cents : sum), 0));
  const isPaid = (kind: MovementKind, direction: Direction) =>
    kind === 'customer-payment' && direction === 'in';
  const isOut = (wanted: MovementKind) => (kind: MovementKind, direction: Direction) =>
    kind === wanted && direction === 'out';
  return {
    paidInCents: sumOf(isPaid),
    payments: rows.find((row) => isPaid(row.kind, row.direction))?.count ?? 0,
    otherInCents: sumOf((kind, direction) => direction === 'in' && !isPaid(kind, direction)),
    chargesCents: sumOf(isOut('charge')),
    reversedCents: sumOf(isOut('reversal')),
    sweptOutCents: sumOf(isOut('sweep')),
    otherOutCents: sumOf(
      (kind, direction) => direction === 'out' && !['charge', 'reversal', 'sweep'].includes(kind),
    ),
  };
}

function one(db: ReadDb, sql: string, { from, to }: ReportScope): { count: number; cents: number } {
  const found = db.get<{ count: number; cents: number }>(sql, from, to);
  if (!found) throw new Error('a sum gave no row');
  return found;
}

/** What the shop expects in M-PESA: sales, not refunds, not day totals, not cancelled ones. */
const SOLD = `SELECT count(*) AS count, coalesce(sum(s.amount_cents), 0) AS cents FROM live_sales s
  WHERE s.tender = 'mpesa' AND s.kind = 'sale' AND s.status NOT IN ('cancelled', 'void')
    AND s.business_day BETWEEN ? AND ?`;

const MATCHED = `SELECT count(*) AS count, coalesce(sum(m.amount_cents), 0) AS cents
  FROM live_movements m JOIN link_items i ON i.movement_id = m.id AND i.kind = 'sale' AND i.is_active = 1
  JOIN links l ON l.id = i.link_id AND l.how = 'auto'
  WHERE m.kind = 'customer-payment' AND m.business_day BETWEEN ? AND ?`;

/** Paid, and explained by no link: no sale, no day total, and not sent back. */
const OPEN_PAYMENTS = `SELECT count(*) AS count, coalesce(sum(m.amount_cents), 0) AS cents FROM live_movements m
  WHERE m.kind = 'customer-payment' AND m.direction = 'in' AND m.status = 'completed'
    AND m.business_day BETWEEN ? AND ?
    AND NOT EXISTS (SELECT 1 FROM link_items i
      WHERE i.movement_id = m.id AND i.is_active = 1 AND i.kind IN ('sale', 'day-total', 'reversal-of'))`;

/** Sold in M-PESA, and paid by nothing. */
const OPEN_SALES = `SELECT count(*) AS count, coalesce(sum(s.amount_cents), 0) AS cents FROM live_sales s
  WHERE s.tender = 'mpesa' AND s.kind = 'sale' AND s.status NOT IN ('cancelled', 'void')
    AND s.business_day BETWEEN ? AND ?
    AND NOT EXISTS (SELECT 1 FROM link_items i WHERE i.sale_id = s.id AND i.is_active = 1 AND i.kind = 'sale')`;
