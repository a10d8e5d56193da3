import type { Band, LinkKind, Rule } from '#shared/domain/matching/types.ts';
import type { Message } from '#shared/domain/message.ts';
import type { WriteDb } from '../ledger.ts';
import type { Anchor } from './anchor.ts';

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
  const ended = db.run('UPDATE links SET ended_at = ?, ended_by = ? WHERE id = ? AND ended_at IS NULL', at, staffId, linkId);
  if (ended.changes === 0) return false;
  db.run('UPDATE link_items SET is_active = 0 WHERE link_id = ?', linkId);
  return true;
}
