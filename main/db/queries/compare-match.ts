import type { MatchException, MatchResult } from '#shared/domain/matching/types.ts';
import type { ReadDb } from '../ledger.ts';
import { asFindingRow, type MatchChange, type NewFinding } from './apply-match.ts';
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
  const found = newFindings(answer.result, (items) => touches(asked, items));
  const { drops, finds } = keepEqual(db, findingsOf(db, asked), found);
  return [
    ...[...ended, ...reversed].map(({ id }): MatchChange => ({ do: 'end-link', linkId: id })),
    ...drops.map((findingId): MatchChange => ({ do: 'drop-finding', findingId })),
    ...links.map((proposal): MatchChange => ({ do: 'link', proposal })),
    ...finds.map((finding): MatchChange => ({ do: 'find', finding })),
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

function newFindings(result: MatchResult, touches: (items: Items) => boolean): NewFinding[] {
  const sizes = new Map<string, number>();
  for (const { ambiguityGroup } of result.suggestions)
    if (ambiguityGroup !== null) sizes.set(ambiguityGroup, (sizes.get(ambiguityGroup) ?? 0) + 1);
  const questions = exceptionGroups(result);
  // An ambiguity that an exception already asks about is listed there: one row is one question.
  const headed = new Set<string>(questions.values());
  const found: NewFinding[] = [];
  for (const proposal of result.suggestions) {
    if (!touches(proposal)) continue;
    const group = proposal.ambiguityGroup;
    const isHead = !ASKS_NOBODY.includes(proposal.kind) && (group === null || !headed.has(group));
    if (group !== null) headed.add(group);
    const alternatives = group === null ? 1 : (sizes.get(group) ?? 1);
    found.push({ type: 'proposal', proposal, isHead, alternatives });
  }
  for (const exception of result.exceptions) {
    if (!touches(exception)) continue;
    const ambiguity = questions.get(exception) ?? null;
    const alternatives = ambiguity === null ? 1 : (sizes.get(ambiguity) ?? 1);
    found.push({ type: 'exception', exception, ambiguity, alternatives });
  }
  return found;
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

type LinkItemRow = [id: number, kind: string, movementId: number | null, saleId: number | null];

/** The links that the matcher made and that touch the items. */
function autoLinksOf(db: ReadDb, items: ItemSets): StoredLink[] {
  const rows = db.lists<LinkItemRow>(
    `SELECT l.id, i.kind, i.movement_id, i.sale_id
       FROM (SELECT m.link_id FROM json_each(?) j CROSS JOIN link_items m
              WHERE m.movement_id = j.value AND m.is_active = 1
             UNION SELECT s.link_id FROM json_each(?) j CROSS JOIN link_items s
              WHERE s.sale_id = j.value AND s.is_active = 1) t
       CROSS JOIN links l CROSS JOIN link_items i
      WHERE l.id = t.link_id AND l.how = 'auto' AND i.link_id = l.id ORDER BY l.id, i.position`,
    JSON.stringify([...items.lines]),
    JSON.stringify([...items.sales]),
  );
  return groupById(rows).map(([first, ...rest]) => {
    const all = [first, ...rest];
    const lines = all.flatMap(([, , line]) => line ?? []);
    const sales = all.flatMap(([, , , sale]) => sale ?? []);
    return { id: first[0], lines, sales, key: linkKey(first[1], { lines, sales }) };
  });
}

/** Rows that stand together by their first column, as one group each. */
function groupById<R extends [id: number, ...unknown[]]>(rows: readonly R[]): [R, ...R[]][] {
  const groups: [R, ...R[]][] = [];
  for (const row of rows) {
    const group = groups.at(-1);
    if (group && group[0][0] === row[0]) group.push(row);
    else groups.push([row]);
  }
  return groups;
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

type FindingRow = [
  id: number,
  movementId: number | null,
  saleId: number | null,
  type: string,
  kind: string,
  linkKind: string | null,
  band: string | null,
  ambiguity: string | null,
  isHead: number,
  alternatives: number,
  reason: string,
  amountCents: number,
  tillId: number | null,
  day: string,
  at: number,
  isParked: number,
];

/** The findings that touch the items, by all that they say. Two that say the same are told apart by their order. */
function findingsOf(db: ReadDb, items: ItemSets): { readonly id: number; readonly key: string }[] {
  const rows = db.lists<FindingRow>(
    `SELECT f.id, i.movement_id, i.sale_id, f.type, f.kind, f.link_kind, f.band, f.ambiguity, f.is_head,
            f.alternatives, f.reason, f.amount_cents, f.till_id, f.business_day, f.at, f.is_parked
       FROM (SELECT m.finding_id FROM json_each(?) j CROSS JOIN finding_items m WHERE m.movement_id = j.value
             UNION SELECT s.finding_id FROM json_each(?) j CROSS JOIN finding_items s WHERE s.sale_id = j.value) t
       CROSS JOIN findings f CROSS JOIN finding_items i
      WHERE f.id = t.finding_id AND i.finding_id = f.id ORDER BY f.id, i.position`,
    JSON.stringify([...items.lines]),
    JSON.stringify([...items.sales]),
  );
  return groupById(rows).map((group) => {
    const [id, , , ...said] = group[0];
    const lines = group.flatMap(([, line]) => line ?? []);
    const sales = group.flatMap(([, , sale]) => sale ?? []);
    return { id, key: JSON.stringify([lines, sales, ...said]) };
  });
}

/** What a new finding would say, in the form of `findingsOf`. */
function sayOf(db: ReadDb, finding: NewFinding): string {
  const { lines, sales, ...row } = asFindingRow(db, finding);
  return JSON.stringify([lines, sales, ...Object.values(row)]);
}

/** Findings that stand as they are keep their ids, so that a screen does not lose what is picked on it. */
function keepEqual(
  db: ReadDb,
  standing: readonly { readonly id: number; readonly key: string }[],
  found: readonly NewFinding[],
): { readonly drops: readonly number[]; readonly finds: readonly NewFinding[] } {
  const left = new Map<string, number[]>();
  for (const { id, key } of standing) left.set(key, [...(left.get(key) ?? []), id]);
  const finds = found.filter((finding) => left.get(sayOf(db, finding))?.shift() === undefined);
  return { drops: [...left.values()].flat(), finds };
}
