import { setImmediate as nextTurn } from 'node:timers/promises';
import { addDays } from '#shared/domain/time.ts';
import { succeed } from '#shared/ipc/result.ts';
import type { Actor } from '../db/ledger.ts';
import { applyChange } from '../db/queries/apply-match.ts';
import { clearDaysToMatch, countItems, type MarkedDay, selectDaysToMatch } from '../db/queries/days.ts';
import { importsInState } from '../db/queries/imports.ts';
import type { MatchNews } from '../work/protocol.ts';
import { countTransaction } from './checkpoint.ts';
import type { Core } from './core.ts';

/** Days are matched together up to this many items, so that one answer never takes long to write. */
const ITEMS_AT_ONCE = 20_000;

/** A day may set off its neighbours and they it again; more often than this is a bug, not a chain. */
const MOST_ROUNDS = 20;

const running = new WeakMap<Core['ledger'], Promise<boolean>>();

/**
 * Matches every day whose items changed, and writes what is different from before: certain links, suggestions and
 * exceptions. What a person decided is never touched. Calls queue: one matching at a time a ledger. False when a bug
 * stopped it: it is logged, the days stay marked, and what was done before stands; the next call tries again.
 */
export function matchChangedDays(
  core: Core,
  actor: Actor,
  onBacklog: () => void = () => undefined,
): Promise<boolean> {
  const before = running.get(core.ledger) ?? Promise.resolve(true);
  const mine = before.then(async () => {
    try {
      await matchAll(core, actor, onBacklog);
      return true;
    } catch (error) {
      core.log.error('days could not be matched', { error });
      return false;
    }
  });
  running.set(core.ledger, mine);
  const forget = () => {
    if (running.get(core.ledger) === mine) running.delete(core.ledger);
  };
  void mine.then(forget, forget);
  return mine;
}

/** More days than a person's act and what it sets off: a file came in or was undone meanwhile. */
const BACKLOG_DAYS = 14;

/**
 * Matches what a person's act changed. Its answer does not wait for other work: as soon as a file comes in or is undone,
 * while days are being matched already, or when there are many more of them, its own days keep their marks, their turn
 * comes, and the windows are told.
 */
export async function matchSoon(core: Core, actor: Actor): Promise<void> {
  if (running.has(core.ledger) || isFileAtWork(core)) {
    void matchChangedDays(core, actor);
    return;
  }
  await new Promise<void>((resolve) => {
    void matchChangedDays(core, actor, resolve).then(() => resolve());
  });
}

function isFileAtWork(core: Core): boolean {
  return (['running', 'undoing'] as const).some(
    (state) => importsInState(core.ledger.read, state).length > 0,
  );
}

/** Resolves when no matching is under way: before the ledger closes. */
export async function settleMatching(core: Core): Promise<void> {
  await running.get(core.ledger);
}

async function matchAll(core: Core, actor: Actor, onBacklog: () => void): Promise<void> {
  let wasChanged = false;
  const rounds = new Map<string, number>();
  for (
    let days = selectDaysToMatch(core.ledger.read);
    days.length > 0;
    days = selectDaysToMatch(core.ledger.read)
  ) {
    if (days.length > BACKLOG_DAYS || isFileAtWork(core)) onBacklog();
    const matched = firstRun(core, days);
    const [{ day: from }] = matched;
    const to = matched.at(-1)?.day ?? from;
    const round = (rounds.get(from) ?? 0) + 1;
    rounds.set(from, round);
    if (round > MOST_ROUNDS) throw new Error(`matching ${from} does not come to rest`);
    for await (const news of core.workers.run('match', { access: core.ledger.access, from, to })) {
      await writeMatches(core, actor, matched, news);
    }
    wasChanged = true;
  }
  if (wasChanged) core.tell('ledger:changed', { areas: ['matches'] });
}

/** The first unbroken run of days that is not too much for one answer. */
function firstRun(core: Core, days: readonly MarkedDay[]): readonly [MarkedDay, ...MarkedDay[]] {
  const [first, ...rest] = days;
  if (first === undefined) throw new Error('no day to match');
  const run: [MarkedDay, ...MarkedDay[]] = [first];
  let items = countItems(core.ledger.read, first.day);
  for (const next of rest) {
    items += countItems(core.ledger.read, next.day);
    const last = run.at(-1) ?? first;
    if (next.day !== addDays(last.day, 1) || items > ITEMS_AT_ONCE) break;
    run.push(next);
  }
  return run;
}

async function writeMatches(
  core: Core,
  actor: Actor,
  matched: readonly [MarkedDay, ...MarkedDay[]],
  { changes, isLast }: MatchNews,
): Promise<void> {
  const days = `days:${matched[0].day}/${matched.at(-1)?.day}`;
  const written = core.ledger.act(actor, 'match.applied', days, (db) => {
    const counts = { linked: 0, ended: 0, found: 0, dropped: 0 };
    for (const change of changes) applyChange(db, change, actor.staffId, core.now(), counts);
    if (isLast) clearDaysToMatch(db, matched);
    return succeed({ value: undefined, details: counts });
  });
  if (!written.ok) throw new Error(`matches cannot be written: ${written.error.code}`);
  countTransaction(core);
  await nextTurn();
}
