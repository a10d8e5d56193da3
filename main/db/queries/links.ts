import type { Band, LinkKind, Rule } from '#shared/domain/matching/types.ts';
import type { Message } from '#shared/domain/message.ts';
import type { WriteDb } from '../ledger.ts';
import { type Anchor, anchorOf } from './anchor.ts';
import { areLive } from './live-items.ts';
import { isInLink } from './open-items.ts';

export type NewLink = {
  readonly kind: LinkKind;
  readonly lines: readonly number[];
  readonly sales: readonly number[];
  readonly rule: Rule;
  readonly band: Band | null;
  readonly why: Message;
  readonly how: 'auto' | 'accepted' | 'by-hand';
  readonly note: string | null;
  readonly anchor: Anchor;
  readonly staffId: number;
  readonly at: number;
};

/** Joins items. The unique indexes refuse an item that is already in an active link of this kind. */
export function insertLink(db: WriteDb, link: NewLink): number {
  const id = db.run(
    `INSERT INTO links (kind, rule, band, reason, how, note, till_id, business_day, at, made_at, made_by)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    link.kind,
    link.rule,
    link.band,
    JSON.stringify(link.why),
    link.how,
    link.note,
    link.anchor.tillId,
    link.anchor.day,
    link.anchor.at,
    link.at,
    link.staffId,
  ).lastId;
  let position = 0;
  for (const line of link.lines)
    db.run(
      'INSERT INTO link_items (link_id, position, kind, movement_id, is_active) VALUES (?, ?, ?, ?, 1)',
      id,
      position++,
      link.kind,
      line,
    );
  for (const sale of link.sales)
    db.run(
      'INSERT INTO link_items (link_id, position, kind, sale_id, is_active) VALUES (?, ?, ?, ?, 1)',
      id,
      position++,
      link.kind,
      sale,
    );
  return id;
}

/** Ends a link: it stays in the books, and its items are free again. Returns false when it had ended before. */
export function endLink(db: WriteDb, linkId: number, staffId: number, at: number): boolean {
  const ended = db.run(
    'UPDATE links SET ended_at = ?, ended_by = ? WHERE id = ? AND ended_at IS NULL',
    at,
    staffId,
    linkId,
  );
  if (ended.changes === 0) return false;
  db.run('UPDATE link_items SET is_active = 0 WHERE link_id = ?', linkId);
  return true;
}

/** Whether a link stands again; `gone`: an item left the books; `reversed`: its money went back; `taken`: see there. */
export type Revived = 'back' | 'gone' | 'reversed' | 'taken';

/**
 * Makes an ended link stand again, where its items stand now. Not when one of them has left the books, when its payment
 * was reversed, or when a person has joined one otherwise since. What the matcher alone joined gives way to it.
 */
export function reviveLink(db: WriteDb, linkId: number): Revived {
  const items = readLinkItems(db, linkId);
  if (!areAllInBooks(db, items)) return 'gone';
  if (items.kind === 'sale' && isInLink(db, 'reversal-of', items.lines, [])) return 'reversed';
  const rivals = db.all<{ id: number; how: string; staff: number; at: number }>(
    `SELECT DISTINCT l.id, l.how, l.made_by AS staff, l.made_at AS at FROM link_items mine
       JOIN link_items other ON other.kind = mine.kind AND other.is_active = 1
        AND (other.movement_id = mine.movement_id OR other.sale_id = mine.sale_id)
       JOIN links l ON l.id = other.link_id
      WHERE mine.link_id = ? AND l.id <> ?`,
    linkId,
    linkId,
  );
  if (rivals.some((rival) => rival.how !== 'auto')) return 'taken';
  for (const rival of rivals) endLink(db, rival.id, rival.staff, rival.at);
  const { tillId, day, at } = anchorOf(db, items);
  db.run(
    'UPDATE links SET ended_at = NULL, ended_by = NULL, till_id = ?, business_day = ?, at = ? WHERE id = ?',
    tillId,
    day,
    at,
    linkId,
  );
  db.run('UPDATE link_items SET is_active = 1 WHERE link_id = ?', linkId);
  return 'back';
}

type LinkItems = {
  readonly kind: LinkKind | null;
  readonly lines: readonly number[];
  readonly sales: readonly number[];
};

function readLinkItems(db: WriteDb, linkId: number): LinkItems {
  const items = db.all<{ kind: LinkKind; movement_id: number | null; sale_id: number | null }>(
    'SELECT kind, movement_id, sale_id FROM link_items WHERE link_id = ? ORDER BY position',
    linkId,
  );
  return {
    kind: items[0]?.kind ?? null,
    lines: items.flatMap((item) => item.movement_id ?? []),
    sales: items.flatMap((item) => item.sale_id ?? []),
  };
}

function areAllInBooks(db: WriteDb, { lines, sales }: LinkItems): boolean {
  return (
    lines.length + sales.length > 0 &&
    areLive(db, lines, sales) &&
    sales.every((id) => !db.get(`SELECT 1 FROM sales WHERE id = ? AND status IN ('void', 'cancelled')`, id))
  );
}
