import type { MatchException, Proposal } from '#shared/domain/matching/types.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';
import { type AnchorDb, anchorOf } from './anchor.ts';
import { markDaysToMatch } from './days.ts';
import { endLink, insertLink, type NewLink } from './links.ts';

/** One difference between what the matcher says now and what the ledger holds. */
export type MatchChange =
  | { readonly do: 'end-link'; readonly linkId: number }
  | { readonly do: 'drop-finding'; readonly findingId: number }
  | { readonly do: 'link'; readonly proposal: Proposal }
  | { readonly do: 'find'; readonly finding: NewFinding }
  /** Another day is touched by what changes here: it must be matched again too. */
  | { readonly do: 'match-day'; readonly day: string };

export type NewFinding =
  | {
      readonly type: 'proposal';
      readonly proposal: Proposal;
      readonly isHead: boolean;
      readonly alternatives: number;
    }
  | {
      readonly type: 'exception';
      readonly exception: MatchException;
      /** The ambiguity that this exception asks about; its answers are shown in the same row. */
      readonly ambiguity: string | null;
      readonly alternatives: number;
    };

type Items = { readonly lines: readonly number[]; readonly sales: readonly number[] };
type Counts = { linked: number; ended: number; found: number; dropped: number };

/** Writes one change. A link whose items a person took in the meantime is left out: the next matching sees it. */
export function applyChange(
  db: WriteDb,
  change: MatchChange,
  staffId: number,
  at: number,
  counts: Counts,
): void {
  if (change.do === 'end-link') {
    endLink(db, change.linkId, staffId, at);
    counts.ended += 1;
  } else if (change.do === 'drop-finding') {
    db.run('DELETE FROM findings WHERE id = ?', change.findingId);
    counts.dropped += 1;
  } else if (change.do === 'link') {
    if (isTaken(db, change.proposal) || !isLive(db, change.proposal)) return;
    insertLink(db, asLink(db, change.proposal, staffId, at));
    counts.linked += 1;
  } else if (change.do === 'match-day') {
    markDaysToMatch(db, [change.day]);
  } else {
    const { finding } = change;
    if (!isLive(db, finding.type === 'proposal' ? finding.proposal : finding.exception)) return;
    insertFinding(db, finding);
    counts.found += 1;
  }
}

function isTaken(db: ReadDb, proposal: Proposal): boolean {
  const line = proposal.lines.some((id) =>
    db.get(
      'SELECT 1 FROM link_items WHERE movement_id = ? AND kind = ? AND is_active = 1',
      id,
      proposal.kind,
    ),
  );
  const sale = proposal.sales.some((id) =>
    db.get('SELECT 1 FROM link_items WHERE sale_id = ? AND kind = ? AND is_active = 1', id, proposal.kind),
  );
  return line || sale;
}

function asLink(db: AnchorDb, proposal: Proposal, staffId: number, at: number): NewLink {
  const { kind, lines, sales, rule, band, why } = proposal;
  return {
    kind,
    lines,
    sales,
    rule,
    band,
    why,
    how: 'auto',
    note: null,
    anchor: anchorOf(db, { lines, sales }),
    staffId,
    at,
  };
}

/** A finding as the ledger keeps it, its columns in order; what it says is what tells it from another. */
export type FindingRow = Items & {
  readonly type: NewFinding['type'];
  readonly kind: string;
  readonly linkKind: string | null;
  readonly band: string | null;
  readonly ambiguity: string | null;
  readonly isHead: 0 | 1;
  readonly alternatives: number;
  readonly reason: string;
  readonly amountCents: number;
  readonly tillId: number | null;
  readonly day: string;
  readonly at: number;
  readonly isParked: 0 | 1;
};

export function asFindingRow(db: ReadDb, finding: NewFinding): FindingRow {
  const items = finding.type === 'proposal' ? finding.proposal : finding.exception;
  const anchor = anchorOf(db, items);
  const proposal = finding.type === 'proposal' ? finding.proposal : null;
  return {
    lines: items.lines,
    sales: items.sales,
    type: finding.type,
    kind: finding.type === 'proposal' ? finding.proposal.rule : finding.exception.kind,
    linkKind: proposal?.kind ?? null,
    band: proposal?.band ?? null,
    ambiguity: finding.type === 'proposal' ? finding.proposal.ambiguityGroup : finding.ambiguity,
    isHead: finding.type === 'exception' || finding.isHead ? 1 : 0,
    alternatives: finding.alternatives,
    reason: JSON.stringify(items.why),
    amountCents: finding.type === 'exception' ? finding.exception.amountCents : amountOf(db, items),
    tillId: anchor.tillId,
    day: anchor.day,
    at: anchor.at,
    isParked: isParked(db, items) ? 1 : 0,
  };
}

/** What a proposal is about in money: its payments together, or its sales where it has no payment. */
function amountOf(db: ReadDb, { lines, sales }: Items): number {
  const centsOf = (row: { cents: number } | undefined) => row?.cents ?? 0;
  let total = 0;
  for (const id of lines)
    total += centsOf(db.get('SELECT amount_cents AS cents FROM movements WHERE id = ?', id));
  if (lines.length > 0) return total;
  for (const id of sales)
    total += centsOf(db.get('SELECT amount_cents AS cents FROM sales WHERE id = ?', id));
  return total;
}

/** Everything it names still counts: an answer that was worked out before a sale was voided must not bring it back. */
function isLive(db: ReadDb, items: Items): boolean {
  return (
    items.lines.every((id) => db.get('SELECT 1 FROM live_movements WHERE id = ?', id)) &&
    items.sales.every((id) => db.get(`SELECT 1 FROM live_sales WHERE id = ? AND status <> 'void'`, id))
  );
}

function insertFinding(db: WriteDb, finding: NewFinding): void {
  const row = asFindingRow(db, finding);
  const id = db.run(
    `INSERT INTO findings (type, kind, link_kind, band, ambiguity, is_head, alternatives, reason, amount_cents, till_id,
       business_day, at, is_parked) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.type,
    row.kind,
    row.linkKind,
    row.band,
    row.ambiguity,
    row.isHead,
    row.alternatives,
    row.reason,
    row.amountCents,
    row.tillId,
    row.day,
    row.at,
    row.isParked,
  ).lastId;
  let position = 0;
  for (const line of row.lines)
    db.run(
      'INSERT INTO finding_items (finding_id, position, movement_id) VALUES (?, ?, ?)',
      id,
      position++,
      line,
    );
  for (const sale of row.sales)
    db.run(
      'INSERT INTO finding_items (finding_id, position, sale_id) VALUES (?, ?, ?)',
      id,
      position++,
      sale,
    );
}

function isParked(db: ReadDb, items: Items): boolean {
  return (
    items.lines.some((id) => db.get('SELECT 1 FROM parks WHERE movement_id = ? AND ended_at IS NULL', id)) ||
    items.sales.some((id) => db.get('SELECT 1 FROM parks WHERE sale_id = ? AND ended_at IS NULL', id))
  );
}
