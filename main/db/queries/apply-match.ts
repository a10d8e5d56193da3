import type { MatchException, MatchResult, Proposal } from '#shared/domain/matching/types.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';
import { type AnchorDb, anchorOf } from './anchor.ts';
import { endLink, insertLink, type NewLink } from './links.ts';

/** One difference between what the matcher says now and what the ledger holds. */
export type MatchChange =
  | { readonly do: 'end-link'; readonly linkId: number }
  | { readonly do: 'drop-finding'; readonly findingId: number }
  | { readonly do: 'link'; readonly proposal: Proposal }
  | { readonly do: 'find'; readonly finding: NewFinding };

type NewFinding =
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
type Answer = {
  readonly result: MatchResult;
  readonly coreLines: readonly number[];
  readonly coreSales: readonly number[];
};

/** What must change, ends and drops first, so that no item is ever in two links of a kind. */
export function compareWithLedger(db: ReadDb, answer: Answer): MatchChange[] {
  const touched = touchedItems(answer);
  const touches = (items: Items) =>
    items.lines.some((id) => touched.lines.has(id)) || items.sales.some((id) => touched.sales.has(id));
  const wanted = new Map(
    answer.result.links.filter(touches).map((link) => [linkKey(link.kind, link), link] as const),
  );
  const ends: MatchChange[] = [];
  for (const link of autoLinksOf(db, touched)) {
    if (!wanted.delete(link.key)) ends.push({ do: 'end-link', linkId: link.id });
  }
  const drops = findingsOf(db, touched).map((findingId): MatchChange => ({ do: 'drop-finding', findingId }));
  const links = [...wanted.values()].map((proposal): MatchChange => ({ do: 'link', proposal }));
  return [...ends, ...drops, ...links, ...newFindings(answer.result, touches)];
}

/** The items of the days asked for, and whatever a finding or a link ties to them. */
function touchedItems(answer: Answer): { lines: Set<number>; sales: Set<number> } {
  const touched = { lines: new Set(answer.coreLines), sales: new Set(answer.coreSales) };
  const groups: Items[] = [...answer.result.links, ...answer.result.suggestions, ...answer.result.exceptions];
  for (let grew = true; grew; ) {
    grew = false;
    for (const { lines, sales } of groups) {
      const before = touched.lines.size + touched.sales.size;
      if (!lines.some((id) => touched.lines.has(id)) && !sales.some((id) => touched.sales.has(id))) continue;
      for (const id of lines) touched.lines.add(id);
      for (const id of sales) touched.sales.add(id);
      grew ||= touched.lines.size + touched.sales.size > before;
    }
  }
  return touched;
}

/** Kept for the books, but no question for a clerk: what Safaricom charged and where the takings were moved. */
const ASKS_NOBODY: readonly string[] = ['sweep', 'charge-of'];

function newFindings(result: MatchResult, touches: (items: Items) => boolean): MatchChange[] {
  const sizes = new Map<string, number>();
  for (const { ambiguityGroup } of result.suggestions)
    if (ambiguityGroup !== null) sizes.set(ambiguityGroup, (sizes.get(ambiguityGroup) ?? 0) + 1);
  const questions = exceptionGroups(result);
  // An ambiguity that an exception already asks about is listed there: one row is one question.
  const headed = new Set<string>(questions.values());
  const changes: MatchChange[] = [];
  for (const proposal of result.suggestions) {
    if (!touches(proposal)) continue;
    const group = proposal.ambiguityGroup;
    const isHead = !ASKS_NOBODY.includes(proposal.kind) && (group === null || !headed.has(group));
    if (group !== null) headed.add(group);
    const alternatives = group === null ? 1 : (sizes.get(group) ?? 1);
    changes.push({ do: 'find', finding: { type: 'proposal', proposal, isHead, alternatives } });
  }
  for (const exception of result.exceptions) {
    if (!touches(exception)) continue;
    const ambiguity = questions.get(exception) ?? null;
    const alternatives = ambiguity === null ? 1 : (sizes.get(ambiguity) ?? 1);
    changes.push({ do: 'find', finding: { type: 'exception', exception, ambiguity, alternatives } });
  }
  return changes;
}

/** Exceptions of a receipt used twice, with the ambiguity whose answers are all about the same items. */
function exceptionGroups(result: MatchResult): Map<MatchException, string> {
  const groups = new Map<string, { lines: Set<number>; sales: Set<number> }>();
  for (const { ambiguityGroup, lines, sales } of result.suggestions) {
    if (ambiguityGroup === null) continue;
    const items = groups.get(ambiguityGroup) ?? { lines: new Set(), sales: new Set() };
    for (const id of lines) items.lines.add(id);
    for (const id of sales) items.sales.add(id);
    groups.set(ambiguityGroup, items);
  }
  const questions = new Map<MatchException, string>();
  for (const exception of result.exceptions) {
    if (exception.kind !== 'receipt-used-twice') continue;
    for (const [group, items] of groups) {
      const isInside =
        [...items.lines].every((id) => exception.lines.includes(id)) &&
        [...items.sales].every((id) => exception.sales.includes(id));
      if (isInside) questions.set(exception, group);
    }
  }
  return questions;
}

function linkKey(kind: string, items: Items): string {
  return `${kind}|${[...items.lines].sort(rising).join(',')}|${[...items.sales].sort(rising).join(',')}`;
}

const rising = (a: number, b: number) => a - b;

type Touched = ReturnType<typeof touchedItems>;

function autoLinksOf(db: ReadDb, touched: Touched): { id: number; key: string }[] {
  const ids = new Set<number>();
  const collect = (rows: { link_id: number }[]) => {
    for (const row of rows) ids.add(row.link_id);
  };
  for (const id of touched.lines)
    collect(
      db.all(
        `SELECT i.link_id FROM link_items i JOIN links l ON l.id = i.link_id
          WHERE i.movement_id = ? AND i.is_active = 1 AND l.how = 'auto'`,
        id,
      ),
    );
  for (const id of touched.sales)
    collect(
      db.all(
        `SELECT i.link_id FROM link_items i JOIN links l ON l.id = i.link_id
          WHERE i.sale_id = ? AND i.is_active = 1 AND l.how = 'auto'`,
        id,
      ),
    );
  return [...ids].map((id) => ({ id, key: storedKey(db, id) }));
}

function storedKey(db: ReadDb, linkId: number): string {
  const items = db.all<{ kind: string; movement_id: number | null; sale_id: number | null }>(
    'SELECT kind, movement_id, sale_id FROM link_items WHERE link_id = ?',
    linkId,
  );
  const lines = items.flatMap((item) => item.movement_id ?? []);
  const sales = items.flatMap((item) => item.sale_id ?? []);
  return linkKey(items[0]?.kind ?? '', { lines, sales });
}

function findingsOf(db: ReadDb, touched: Touched): number[] {
  const ids = new Set<number>();
  for (const id of touched.lines)
    for (const row of db.all<{ finding_id: number }>(
      'SELECT finding_id FROM finding_items WHERE movement_id = ?',
      id,
    ))
      ids.add(row.finding_id);
  for (const id of touched.sales)
    for (const row of db.all<{ finding_id: number }>(
      'SELECT finding_id FROM finding_items WHERE sale_id = ?',
      id,
    ))
      ids.add(row.finding_id);
  return [...ids];
}

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
    if (isTaken(db, change.proposal)) return;
    insertLink(db, asLink(db, change.proposal, staffId, at));
    counts.linked += 1;
  } else {
    insertFinding(db, change.finding);
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

function insertFinding(db: WriteDb, finding: NewFinding): void {
  const items = finding.type === 'proposal' ? finding.proposal : finding.exception;
  const anchor = anchorOf(db, items);
  const proposal = finding.type === 'proposal' ? finding.proposal : null;
  const id = db.run(
    `INSERT INTO findings (type, kind, link_kind, band, ambiguity, is_head, alternatives, reason, amount_cents, till_id,
       business_day, at, is_parked) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    finding.type,
    finding.type === 'proposal' ? finding.proposal.rule : finding.exception.kind,
    proposal?.kind ?? null,
    proposal?.band ?? null,
    finding.type === 'proposal' ? finding.proposal.ambiguityGroup : finding.ambiguity,
    finding.type === 'proposal' ? Number(finding.isHead) : 1,
    finding.alternatives,
    JSON.stringify(items.why),
    finding.type === 'exception' ? finding.exception.amountCents : anchor.amountCents,
    anchor.tillId,
    anchor.day,
    anchor.at,
    Number(isParked(db, items)),
  ).lastId;
  let position = 0;
  for (const line of items.lines)
    db.run(
      'INSERT INTO finding_items (finding_id, position, movement_id) VALUES (?, ?, ?)',
      id,
      position++,
      line,
    );
  for (const sale of items.sales)
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
