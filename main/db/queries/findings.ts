import type { Band, LinkKind, Rule } from '#shared/domain/matching/types.ts';
import type { Message } from '#shared/domain/message.ts';
import type { BusinessDay, UtcMs } from '#shared/domain/time.ts';
import { message } from '#shared/ipc/fields.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';

export type Finding = {
  readonly id: number;
  readonly type: 'proposal' | 'exception';
  readonly kind: string;
  readonly linkKind: LinkKind | null;
  readonly band: Band | null;
  readonly ambiguity: string | null;
  readonly alternatives: number;
  readonly why: Message;
  readonly amountCents: number;
  readonly day: BusinessDay;
  readonly at: UtcMs;
  readonly isParked: boolean;
  readonly lines: readonly number[];
  readonly sales: readonly number[];
};

type FindingRow = {
  id: number;
  type: Finding['type'];
  kind: string;
  link_kind: LinkKind | null;
  band: Band | null;
  ambiguity: string | null;
  alternatives: number;
  reason: string;
  amount_cents: number;
  business_day: BusinessDay;
  at: UtcMs;
  is_parked: number;
};

export function readFinding(db: ReadDb, id: number): Finding | null {
  const row = db.get<FindingRow>(
    `SELECT id, type, kind, link_kind, band, ambiguity, alternatives, reason, amount_cents, business_day, at, is_parked
       FROM findings WHERE id = ?`,
    id,
  );
  if (!row) return null;
  const items = db.all<{ movement_id: number | null; sale_id: number | null }>(
    'SELECT movement_id, sale_id FROM finding_items WHERE finding_id = ? ORDER BY position',
    id,
  );
  return {
    id: row.id,
    type: row.type,
    kind: row.kind,
    linkKind: row.link_kind,
    band: row.band,
    ambiguity: row.ambiguity,
    alternatives: row.alternatives,
    why: message.parse(JSON.parse(row.reason)),
    amountCents: row.amount_cents,
    day: row.business_day,
    at: row.at,
    isParked: row.is_parked === 1,
    lines: items.flatMap((item) => item.movement_id ?? []),
    sales: items.flatMap((item) => item.sale_id ?? []),
  };
}

/** The equally good answers of an ambiguity, itself among them. */
export function readAlternatives(db: ReadDb, finding: Finding): Finding[] {
  if (finding.ambiguity === null) return [finding];
  return db
    .all<{ id: number }>(
      `SELECT id FROM findings WHERE ambiguity = ? AND type = 'proposal' ORDER BY id`,
      finding.ambiguity,
    )
    .map((row) => readFinding(db, row.id))
    .filter((other) => other !== null);
}

/** The rule of a proposal; an exception has none. */
export function ruleOf(finding: Finding): Rule {
  return finding.kind as Rule;
}

/** Drops every finding that touches one of the items: a person has just answered it. */
export function dropFindingsOf(db: WriteDb, lines: readonly number[], sales: readonly number[]): void {
  for (const id of lines)
    db.run(
      'DELETE FROM findings WHERE id IN (SELECT finding_id FROM finding_items WHERE movement_id = ?)',
      id,
    );
  for (const id of sales)
    db.run('DELETE FROM findings WHERE id IN (SELECT finding_id FROM finding_items WHERE sale_id = ?)', id);
}

export type Scope = { readonly from: BusinessDay; readonly to: BusinessDay; readonly tillId: number | null };

/** Likely answers that are the only one, not parked: what "accept all" takes. */
export function selectAcceptable(db: ReadDb, scope: Scope): { id: number; amountCents: number }[] {
  return db.all<{ id: number; amountCents: number }>(
    `SELECT f.id, f.amount_cents AS amountCents FROM findings f
      WHERE f.is_head = 1 AND f.business_day BETWEEN ? AND ? AND (? IS NULL OR f.till_id = ?)
        AND f.type = 'proposal' AND f.link_kind = 'sale' AND f.band IN ('certain', 'likely')
        AND f.ambiguity IS NULL AND f.is_parked = 0
      ORDER BY f.at, f.id`,
    scope.from,
    scope.to,
    scope.tillId,
    scope.tillId,
  );
}
