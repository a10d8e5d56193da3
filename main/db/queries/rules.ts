import { z } from 'zod';
import { MAX_MARK, type RuleContent, type ShopRule } from '#shared/domain/rules/types.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';

export type RuleState = 'offered' | 'active' | 'off' | 'removed' | 'declined';
/** Where a rule stands: what an act on it changes, and undo puts back. */
export type RuleStand = { readonly state: RuleState; readonly position: number };
export type StoredRule = RuleStand & {
  readonly id: number;
  readonly rule: RuleContent;
  readonly answeredTimes: number;
  /** How many of the links that spoke for it still stand. */
  readonly times: number;
  readonly madeAt: UtcMs;
  readonly madeBy: string;
};

const text = z.string().max(MAX_MARK);
const conditionSchema = z.object({
  payment: z.object({ by: z.enum(['payer-name', 'account-reference', 'payer-code']), text }),
  sale: z.object({ by: z.enum(['customer', 'account-reference', 'cashier']), text }),
});

type RuleRow = {
  id: number;
  position: number;
  kind: RuleContent['kind'];
  condition: string;
  state: RuleState;
  answeredTimes: number;
  times: number;
  madeAt: UtcMs;
  madeBy: string;
};

const RULE = `SELECT r.id, r.position, r.kind, r.condition, r.state, r.answered_times AS answeredTimes,
    (SELECT count(*) FROM json_each(r.from_links) one JOIN links l ON l.id = one.value AND l.ended_at IS NULL) AS times,
    r.made_at AS madeAt, s.name AS madeBy
  FROM rules r JOIN staff s ON s.id = r.made_by`;

function asRule({ kind, condition, ...row }: RuleRow): StoredRule {
  return { ...row, rule: { kind, ...conditionSchema.parse(JSON.parse(condition)) } };
}

export function readRule(db: ReadDb, id: number): StoredRule | null {
  const row = db.get<RuleRow>(`${RULE} WHERE r.id = ?`, id);
  return row ? asRule(row) : null;
}

/** The rules of the list, on or off, in the order in which they are tried. */
export function selectListedRules(db: ReadDb): StoredRule[] {
  return db.all<RuleRow>(`${RULE} WHERE r.state IN ('active', 'off') ORDER BY r.position, r.id`).map(asRule);
}

/** Offers that nobody has answered, newest first. */
export function selectOfferedRules(db: ReadDb): StoredRule[] {
  return db.all<RuleRow>(`${RULE} WHERE r.state = 'offered' ORDER BY r.id DESC`).map(asRule);
}

export function selectAllRules(db: ReadDb): StoredRule[] {
  return db.all<RuleRow>(`${RULE} ORDER BY r.id`).map(asRule);
}

/** What the matcher is given. */
export function selectActiveRules(db: ReadDb): ShopRule[] {
  return db
    .all<RuleRow>(`${RULE} WHERE r.state = 'active' ORDER BY r.position, r.id`)
    .map((row) => ({ ...asRule(row).rule, id: row.id }));
}

type NewRule = RuleStand & {
  readonly rule: RuleContent;
  readonly links: readonly number[];
  readonly staffId: number;
  readonly at: number;
};

export function insertRule(db: WriteDb, { rule, state, position, links, staffId, at }: NewRule): number {
  const { kind, ...condition } = rule;
  return db.run(
    'INSERT INTO rules (position, kind, condition, state, from_links, made_at, made_by) VALUES (?, ?, ?, ?, ?, ?, ?)',
    position,
    kind,
    JSON.stringify(condition),
    state,
    JSON.stringify(links),
    at,
    staffId,
  ).lastId;
}

export function setRuleStand(db: WriteDb, id: number, { state, position }: RuleStand): void {
  db.run('UPDATE rules SET state = ?, position = ? WHERE id = ?', state, position, id);
}

/** Remembers how often it had happened when somebody said no, so that it is not asked again at once. */
export function setAnsweredTimes(db: WriteDb, id: number, times: number): void {
  db.run('UPDATE rules SET answered_times = ? WHERE id = ?', times, id);
}

export function readRuleLinks(db: ReadDb, id: number): number[] {
  return db
    .all<{ link: number }>(
      'SELECT one.value AS link FROM rules r, json_each(r.from_links) one WHERE r.id = ?',
      id,
    )
    .map((row) => row.link);
}

/** After every place that a rule has or had, so that undo never finds its place taken. */
export function nextPosition(db: ReadDb): number {
  return (db.get<{ last: number | null }>('SELECT max(position) AS last FROM rules')?.last ?? 0) + 1;
}
