import { setImmediate as nextTurn } from 'node:timers/promises';
import { addDays, type BusinessDay } from '#shared/domain/time.ts';
import { succeed } from '#shared/ipc/result.ts';
import type { Actor } from '../db/ledger.ts';
import { applyChange, compareWithLedger } from '../db/queries/apply-match.ts';
import { clearDaysToMatch, countItems, selectDaysToMatch } from '../db/queries/days.ts';
import type { MatchNews } from '../work/protocol.ts';
import type { Core } from './core.ts';

/** Days are matched together up to this many items, so that one answer never takes long to write. */
const ITEMS_AT_ONCE = 20_000;
const CHANGES_A_TRANSACTION = 1_000;

const running = new WeakMap<Core['ledger'], Promise<void>>();

/**
 * Matches every day whose items changed, and writes what is different from before: certain links, suggestions and
 * exceptions. What a person decided is never touched. Calls queue: one matching at a time a ledger.
 */
export function matchChangedDays(core: Core, actor: Actor): Promise<void> {
  const before = running.get(core.ledger) ?? Promise.resolve();
  const mine = before.catch(() => undefined).then(() => matchAll(core, actor));
  running.set(core.ledger, mine);
  return mine;
}

async function matchAll(core: Core, actor: Actor): Promise<void> {
  let wasChanged = false;
  for (
    let days = selectDaysToMatch(core.ledger.read);
    days.length > 0;
    days = selectDaysToMatch(core.ledger.read)
  ) {
    const [from, to] = firstRun(core, days);
    for await (const news of core.workers.run('match', { access: core.ledger.access, from, to })) {
      await writeMatches(core, actor, from, to, news);
    }
    wasChanged = true;
  }
  if (wasChanged) core.tell('ledger:changed', { areas: ['matches'] });
}

/** The first unbroken run of days that is not too much for one answer. */
function firstRun(core: Core, days: readonly BusinessDay[]): readonly [BusinessDay, BusinessDay] {
  const [from] = days;
  if (from === undefined) throw new Error('no day to match');
  let to = from;
  let items = countItems(core.ledger.read, from);
  for (const day of days.slice(1)) {
    items += countItems(core.ledger.read, day);
    if (day !== addDays(to, 1) || items > ITEMS_AT_ONCE) break;
    to = day;
  }
  return [from, to];
}

async function writeMatches(
  core: Core,
  actor: Actor,
  from: BusinessDay,
  to: BusinessDay,
  news: MatchNews,
): Promise<void> {
  const changes = compareWithLedger(core.ledger.read, news);
  for (let start = 0; start < changes.length || start === 0; start += CHANGES_A_TRANSACTION) {
    const batch = changes.slice(start, start + CHANGES_A_TRANSACTION);
    const isLast = start + CHANGES_A_TRANSACTION >= changes.length;
    const written = core.ledger.act(actor, 'match.applied', `days:${from}/${to}`, (db) => {
      const counts = { linked: 0, ended: 0, found: 0, dropped: 0 };
      for (const change of batch) applyChange(db, change, actor.staffId, core.now(), counts);
      if (isLast) clearDaysToMatch(db, from, to);
      return succeed({ value: undefined, details: counts });
    });
    if (!written.ok) throw new Error(`matches cannot be written: ${written.error.code}`);
    await nextTurn();
  }
}
