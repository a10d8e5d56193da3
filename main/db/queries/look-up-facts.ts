import type {
  ForeignConfirmation,
  KnownMovement,
  KnownReversal,
  NamedBy,
  NearMiss,
  Source,
  UsedFor,
} from '#shared/domain/look-up/facts.ts';
import { hidePhones } from '#shared/domain/party.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { ReadDb } from '../ledger.ts';
import { NOTICE_SOURCE } from './sightings.ts';

type MovementRow = Omit<KnownMovement, 'party' | 'isSettled' | 'sources'> & {
  readonly importId: number;
  readonly phone: string | null;
  readonly code: string | null;
  readonly name: string | null;
};

/** What the books have under a receipt, with everything that showed it. */
export function selectKnownMovements(db: ReadDb, receipt: string): KnownMovement[] {
  const rows = db.all<MovementRow>(
    `SELECT m.id, t.name AS till, m.amount_cents AS amount, m.completed_at AS at, m.time_precision AS precision,
            m.direction, m.kind, m.status, m.import_id AS importId, m.party_phone AS phone, m.party_code AS code,
            m.party_name AS name
       FROM live_movements m JOIN tills t ON t.id = m.till_id WHERE m.receipt = ? ORDER BY m.id LIMIT 20`,
    receipt,
  );
  return rows.map(({ importId, phone, code, name, ...row }) => ({
    ...row,
    party: { phone, code, name },
    isSettled: importId !== NOTICE_SOURCE,
    sources: selectSources(db, row.id),
  }));
}

/** A file vouches up to what it covers, and never for longer than it has been here. */
function selectSources(db: ReadDb, movementId: number): Source[] {
  const lines = db.all<{ at: UtcMs; file: string; row: number }>(
    `SELECT i.file_name AS file, l.row, min(i.started_at, coalesce(a.covered_to, i.covered_to, i.report_at, i.started_at)) AS at
       FROM statement_lines l JOIN imports i ON i.id = l.import_id JOIN movements m ON m.id = l.movement_id
       LEFT JOIN import_accounts a ON a.import_id = i.id AND a.account_id = m.account_id
      WHERE l.movement_id = ? AND i.state = 'done' GROUP BY l.import_id, l.row ORDER BY i.id LIMIT 20`,
    movementId,
  );
  const seen = db.all<Pick<Source, 'kind' | 'channel' | 'at'>>(
    'SELECT kind, channel, last_at AS at FROM sightings WHERE movement_id = ? ORDER BY kind',
    movementId,
  );
  return [
    ...lines.map((line): Source => ({ kind: 'statement-line', channel: 'file', ...line })),
    ...seen.map((sighting): Source => ({ ...sighting, file: null, row: null })),
  ];
}

/** What sent it back: movements that are linked so, or that name it themselves. */
export function selectReversalsOf(db: ReadDb, receipt: string): KnownReversal[] {
  return db.all<KnownReversal>(
    `SELECT r.receipt, r.amount_cents AS amount, r.completed_at AS at FROM live_movements r WHERE r.id IN (
       SELECT first.movement_id FROM live_movements m
         JOIN link_items mine ON mine.movement_id = m.id AND mine.kind = 'reversal-of' AND mine.is_active = 1
         JOIN link_items first ON first.link_id = mine.link_id AND first.position = 0
        WHERE m.receipt = ? AND mine.position > 0
       UNION SELECT n.id FROM live_movements n
        WHERE n.linked_receipt = ? AND n.kind = 'reversal' AND n.status = 'completed')
      ORDER BY r.id LIMIT 20`,
    receipt,
    receipt,
  );
}

export function selectUsedFor(db: ReadDb, receipt: string): UsedFor[] {
  const rows = db.all<UsedFor & { how: string }>(
    `SELECT s.id AS saleId, s.reference AS name, s.amount_cents AS amount, l.made_at AS linkedAt, l.how,
            p.name AS by
       FROM live_movements m
       JOIN link_items mine ON mine.movement_id = m.id AND mine.kind = 'sale' AND mine.is_active = 1
       JOIN links l ON l.id = mine.link_id JOIN staff p ON p.id = l.made_by
       JOIN link_items other ON other.link_id = l.id AND other.sale_id IS NOT NULL
       JOIN sales s ON s.id = other.sale_id
      WHERE m.receipt = ? ORDER BY s.id LIMIT 50`,
    receipt,
  );
  return rows.map(({ how, by, name, ...row }) => ({
    ...row,
    name: hidePhones(name),
    by: how === 'auto' ? 'Daftari' : by,
  }));
}

export function selectSalesNaming(db: ReadDb, receipt: string): NamedBy[] {
  return db
    .all<NamedBy>(
      `SELECT id AS saleId, reference AS name, amount_cents AS amount FROM live_sales
        WHERE receipt = ? AND status = 'closed' AND kind = 'sale' ORDER BY id LIMIT 50`,
      receipt,
    )
    .map((sale) => ({ ...sale, name: hidePhones(sale.name) }));
}

/** Notices of a payment with this receipt to numbers that are not ours. */
export function selectForeign(db: ReadDb, receipt: string): ForeignConfirmation[] {
  return db.all<ForeignConfirmation>(
    `SELECT taken_at AS at, short_code AS shortCode, amount_cents AS amount FROM callbacks
      WHERE receipt = ? AND kind = 'confirmation' AND movement_id IS NULL AND short_code IS NOT NULL
        AND amount_cents IS NOT NULL AND outcome <> 'suspicious'
        AND short_code NOT IN (SELECT number FROM till_numbers) ORDER BY id LIMIT 20`,
    receipt,
  );
}

/** Customers' payments under any of the receipts. */
export function selectNear(db: ReadDb, receipts: readonly string[]): NearMiss[] {
  return db.all<NearMiss>(
    `SELECT m.id, m.receipt, m.amount_cents AS amount, m.completed_at AS at
       FROM json_each(?) j CROSS JOIN live_movements m
      WHERE m.receipt = j.value AND m.kind = 'customer-payment' AND m.direction = 'in' AND m.status = 'completed'
      ORDER BY m.completed_at DESC LIMIT 3`,
    JSON.stringify(receipts),
  );
}

/** Earlier look-ups by people at the counter. */
export function selectShownBefore(
  db: ReadDb,
  receipt: string,
  beforeId: number,
): { readonly id: number; readonly at: UtcMs; readonly by: string; readonly staffId: number }[] {
  return db.all(
    `SELECT l.id, l.at, s.name AS by, l.staff_id AS staffId FROM look_ups l JOIN staff s ON s.id = l.staff_id
      WHERE l.receipt = ? AND l.id < ? AND l.came_as NOT IN ('row', 'notice') ORDER BY l.id DESC LIMIT 20`,
    receipt,
    beforeId,
  );
}

/** True when Pull was asked for the whole stretch for one of the numbers, and told what there was. */
export function isPulled(db: ReadDb, numbers: readonly string[], from: UtcMs, to: UtcMs): boolean {
  const found = db.get(
    `SELECT 1 FROM pulls WHERE short_code IN (SELECT value FROM json_each(?)) AND outcome IN ('rows', 'none')
        AND from_at <= ? AND to_at >= ? LIMIT 1`,
    JSON.stringify(numbers),
    from,
    to,
  );
  return found !== undefined;
}
