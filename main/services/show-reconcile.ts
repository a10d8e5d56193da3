import { say } from '#shared/domain/message.ts';
import { type Cents, cents } from '#shared/domain/money.ts';
import { readSearch } from '#shared/domain/search.ts';
import type { BusinessDay } from '#shared/domain/time.ts';
import { message } from '#shared/ipc/fields.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { PaymentView, ReconcilePage, ReconcileRow, SaleView } from '#shared/ipc/views.ts';
import type { ReadDb } from '../db/ledger.ts';
import { type Finding, readAlternatives, readFinding } from '../db/queries/findings.ts';
import { readPayments, readSales } from '../db/queries/item-views.ts';
import { readPark } from '../db/queries/parks.ts';
import { type RowFilter, type RowPlace, selectPlaces } from '../db/queries/reconcile-rows.ts';
import type { Core } from './core.ts';

export type RowsRequest = {
  readonly from: BusinessDay;
  readonly to: BusinessDay;
  readonly tillId: number | null;
  readonly tab: RowFilter['tab'];
  readonly search: string;
  readonly kinds: readonly string[];
  readonly after: string | null;
  readonly limit: number;
};

/** One page of the reconcile screen, in order of day and time, in one look: for days that are known to be few. */
export function showRows(core: Core, request: RowsRequest): Result<ReconcilePage> {
  const after = request.after === null ? null : readCursor(request.after);
  if (request.after !== null && after === null) return fail('ledger/bad-input', say('error.malformed'));
  const db = core.ledger.read;
  const { terms, amountCents } = readSearch(request.search);
  const places = selectPlaces(db, { ...request, terms, amountCents }, after, request.limit + 1);
  const shown = places.slice(0, request.limit);
  const last = shown.at(-1);
  const rows = shown.map((place) =>
    place.source === 'finding' ? findingRow(db, place) : linkRow(db, place),
  );
  return succeed({ rows, next: places.length > request.limit && last ? writeCursor(last) : null });
}

export function writeCursor(place: RowPlace): string {
  return `${place.day}:${place.at}:${place.source}:${place.id}`;
}

/** The place a cursor names; null when it was not made here. */
export function readCursor(text: string): (RowPlace & { readonly day: BusinessDay }) | null {
  const parts = /^(\d{4}-\d{2}-\d{2}):(-?\d{1,16}):(finding|link):(\d{1,16})$/.exec(text);
  if (!parts) return null;
  const [, day, at, source, id] = parts;
  return { day: day as BusinessDay, at: Number(at), source: source as RowPlace['source'], id: Number(id) };
}

function findingRow(db: ReadDb, place: RowPlace): ReconcileRow {
  const finding = readFinding(db, place.id);
  if (!finding) throw new Error(`finding ${place.id} is listed but not there`);
  const payments = readPayments(db, finding.lines);
  const sales = readSales(db, finding.sales);
  return {
    key: `finding-${finding.id}`,
    cursor: writeCursor(place),
    state: finding.isParked ? 'parked' : 'todo',
    type: finding.type,
    kind: finding.kind,
    linkKind: finding.linkKind,
    band: finding.band,
    alternatives: finding.alternatives,
    ambiguityGroup: finding.ambiguity,
    options:
      finding.ambiguity === null ? [] : readAlternatives(db, finding).map((other) => asOption(db, other)),
    why: finding.why,
    at: finding.at,
    day: finding.day,
    payments,
    sales,
    differenceCents: differenceOf(payments, sales),
    how: null,
    madeBy: null,
    parked: finding.isParked ? asPark(readPark(db, finding.lines, finding.sales)) : null,
  };
}

function asOption(db: ReadDb, finding: Finding): ReconcileRow['options'][number] {
  const { id, why, lines, sales } = finding;
  return { findingId: id, why, payments: readPayments(db, lines), sales: readSales(db, sales) };
}

function asPark(park: ReturnType<typeof readPark>): ReconcileRow['parked'] {
  return park
    ? { note: park.note, at: park.at as NonNullable<ReconcileRow['parked']>['at'], by: park.by }
    : null;
}

type LinkRow = {
  id: number;
  kind: string;
  rule: string;
  band: ReconcileRow['band'];
  reason: string;
  how: NonNullable<ReconcileRow['how']>;
  at: ReconcileRow['at'];
  day: BusinessDay;
  madeBy: string;
};

function linkRow(db: ReadDb, place: RowPlace): ReconcileRow {
  const link = db.get<LinkRow>(
    `SELECT l.id, l.kind, l.rule, l.band, l.reason, l.how, l.at, l.business_day AS day, s.name AS madeBy
       FROM links l JOIN staff s ON s.id = l.made_by WHERE l.id = ?`,
    place.id,
  );
  if (!link) throw new Error(`link ${place.id} is listed but not there`);
  const items = db.all<{ movement_id: number | null; sale_id: number | null }>(
    'SELECT movement_id, sale_id FROM link_items WHERE link_id = ? ORDER BY position',
    link.id,
  );
  const payments = readPayments(
    db,
    items.flatMap((item) => item.movement_id ?? []),
  );
  const sales = readSales(
    db,
    items.flatMap((item) => item.sale_id ?? []),
  );
  return {
    key: `link-${link.id}`,
    cursor: writeCursor(place),
    state: 'matched',
    type: 'link',
    kind: link.rule,
    linkKind: link.kind,
    band: link.band,
    alternatives: 1,
    ambiguityGroup: null,
    options: [],
    why: message.parse(JSON.parse(link.reason)),
    at: link.at,
    day: link.day,
    payments,
    sales,
    differenceCents: differenceOf(payments, sales),
    how: link.how,
    madeBy: link.how === 'auto' ? null : link.madeBy,
    parked: null,
  };
}

/** Payments minus sales; what went out counts against what came in. */
export function differenceOf(payments: readonly PaymentView[], sales: readonly SaleView[]): Cents {
  let difference = 0;
  for (const payment of payments)
    difference += payment.direction === 'in' ? payment.amountCents : -payment.amountCents;
  for (const sale of sales) difference -= sale.amountCents;
  return cents(difference);
}
