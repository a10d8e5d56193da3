import type { BusinessDay } from '#shared/domain/time.ts';
import type { ReadDb } from '../ledger.ts';
import type { Scope } from './findings.ts';

/** Where a row stands in the list: by day and time, then findings before links, then by id. */
export type RowPlace = {
  readonly day: string;
  readonly at: number;
  readonly source: 'finding' | 'link';
  readonly id: number;
};

export type RowFilter = Scope & {
  readonly tab: 'todo' | 'matched' | 'parked' | 'all';
  readonly kinds: readonly string[];
  /** Lower case, each with a space before it; a row with any of them is shown. None = everything. */
  readonly terms: readonly string[];
  /** A search that reads as an amount, in cents. */
  readonly amountCents: number | null;
};

/** One page of places after `after`, at most `limit`: both sources are read by their own index and merged. */
export function selectPlaces(
  db: ReadDb,
  filter: RowFilter,
  after: RowPlace | null,
  limit: number,
): RowPlace[] {
  const findings = filter.tab === 'matched' ? [] : selectFindingPlaces(db, filter, after, limit);
  const links =
    filter.tab === 'todo' || filter.tab === 'parked' ? [] : selectLinkPlaces(db, filter, after, limit);
  return [...findings, ...links].sort(comparePlaces).slice(0, limit);
}

export function comparePlaces(a: RowPlace, b: RowPlace): number {
  if (a.day !== b.day) return a.day < b.day ? -1 : 1;
  return a.at - b.at || (a.source < b.source ? -1 : a.source > b.source ? 1 : a.id - b.id);
}

/** The first id after `after` among rows of the same instant in one source. */
function resume(after: RowPlace | null, source: RowPlace['source']): Omit<RowPlace, 'source'> {
  if (!after) return { day: '', at: Number.MIN_SAFE_INTEGER, id: 0 };
  if (after.source === source) return after;
  // Findings stand before links of the same instant: none are left after a link, all links are left after a finding.
  return { ...after, id: source === 'finding' ? Number.MAX_SAFE_INTEGER : 0 };
}

function selectFindingPlaces(
  db: ReadDb,
  filter: RowFilter,
  after: RowPlace | null,
  limit: number,
): RowPlace[] {
  const start = resume(after, 'finding');
  const terms = JSON.stringify(filter.terms);
  const parked = filter.tab === 'parked' ? 1 : filter.tab === 'todo' ? 0 : null;
  return db
    .all<Omit<RowPlace, 'source'>>(
      `SELECT f.business_day AS day, f.at, f.id FROM findings f
        WHERE f.is_head = 1 AND f.business_day BETWEEN ? AND ? AND (f.business_day, f.at, f.id) > (?, ?, ?)
          AND (? IS NULL OR f.till_id IS NULL OR f.till_id = ?) AND (? IS NULL OR f.is_parked = ?)
          AND (? = '[]' OR f.kind IN (SELECT value FROM json_each(?)))
          AND (? = '[]' OR EXISTS (SELECT 1 FROM finding_items i, json_each(?) term
                 LEFT JOIN movement_words m ON m.id = i.movement_id LEFT JOIN sale_words s ON s.id = i.sale_id
                WHERE i.finding_id = f.id AND (instr(m.words, term.value) > 0 OR instr(s.words, term.value) > 0
                  OR m.amount_cents = ? OR s.amount_cents = ?)))
        ORDER BY f.business_day, f.at, f.id LIMIT ?`,
      filter.from,
      filter.to,
      start.day,
      start.at,
      start.id,
      filter.tillId,
      filter.tillId,
      parked,
      parked,
      JSON.stringify(filter.kinds),
      JSON.stringify(filter.kinds),
      terms,
      terms,
      filter.amountCents,
      filter.amountCents,
      limit,
    )
    .map((row) => ({ ...row, source: 'finding' as const }));
}

function selectLinkPlaces(db: ReadDb, filter: RowFilter, after: RowPlace | null, limit: number): RowPlace[] {
  const start = resume(after, 'link');
  const terms = JSON.stringify(filter.terms);
  return db
    .all<Omit<RowPlace, 'source'>>(
      `SELECT l.business_day AS day, l.at, l.id FROM links l INDEXED BY links_to_show
        WHERE l.ended_at IS NULL AND l.business_day BETWEEN ? AND ? AND (l.business_day, l.at, l.id) > (?, ?, ?)
          AND l.kind IN ('sale', 'day-total', 'reversal-of')
          AND (? IS NULL OR l.till_id IS NULL OR l.till_id = ?)
          AND (? = '[]' OR l.rule IN (SELECT value FROM json_each(?)))
          AND (? = '[]' OR EXISTS (SELECT 1 FROM link_items i, json_each(?) term
                 LEFT JOIN movement_words m ON m.id = i.movement_id LEFT JOIN sale_words s ON s.id = i.sale_id
                WHERE i.link_id = l.id AND (instr(m.words, term.value) > 0 OR instr(s.words, term.value) > 0
                  OR m.amount_cents = ? OR s.amount_cents = ?)))
        ORDER BY l.business_day, l.at, l.id LIMIT ?`,
      filter.from,
      filter.to,
      start.day,
      start.at,
      start.id,
      filter.tillId,
      filter.tillId,
      JSON.stringify(filter.kinds),
      JSON.stringify(filter.kinds),
      terms,
      terms,
      filter.amountCents,
      filter.amountCents,
      limit,
    )
    .map((row) => ({ ...row, source: 'link' as const }));
}

/** The days that have rows of a tab and of some kinds, oldest first; a search may still find none of them. */
export function selectDaysWithRows(
  db: ReadDb,
  filter: Omit<RowFilter, 'terms' | 'amountCents'>,
): BusinessDay[] {
  const { from, to, tillId, tab } = filter;
  const kinds = JSON.stringify(filter.kinds);
  const rows = db.all<{ day: BusinessDay }>(
    `SELECT business_day AS day FROM finding_days
      WHERE ? <> 'matched' AND items > 0 AND business_day BETWEEN ? AND ? AND (? IS NULL OR till_id IN (0, ?))
        AND (? = 'all' OR is_parked = (? = 'parked'))
        AND (? = '[]' OR kind IN (SELECT value FROM json_each(?)))
     UNION
     SELECT business_day FROM link_days
      WHERE ? IN ('all', 'matched') AND items > 0 AND business_day BETWEEN ? AND ?
        AND (? IS NULL OR till_id IN (0, ?))
     ORDER BY 1`,
    tab,
    from,
    to,
    tillId,
    tillId,
    tab,
    tab,
    kinds,
    kinds,
    tab,
    from,
    to,
    tillId,
    tillId,
  );
  return rows.map(({ day }) => day);
}

export type TabCounts = { todo: number; parked: number; matched: number };

/** How many rows each tab has, from the days' totals (ADR 25). Till 0 is any till. */
export function countTabs(db: ReadDb, scope: Scope): TabCounts {
  const findings = db.get<{ todo: number; parked: number }>(
    `SELECT coalesce(sum(items * (is_parked = 0)), 0) AS todo, coalesce(sum(items * is_parked), 0) AS parked
       FROM finding_days WHERE business_day BETWEEN ? AND ? AND (? IS NULL OR till_id IN (0, ?))`,
    scope.from,
    scope.to,
    scope.tillId,
    scope.tillId,
  );
  const links = db.get<{ matched: number }>(
    `SELECT coalesce(sum(items), 0) AS matched FROM link_days
      WHERE business_day BETWEEN ? AND ? AND (? IS NULL OR till_id IN (0, ?))`,
    scope.from,
    scope.to,
    scope.tillId,
    scope.tillId,
  );
  return { todo: findings?.todo ?? 0, parked: findings?.parked ?? 0, matched: links?.matched ?? 0 };
}

export function countKinds(db: ReadDb, scope: Scope): { kind: string; count: number }[] {
  return db.all<{ kind: string; count: number }>(
    `SELECT kind, sum(items) AS count FROM finding_days
      WHERE business_day BETWEEN ? AND ? AND (? IS NULL OR till_id IN (0, ?)) AND items > 0
      GROUP BY kind ORDER BY count DESC, kind`,
    scope.from,
    scope.to,
    scope.tillId,
    scope.tillId,
  );
}

/** What "accept all" would take, counted without naming it: the same as `selectAcceptable`. */
export function countAcceptable(db: ReadDb, scope: Scope): { count: number; cents: number } {
  const row = db.get<{ count: number; cents: number }>(
    `SELECT coalesce(sum(acceptable), 0) AS count, coalesce(sum(acceptable_cents), 0) AS cents
       FROM finding_days WHERE business_day BETWEEN ? AND ? AND (? IS NULL OR till_id = ?)`,
    scope.from,
    scope.to,
    scope.tillId,
    scope.tillId,
  );
  return row ?? { count: 0, cents: 0 };
}

/** Every question that nobody has answered or parked. */
export function countToDo(db: ReadDb): number {
  return (
    db.get<{ n: number }>('SELECT coalesce(sum(items), 0) AS n FROM finding_days WHERE is_parked = 0')?.n ?? 0
  );
}
