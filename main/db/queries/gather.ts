import type {
  FixedLink,
  LinkKind,
  MatchInput,
  MatchLine,
  MatchSale,
  RefusedPair,
  StandingClaim,
} from '#shared/domain/matching/types.ts';
import { isTillNumber } from '#shared/domain/sales/identity.ts';
import { addDays, type BusinessDay } from '#shared/domain/time.ts';
import type { ReadDb } from '../ledger.ts';
import { selectStandingClaims } from './claims.ts';
import { selectActiveRules } from './rules.ts';
import { NOTICE_SOURCE } from './sightings.ts';
import { selectSaidReversed } from './status-answers.ts';

export type Gathered = {
  readonly input: MatchInput;
  /** The items that belong to the days asked for; the others are there for context. */
  readonly coreLines: number[];
  readonly coreSales: number[];
};

/**
 * A payment that went back pays for nothing, also while only Safaricom's answer says so and no statement shows it. What
 * was given in cash is another's money: its payment stays paid.
 */
const STATUS = `CASE WHEN m.kind = 'customer-payment' AND EXISTS (
    SELECT 1 FROM reversals r WHERE r.receipt = m.receipt AND r.till_id = m.till_id AND r.state IN ('done', 'already')
       AND r.method IN ('daraja', 'by-hand'))
  THEN 'reversed' ELSE m.status END AS status`;
const LINE = `m.id, m.till_id, a.name AS account, m.receipt, m.direction, m.amount_cents, m.completed_at, m.business_day,
  m.kind, ${STATUS}, m.account_reference, m.linked_receipt, m.party_phone, m.party_code, m.party_name,
  m.balance_cents, m.import_id`;
const SALE = `s.id, s.till_id, s.till_text, s.reference, s.receipt, s.account_reference, s.amount_cents, s.sold_at, s.business_day,
  s.kind, s.tender, s.status, s.typed_by, s.phone, s.customer, s.cashier`;

/**
 * Everything the matcher needs for some days: their items, those of the day before and after, whatever from any day
 * shares a receipt with them, the links that stand, and the pairs a person refused. A link stands when a person made
 * it, or when it lies wholly outside the days asked for; the rest are found anew.
 */
export function gatherDays(db: ReadDb, from: BusinessDay, to: BusinessDay): Gathered {
  const first = addDays(from, -1);
  const last = addDays(to, 1);
  const lines = new Map<number, MatchLine>();
  const sales = new Map<number, MatchSale>();
  for (const row of db.each<LineRow>(
    `SELECT ${LINE} FROM live_movements m JOIN accounts a ON a.id = m.account_id
      WHERE m.business_day BETWEEN ? AND ?`,
    first,
    last,
  ))
    lines.set(row.id, toLine(row));
  for (const row of db.each<SaleRow>(
    `SELECT ${SALE} FROM live_sales s WHERE s.business_day BETWEEN ? AND ? AND s.status <> 'void'`,
    first,
    last,
  ))
    sales.set(row.id, toSale(row));
  addSharedReceipts(db, lines, sales);
  const claims = selectStandingClaims(db);
  addClaimed(db, claims, lines, sales);
  const isCore = (day: BusinessDay) => day >= from && day <= to;
  const coreLines = [...lines.values()].filter((line) => isCore(line.day)).map((line) => line.id);
  const coreSales = [...sales.values()].filter((sale) => isCore(sale.day)).map((sale) => sale.id);
  const fixed = standingLinks(db, lines, sales, new Set(coreLines), new Set(coreSales));
  const input = {
    lines: [...lines.values()],
    sales: [...sales.values()],
    fixed,
    refused: refusedPairs(db, lines),
    rules: selectActiveRules(db),
    claims,
    saidReversed: selectSaidReversed(db),
  };
  return { input, coreLines, coreSales };
}

/** Receipts named across days: an old receipt typed again, a reversal of last week's payment, a sale entered late. */
function addSharedReceipts(db: ReadDb, lines: Map<number, MatchLine>, sales: Map<number, MatchSale>): void {
  const present = new Set([...lines.values()].map((line) => line.receipt));
  const wanted = new Set<string>();
  for (const sale of sales.values()) if (sale.receipt && !present.has(sale.receipt)) wanted.add(sale.receipt);
  for (const line of lines.values())
    if (line.linkedReceipt && !present.has(line.linkedReceipt)) wanted.add(line.linkedReceipt);
  for (const row of db.all<LineRow>(
    `SELECT ${LINE} FROM json_each(?) j CROSS JOIN live_movements m JOIN accounts a ON a.id = m.account_id
      WHERE m.receipt = j.value`,
    JSON.stringify([...wanted]),
  ))
    lines.set(row.id, toLine(row));
  const paid = [...lines.values()].filter((line) => line.kind === 'customer-payment');
  for (const row of db.all<SaleRow>(
    `SELECT ${SALE} FROM json_each(?) j CROSS JOIN live_sales s WHERE s.receipt = j.value AND s.status <> 'void'`,
    JSON.stringify([...new Set(paid.map((line) => line.receipt))]),
  ))
    if (!sales.has(row.id)) sales.set(row.id, toSale(row));
}

/** What is held at the counter joins two days: the sale of a payment that is here, and the payment of a sale. */
function addClaimed(
  db: ReadDb,
  claims: readonly StandingClaim[],
  lines: Map<number, MatchLine>,
  sales: Map<number, MatchSale>,
): void {
  if (claims.length === 0) return;
  const present = new Set([...lines.values()].map((line) => line.receipt));
  const receipts = claims.filter(({ receipt, sale }) => sales.has(sale) && !present.has(receipt));
  const sold = claims.filter(({ receipt, sale }) => present.has(receipt) && !sales.has(sale));
  for (const row of db.all<LineRow>(
    `SELECT ${LINE} FROM json_each(?) j CROSS JOIN live_movements m JOIN accounts a ON a.id = m.account_id
      WHERE m.receipt = j.value`,
    JSON.stringify(receipts.map(({ receipt }) => receipt)),
  ))
    lines.set(row.id, toLine(row));
  for (const row of db.all<SaleRow>(
    `SELECT ${SALE} FROM json_each(?) j CROSS JOIN live_sales s WHERE s.id = j.value AND s.status <> 'void'`,
    JSON.stringify(sold.map(({ sale }) => sale)),
  ))
    sales.set(row.id, toSale(row));
}

function standingLinks(
  db: ReadDb,
  lines: ReadonlyMap<number, MatchLine>,
  sales: ReadonlyMap<number, MatchSale>,
  coreLines: ReadonlySet<number>,
  coreSales: ReadonlySet<number>,
): FixedLink[] {
  const rows = db.lists<LinkItemRow>(
    `SELECT l.id, l.kind, l.how, i.movement_id, i.sale_id
       FROM (SELECT m.link_id FROM json_each(?) j CROSS JOIN link_items m
              WHERE m.movement_id = j.value AND m.is_active = 1
             UNION SELECT s.link_id FROM json_each(?) j CROSS JOIN link_items s
              WHERE s.sale_id = j.value AND s.is_active = 1) t
       CROSS JOIN links l CROSS JOIN link_items i
      WHERE l.id = t.link_id AND i.link_id = l.id ORDER BY l.id, i.position`,
    JSON.stringify([...lines.keys()]),
    JSON.stringify([...sales.keys()]),
  );
  return groupLinks(rows)
    .filter((link) => {
      const touchesCore =
        link.lines.some((line) => coreLines.has(line)) || link.sales.some((sale) => coreSales.has(sale));
      return link.how !== 'auto' || !touchesCore;
    })
    .map(({ kind, lines: own, sales: sold }) => ({ kind, lines: own, sales: sold }));
}

type LinkItemRow = [
  id: number,
  kind: LinkKind,
  how: string,
  movementId: number | null,
  saleId: number | null,
];
type GatheredLink = {
  readonly kind: LinkKind;
  readonly how: string;
  readonly lines: number[];
  readonly sales: number[];
};

function groupLinks(rows: readonly LinkItemRow[]): GatheredLink[] {
  const links = new Map<number, GatheredLink>();
  for (const [id, kind, how, line, sale] of rows) {
    const link = links.get(id) ?? { kind, how, lines: [], sales: [] };
    if (line !== null) link.lines.push(line);
    if (sale !== null) link.sales.push(sale);
    links.set(id, link);
  }
  return [...links.values()];
}

function refusedPairs(db: ReadDb, lines: ReadonlyMap<number, MatchLine>): RefusedPair[] {
  return db
    .all<{ movement_id: number; sale_id: number }>(
      'SELECT movement_id, sale_id FROM refused_pairs WHERE ended_at IS NULL',
    )
    .filter((pair) => lines.has(pair.movement_id))
    .map((pair) => ({ line: pair.movement_id, sale: pair.sale_id }));
}

type LineRow = {
  id: number;
  till_id: number;
  account: string;
  receipt: string;
  direction: MatchLine['direction'];
  amount_cents: MatchLine['amountCents'];
  completed_at: MatchLine['at'];
  business_day: BusinessDay;
  kind: MatchLine['kind'];
  status: MatchLine['status'];
  account_reference: string | null;
  linked_receipt: string | null;
  party_phone: string | null;
  party_code: string | null;
  party_name: string | null;
  balance_cents: MatchLine['amountCents'] | null;
  import_id: number;
};

function toLine(row: LineRow): MatchLine {
  return {
    id: row.id,
    till: String(row.till_id),
    account: row.account,
    receipt: row.receipt,
    direction: row.direction,
    amountCents: row.amount_cents,
    at: row.completed_at,
    day: row.business_day,
    kind: row.kind,
    status: row.status,
    accountReference: row.account_reference,
    linkedReceipt: row.linked_receipt,
    party: { phone: row.party_phone, code: row.party_code, name: row.party_name },
    balanceCents: row.balance_cents,
    isReported: row.import_id === NOTICE_SOURCE,
  };
}

type SaleRow = {
  id: number;
  till_id: number | null;
  till_text: string | null;
  reference: string | null;
  receipt: string | null;
  account_reference: string | null;
  amount_cents: MatchSale['amountCents'];
  sold_at: MatchSale['at'];
  business_day: BusinessDay;
  kind: MatchSale['kind'];
  tender: MatchSale['tender'];
  status: string;
  typed_by: number | null;
  phone: string | null;
  customer: string | null;
  cashier: string | null;
};

/** A number that nobody has called ours matches no till of ours; the shop's own name for a till says nothing. */
function tillOfSale({ till_id, till_text }: SaleRow): string | null {
  if (till_id !== null) return String(till_id);
  return till_text !== null && isTillNumber(till_text) ? `unknown:${till_text}` : null;
}

function toSale(row: SaleRow): MatchSale {
  return {
    id: row.id,
    till: tillOfSale(row),
    reference: row.reference,
    receipt: row.receipt,
    accountReference: row.account_reference,
    amountCents: row.amount_cents,
    at: row.sold_at,
    day: row.business_day,
    kind: row.kind,
    tender: row.tender,
    isCancelled: row.status === 'cancelled',
    isTyped: row.typed_by !== null,
    phone: row.phone,
    customer: row.customer,
    cashier: row.cashier,
  };
}
