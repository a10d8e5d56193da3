import { say } from '#shared/domain/message.ts';
import { hidePhones } from '#shared/domain/party.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { message } from '#shared/ipc/fields.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { Detail } from '#shared/ipc/views.ts';
import type { ReadDb } from '../db/ledger.ts';
import { type ClaimRow, selectClaimsOfReceipt, selectClaimsOfSale } from '../db/queries/claims.ts';
import { readPayment, readPayments, readSale } from '../db/queries/item-views.ts';
import { type StoredSighting, selectSightings } from '../db/queries/sightings.ts';
import type { Core } from './core.ts';

/** One payment or sale in full: where it comes from (file and line), what was done with it, and what goes with it. */
export function showDetail(core: Core, request: { type: 'payment' | 'sale'; id: number }): Result<Detail> {
  const db = core.ledger.read;
  return request.type === 'payment' ? paymentDetail(db, request.id) : saleDetail(db, request.id);
}

function paymentDetail(db: ReadDb, id: number): Result<Detail> {
  const payment = readPayment(db, id);
  if (!payment) return fail('ledger/not-found', say('reconcile.item-not-found'));
  const own = db.get<{ details: string; balanceCents: Detail['balanceCents'] }>(
    `SELECT w.details_template AS details, m.balance_cents AS balanceCents
       FROM movements m JOIN wordings w ON w.id = m.wording_id WHERE m.id = ?`,
    id,
  );
  const evidence = db.all<EvidenceRow>(
    `SELECT i.file_name AS fileName, i.id AS importId, l.row, i.started_at AS at
       FROM statement_lines l JOIN imports i ON i.id = l.import_id WHERE l.movement_id = ? ORDER BY i.id`,
    id,
  );
  const related = db.all<{ id: number }>(
    `WITH mine AS (SELECT id, receipt, linked_receipt FROM movements WHERE id = ?),
       related AS (
         SELECT m.id, m.completed_at FROM mine CROSS JOIN movements m
          WHERE m.receipt = mine.receipt AND m.undone_at IS NULL
         UNION SELECT m.id, m.completed_at FROM mine CROSS JOIN movements m
          WHERE m.linked_receipt = mine.receipt AND m.undone_at IS NULL
         UNION SELECT m.id, m.completed_at FROM mine CROSS JOIN movements m
          WHERE m.receipt = mine.linked_receipt AND m.undone_at IS NULL)
     SELECT id FROM related WHERE id <> ? ORDER BY completed_at LIMIT 20`,
    id,
    id,
  );
  return succeed({
    payment,
    sale: null,
    details: own?.details ?? null,
    balanceCents: own?.balanceCents ?? null,
    evidence: [...evidence.map(lineEvidence), ...selectSightings(db, id).map(newsEvidence)],
    history: newestFirst([
      ...claimHistory(selectClaimsOfReceipt(db, payment.receipt)),
      ...historyOf(db, id, null),
    ]),
    related: readPayments(
      db,
      related.map((row) => row.id),
    ),
  });
}

function saleDetail(db: ReadDb, id: number): Result<Detail> {
  const sale = readSale(db, id);
  if (!sale) return fail('ledger/not-found', say('reconcile.item-not-found'));
  const evidence = db.all<EvidenceRow>(
    `SELECT i.file_name AS fileName, i.id AS importId, l.row, i.started_at AS at
       FROM sale_lines l JOIN imports i ON i.id = l.import_id WHERE l.sale_id = ? ORDER BY i.id`,
    id,
  );
  const typed: Detail['evidence'] = sale.typedAt === null ? [] : [typedEvidence(sale.typedAt)];
  return succeed({
    payment: null,
    sale,
    details: sale.description,
    balanceCents: null,
    evidence: [...evidence.map(lineEvidence), ...typed],
    history: newestFirst([
      ...saleHistory(db, id),
      ...claimHistory(selectClaimsOfSale(db, id)),
      ...historyOf(db, null, id),
    ]),
    related: readPayments(db, paymentsOf(db, id)),
  });
}

function newestFirst(history: Detail['history']): Detail['history'] {
  return history.sort((a, b) => b.at - a.at);
}

/** Who held the payment at the counter and for what, and who let it go. */
function claimHistory(claims: readonly ClaimRow[]): Detail['history'] {
  return claims.flatMap(({ at, by, receipt, saleId, saleName, note, endedAt, endedBy }) => {
    const name = hidePhones(saleName);
    const has = saleId === null ? 'none' : name === null ? 'unnamed' : 'sale';
    const held = { at, by, what: say('history.held', { receipt, has, sale: name ?? '–' }) };
    const noted = note === '' ? [] : [{ at, by, what: say('history.note', { note }) }];
    const ended = endedAt === null ? [] : [{ at: endedAt, by: endedBy ?? by, what: say('history.released') }];
    return [...ended, ...noted, held];
  });
}

/** The payments a sale is matched with. */
function paymentsOf(db: ReadDb, saleId: number): number[] {
  const rows = db.all<{ id: number }>(
    `SELECT other.movement_id AS id FROM link_items mine JOIN link_items other ON other.link_id = mine.link_id
      WHERE mine.sale_id = ? AND mine.is_active = 1 AND other.movement_id IS NOT NULL`,
    saleId,
  );
  return rows.map((row) => row.id);
}

/** Who typed, edited or voided a sale, each with when, and the note that stands with it now. */
function saleHistory(db: ReadDb, saleId: number): Detail['history'] {
  const steps = db.all<{ at: UtcMs; by: string; what: string }>(
    `SELECT s.at, p.name AS by, s.what FROM steps s JOIN staff p ON p.id = s.staff_id, json_each(s.touched, '$.sales') one
      WHERE s.action IN ('add-sale', 'edit-sale', 'void-sale') AND s.undone_at IS NULL AND one.value = ?
      ORDER BY s.id DESC LIMIT 50`,
    saleId,
  );
  const noted = db.get<{ at: UtcMs; by: string; note: string }>(
    `SELECT s.typed_at AS at, p.name AS by, s.note FROM sales s JOIN staff p ON p.id = s.typed_by
      WHERE s.id = ? AND s.note IS NOT NULL`,
    saleId,
  );
  const note = noted ? [{ at: noted.at, by: noted.by, what: say('history.note', { note: noted.note }) }] : [];
  return [...note, ...steps.map(({ at, by, what }) => ({ at, by, what: message.parse(JSON.parse(what)) }))];
}

type EvidenceRow = { fileName: string; importId: number; row: number; at: UtcMs };

type Evidence = Detail['evidence'][number];
const NO_FILE = { fileName: null, importId: null, row: null } as const;

function lineEvidence(row: EvidenceRow): Evidence {
  return { channel: 'file', kind: 'line', lastAt: null, ...row };
}

/** Where else it was seen, with the channel that brought it: what a relay carries is signed by nobody. */
function newsEvidence({ kind, channel, firstAt, lastAt }: StoredSighting): Evidence {
  return { ...NO_FILE, channel, kind, at: firstAt, lastAt: lastAt > firstAt ? lastAt : null };
}

function typedEvidence(at: UtcMs): Evidence {
  return { ...NO_FILE, channel: 'typed', kind: 'typed', at, lastAt: null };
}

/** Every link the item was ever in: joined by whom and why, and taken apart by whom. */
function historyOf(db: ReadDb, movementId: number | null, saleId: number | null): Detail['history'] {
  const links = db.all<{
    reason: string;
    madeAt: UtcMs;
    madeBy: string;
    how: string;
    endedAt: UtcMs | null;
    endedBy: string | null;
  }>(
    `SELECT l.reason, l.made_at AS madeAt, p.name AS madeBy, l.how, l.ended_at AS endedAt, e.name AS endedBy
       FROM link_items i JOIN links l ON l.id = i.link_id
       JOIN staff p ON p.id = l.made_by LEFT JOIN staff e ON e.id = l.ended_by
      WHERE i.movement_id = ? OR i.sale_id = ? ORDER BY l.id DESC LIMIT 50`,
    movementId,
    saleId,
  );
  return links.flatMap((link) => {
    const made = {
      at: link.madeAt,
      by: link.how === 'auto' ? 'Daftari' : link.madeBy,
      what: message.parse(JSON.parse(link.reason)),
    };
    const ended =
      link.endedAt === null
        ? []
        : [{ at: link.endedAt, by: link.endedBy ?? 'Daftari', what: say('history.unlinked') }];
    return [...ended, made];
  });
}
