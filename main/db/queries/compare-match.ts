import type { MatchException, MatchResult } from '#shared/domain/matching/types.ts';
import type { ReadDb } from '../ledger.ts';
import type { MatchChange } from './apply-match.ts';
import { daysOfItems } from './open-items.ts';

type Items = { readonly lines: readonly number[]; readonly sales: readonly number[] };
type ItemSets = { readonly lines: Set<number>; readonly sales: Set<number> };
type Answer = {
  readonly result: MatchResult;
  readonly coreLines: readonly number[];
  readonly coreSales: readonly number[];
};

/**
 * What must change, ends and drops first, so that no item is ever in two links of a kind. Links wholly outside the
 * days asked for stand, as they did for the matcher; where an end frees an item of another day, that day is matched
 * again.
 */
export function compareWithLedger(db: ReadDb, answer: Answer): MatchChange[] {
  const core: ItemSets = { lines: new Set(answer.coreLines), sales: new Set(answer.coreSales) };
  const wanted = new Map(
    answer.result.links
      .filter((link) => touches(core, link))
      .map((link) => [linkKey(link.kind, link), link] as const),
  );
  const ended = autoLinksOf(db, core).filter((link) => !wanted.delete(link.key));
  const reversed = linksOfReversed(db, answer.result.exceptions);
  const links = [...wanted.values()];
  const asked = askedItems(answer.result, core, links);
  const days = new Set([
    ...ended.flatMap((link) => daysOutside(db, core, link)),
    ...contestedElsewhere(db, answer.result.exceptions, core),
  ]);
  return [
    ...[...ended, ...reversed].map(({ id }): MatchChange => ({ do: 'end-link', linkId: id })),
    ...findingsOf(db, asked).map((findingId): MatchChange => ({ do: 'drop-finding', findingId })),
    ...links.map((proposal): MatchChange => ({ do: 'link', proposal })),
    ...newFindings(answer.result, (items) => touches(asked, items)),
    ...[...days].map((day): MatchChange => ({ do: 'match-day', day })),
  ];
}

function touches(sets: ItemSets, items: Items): boolean {
  return items.lines.some((id) => sets.lines.has(id)) || items.sales.some((id) => sets.sales.has(id));
}

/** Kept for the books, but no question for a clerk: what Safaricom charged and where the takings were moved. */
const ASKS_NOBODY: readonly string[] = ['sweep', 'charge-of'];

/**
 * The items whose findings are replaced: those of the days asked for, those of new links, and whatever a question
 * ties to them. A sweep ties a whole day's takings together and is no question, so it ties nothing here.
 */
function askedItems(result: MatchResult, core: ItemSets, links: readonly Items[]): ItemSets {
  const asked: ItemSets = { lines: new Set(core.lines), sales: new Set(core.sales) };
  for (const link of links) addTo(asked, link);
  let open: Items[] = [
    ...result.suggestions.filter((proposal) => !ASKS_NOBODY.includes(proposal.kind)),
    ...result.exceptions,
  ];
  for (let before = -1; before !== open.length; ) {
    before = open.length;
    const tied = open.filter((items) => touches(asked, items));
    open = open.filter((items) => !touches(asked, items));
    for (const items of tied) addTo(asked, items);
  }
  return asked;
}

function addTo(sets: ItemSets, items: Items): void {
  for (const id of items.lines) sets.lines.add(id);
  for (const id of items.sales) sets.sales.add(id);
}

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

type StoredLink = Items & { readonly id: number; readonly key: string };

/** The links that the matcher made and that touch the items. */
function autoLinksOf(db: ReadDb, items: ItemSets): StoredLink[] {
  const ids = new Set<number>();
  for (const id of items.lines)
    for (const row of db.all<{ link_id: number }>(
      `SELECT i.link_id FROM link_items i JOIN links l ON l.id = i.link_id
        WHERE i.movement_id = ? AND i.is_active = 1 AND l.how = 'auto'`,
      id,
    ))
      ids.add(row.link_id);
  for (const id of items.sales)
    for (const row of db.all<{ link_id: number }>(
      `SELECT i.link_id FROM link_items i JOIN links l ON l.id = i.link_id
        WHERE i.sale_id = ? AND i.is_active = 1 AND l.how = 'auto'`,
      id,
    ))
      ids.add(row.link_id);
  return [...ids].map((id) => readStored(db, id));
}

function readStored(db: ReadDb, linkId: number): StoredLink {
  const items = db.all<{ kind: string; movement_id: number | null; sale_id: number | null }>(
    'SELECT kind, movement_id, sale_id FROM link_items WHERE link_id = ?',
    linkId,
  );
  const lines = items.flatMap((item) => item.movement_id ?? []);
  const sales = items.flatMap((item) => item.sale_id ?? []);
  return { id: linkId, lines, sales, key: linkKey(items[0]?.kind ?? '', { lines, sales }) };
}

/** A payment that was sent back settles nothing, whoever matched it: its sale is open again. */
function linksOfReversed(db: ReadDb, exceptions: readonly MatchException[]): { id: number }[] {
  return exceptions
    .filter((exception) => exception.kind === 'reversed-after-sale')
    .flatMap((exception) => exception.lines)
    .flatMap((line) =>
      db.all<{ id: number }>(
        `SELECT l.id FROM link_items i JOIN links l ON l.id = i.link_id
          WHERE i.movement_id = ? AND i.kind = 'sale' AND i.is_active = 1 AND l.how <> 'auto'`,
        line,
      ),
    );
}

/** The days of a link's items that lie outside the days asked for. */
function daysOutside(db: ReadDb, core: ItemSets, link: Items): string[] {
  const lines = link.lines.filter((id) => !core.lines.has(id));
  const sales = link.sales.filter((id) => !core.sales.has(id));
  return [...daysOfItems(db, lines, sales)];
}

/** Days on which a certain link stands whose receipt turns out to be used twice. */
function contestedElsewhere(db: ReadDb, exceptions: readonly MatchException[], core: ItemSets): string[] {
  return exceptions
    .filter((exception) => exception.kind === 'receipt-used-twice')
    .flatMap((exception) =>
      autoLinksOf(db, { lines: new Set(exception.lines), sales: new Set(exception.sales) }),
    )
    .filter((link) => link.key.startsWith('sale|'))
    .flatMap((link) => daysOutside(db, core, link));
}

function findingsOf(db: ReadDb, items: ItemSets): number[] {
  const ids = new Set<number>();
  for (const id of items.lines)
    for (const row of db.all<{ finding_id: number }>(
      'SELECT finding_id FROM finding_items WHERE movement_id = ?',
      id,
    ))
      ids.add(row.finding_id);
  for (const id of items.sales)
    for (const row of db.all<{ finding_id: number }>(
      'SELECT finding_id FROM finding_items WHERE sale_id = ?',
      id,
    ))
      ids.add(row.finding_id);
  return [...ids];
}
