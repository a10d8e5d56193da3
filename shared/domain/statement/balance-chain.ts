import { type Message, say } from '../message.ts';
import { type Cents, cents } from '../money.ts';

/** Where a balance does not follow from the one before it. */
export type ChainBreak = {
  /** 1-based row of the file; null when the break is in the file's own totals. */
  readonly row: number | null;
  readonly reason: Message;
  readonly expected: Cents;
  readonly found: Cents;
};

/** Movements of one account in order of time: what each added (`delta`) and the balance after it, in cents. */
export type ChainRows = {
  readonly count: number;
  /** Rows with the same number happened at the same moment, as far as the file says: their order is not known. */
  moment(index: number): number;
  delta(index: number): number;
  balance(index: number): number;
  row(index: number): number;
};

export type ChainResult = {
  readonly opening: number;
  readonly closing: number;
  readonly breaks: readonly ChainBreak[];
};

/** More breaks than this tell nobody more. */
const MAX_BREAKS = 100;
/** Above this many rows of one moment, a damaged one is not looked for by trying. */
const MAX_TRIED = 200;
/** A moment of more rows than this that does not chain is one break, so that a hostile file cannot hold us up. */
const MAX_WALKED = 2_000;

/**
 * Walks from balance to balance. Rows of one moment may stand in any order (a charge above its payment, two
 * payments of one second): they chain when some order of them does. `opening` is null when it is not stated.
 */
export function walkChain(rows: ChainRows, opening: number | null): ChainResult {
  const breaks: ChainBreak[] = [];
  let at = opening ?? startOf(rows);
  const first = at;
  /** After a break: the balance that would have been right, in case only the balance cell was changed. */
  let healed: number | null = null;
  let index = 0;
  while (index < rows.count) {
    const moment = rows.moment(index);
    let end = index + 1;
    while (end < rows.count && rows.moment(end) === moment) end++;
    const group =
      end - index === 1 ? [index] : Array.from({ length: end - index }, (_, offset) => index + offset);
    const after = followGroup(rows, group, at) ?? (healed === null ? null : followGroup(rows, group, healed));
    if (after !== null) {
      at = after;
      healed = null;
    } else {
      ({ at, healed } = walkBroken(rows, group, at, breaks));
    }
    index = end;
  }
  return { opening: first, closing: at, breaks };
}

const before = (rows: ChainRows, index: number) => rows.balance(index) - rows.delta(index);

/**
 * Where the first moment begins, when nothing states it. A moment that comes back to where it began may have begun at
 * any of its balances: the moments after it say which.
 */
function startOf(rows: ChainRows): number {
  if (rows.count === 0) return 0;
  let candidates: ReadonlySet<number> | null = null;
  for (let index = 0; index < rows.count; ) {
    const { surplus, end } = weighMoment(rows, index);
    const isCandidate = (balance: number) => candidates === null || candidates.has(balance);
    for (const [balance, count] of surplus) if (count > 0 && isCandidate(balance)) return balance;
    const returns = new Set([...surplus].filter(([, count]) => count === 0).map(([balance]) => balance));
    const left: ReadonlySet<number> = new Set([...returns].filter(isCandidate));
    if (left.size === 0) break;
    candidates = left;
    index = end;
  }
  const [first = before(rows, 0)] = candidates ?? [];
  return first;
}

/** How much more often each balance is left than reached within the moment that starts at this row. */
function weighMoment(rows: ChainRows, start: number): { surplus: Map<number, number>; end: number } {
  const surplus = new Map<number, number>();
  const moment = rows.moment(start);
  let end = start;
  for (; end < rows.count && rows.moment(end) === moment; end++) {
    surplus.set(before(rows, end), (surplus.get(before(rows, end)) ?? 0) + 1);
    surplus.set(rows.balance(end), (surplus.get(rows.balance(end)) ?? 0) - 1);
  }
  return { surplus, end };
}

/** The balance after all rows of a moment when some order of them chains from `start`; null when none does. */
function followGroup(rows: ChainRows, group: readonly number[], start: number): number | null {
  if (group.length === 1) {
    const [index = 0] = group;
    return before(rows, index) === start ? rows.balance(index) : null;
  }
  const leaving = new Map<number, number[]>();
  for (const index of group) {
    const from = before(rows, index);
    const list = leaving.get(from);
    if (list) list.push(index);
    else leaving.set(from, [index]);
  }
  // Hierholzer: every row is an edge between two balances, and a walk over all of them is asked for.
  const stack = [start];
  const trail: number[] = [];
  while (stack.length > 0) {
    const next = leaving.get(stack[stack.length - 1] as number)?.pop();
    if (next === undefined) trail.push(stack.pop() as number);
    else stack.push(rows.balance(next));
  }
  if (trail.length !== group.length + 1 || !isWalk(rows, group, start, trail[0] as number)) return null;
  return trail[0] as number;
}

/** Whether every balance between start and end is left as often as it is reached. */
function isWalk(rows: ChainRows, group: readonly number[], start: number, end: number): boolean {
  const surplus = new Map<number, number>([[start, -1]]);
  surplus.set(end, (surplus.get(end) ?? 0) + 1);
  for (const index of group) {
    surplus.set(before(rows, index), (surplus.get(before(rows, index)) ?? 0) + 1);
    surplus.set(rows.balance(index), (surplus.get(rows.balance(index)) ?? 0) - 1);
  }
  for (const count of surplus.values()) if (count !== 0) return false;
  return true;
}

/** Walks a moment that does not chain, and names the rows where it breaks. */
function walkBroken(
  rows: ChainRows,
  group: readonly number[],
  start: number,
  breaks: ChainBreak[],
): { at: number; healed: number | null } {
  const remaining = new Set(group.slice(0, MAX_WALKED));
  let at = start;
  let healed: number | null = null;
  while (remaining.size > 0) {
    const from = healed;
    const next = findNext(rows, remaining, at) ?? (from === null ? null : findNext(rows, remaining, from));
    if (next !== null) {
      remaining.delete(next);
      at = rows.balance(next);
      healed = null;
      continue;
    }
    const broken = chooseBroken(rows, remaining, at);
    remaining.delete(broken);
    const expected = at + rows.delta(broken);
    if (breaks.length < MAX_BREAKS) {
      breaks.push({
        row: rows.row(broken),
        reason: say('check.balance-break', {
          expected: { money: cents(expected) },
          found: { money: cents(rows.balance(broken)) },
        }),
        expected: cents(expected),
        found: cents(rows.balance(broken)),
      });
    }
    healed = expected;
    at = rows.balance(broken);
  }
  const last = group[group.length - 1] as number;
  return group.length > MAX_WALKED ? { at: rows.balance(last), healed: null } : { at, healed };
}

function findNext(rows: ChainRows, remaining: ReadonlySet<number>, at: number): number | null {
  for (const index of remaining) if (before(rows, index) === at) return index;
  return null;
}

/** The row that, with the balance it should have had, leads on to another; else the first. */
function chooseBroken(rows: ChainRows, remaining: ReadonlySet<number>, at: number): number {
  const [first = 0] = remaining;
  if (remaining.size === 1 || remaining.size > MAX_TRIED) return first;
  for (const index of remaining) {
    const expected = at + rows.delta(index);
    for (const other of remaining) if (other !== index && before(rows, other) === expected) return index;
  }
  return first;
}
