import { setImmediate as nextTurn } from 'node:timers/promises';
import { say } from '#shared/domain/message.ts';
import {
  addDays,
  type BusinessDay,
  businessDayOf,
  type DayStart,
  startMinutesOf,
  startOfDay,
} from '#shared/domain/time.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { Actor } from '../db/ledger.ts';
import { markDaysToMatch } from '../db/queries/days.ts';
import { moveToDay, selectOnOtherDay } from '../db/queries/move-days.ts';
import { readSetting, removeSetting, writeSetting } from '../db/queries/settings.ts';
import { insertDayStart, removeDayStartsFrom, selectDayStarts } from '../db/queries/tills.ts';
import type { Core } from './core.ts';
import { ROWS_A_TRANSACTION } from './import-writing.ts';
import { matchChangedDays } from './match-days.ts';

const queues = new WeakMap<Core['ledger'], Promise<unknown>>();
/** A start further ahead than this is a slip of the finger. */
const MOST_DAYS_AHEAD = 366;

/**
 * The owner says when the business day begins, from a day on; a start that was set for that day or a later one gives
 * way, so that a slip can be put right. What is in the books from that day moves to the day it now belongs to, a batch
 * a transaction; cut off in between, the next start of the program goes on. One at a time.
 */
export function setDayStart(core: Core, actor: Actor, start: DayStart): Promise<Result<undefined>> {
  const before = queues.get(core.ledger) ?? Promise.resolve();
  const mine = before.then(() => setInTurn(core, actor, start));
  queues.set(
    core.ledger,
    mine.catch(() => undefined),
  );
  return mine;
}

async function setInTurn(core: Core, actor: Actor, start: DayStart): Promise<Result<undefined>> {
  const latest = addDays(businessDayOf(core.now()), MOST_DAYS_AHEAD);
  if (start.fromDay > latest)
    return fail('ledger/bad-input', say('settings.day-start-too-late', { day: { day: latest } }));
  const set = core.ledger.act(actor, 'settings.day-start', 'settings', (db) => {
    const before = startMinutesOf(start.fromDay, selectDayStarts(db));
    const replaced = removeDayStartsFrom(db, start.fromDay);
    insertDayStart(db, start);
    writeSetting(db, 'day-start-unfinished', start.fromDay);
    const change = { before: { dayStartMinutes: before }, after: { dayStartMinutes: start.minutes } };
    return succeed({ value: undefined, details: { ...start, replaced, ...change } });
  });
  if (!set.ok) return set;
  await finishDayStart(core, actor);
  await matchChangedDays(core, actor);
  core.tell('ledger:changed', { areas: ['settings', 'matches', 'sales', 'imports'] });
  return set;
}

/** Moves what a new day start has not reached yet. Does nothing when nothing is left. */
export async function finishDayStart(core: Core, actor: Actor): Promise<void> {
  const fromDay = readSetting(core.ledger.read, 'day-start-unfinished') as BusinessDay | null;
  const start = selectDayStarts(core.ledger.read).find((one) => one.fromDay === fromDay);
  if (!start) return;
  let isFinished = false;
  while (!isFinished) {
    const moved = core.ledger.act(actor, 'settings.days-moved', 'settings', (db) => {
      const rows = selectOnOtherDay(db, startOfDay(start.fromDay), start.minutes, ROWS_A_TRANSACTION);
      for (const row of rows) moveToDay(db, row);
      markDaysToMatch(db, new Set(rows.flatMap((row) => [row.day, row.newDay])));
      if (rows.length === 0) removeSetting(db, 'day-start-unfinished');
      return succeed({ value: rows.length, details: { rows: rows.length } });
    });
    if (!moved.ok) throw new Error(`days cannot be moved: ${moved.error.code}`);
    isFinished = moved.value === 0;
    await nextTurn();
  }
}
