import { lostTime, PULL_EVERY } from '#shared/domain/daraja/pull-gaps.ts';
import { type Interval, mergeIntervals } from '#shared/domain/statement/coverage.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { Output } from '#shared/ipc/contract.ts';
import { type Result, succeed } from '#shared/ipc/result.ts';
import type { ReadDb } from '../../db/ledger.ts';
import { selectCoverage } from '../../db/queries/coverage.ts';
import { readPullZone } from '../../db/queries/pull-zone.ts';
import {
  type PulledCode,
  selectAnswered,
  selectLastPull,
  selectPulledCodes,
} from '../../db/queries/pulls.ts';
import { selectTills } from '../../db/queries/tills.ts';
import type { Core } from '../core.ts';
import type { PullDesk } from './pull-desk.ts';

/** The newest stretches that are said in words; the calendar shows every one. */
const MOST_LOST = 30;

/** Every short code that is registered for Pull: how asking goes, and which hours are lost. */
export function listPulls(core: Core, desk: PullDesk): Result<Output<'pull:list'>> {
  const db = core.ledger.read;
  const tills = new Map(selectTills(db).map((till) => [till.id, till.name]));
  const codes = selectPulledCodes(db).map((code) => {
    const { shortCode, since } = code;
    const running = desk.running(shortCode);
    const ofThisRun = desk.last(shortCode);
    const last = selectLastPull(db, shortCode);
    return {
      shortCode,
      till: tills.get(code.tillId) ?? shortCode,
      since,
      running: running === null ? null : { ...running.stretch, rows: running.rows },
      last:
        last === null
          ? null
          : {
              at: last.askedAt,
              from: last.from,
              to: last.to,
              outcome: last.outcome,
              rows: last.rows,
              newRows: last.newRows,
              why: last.why,
            },
      stopped: ofThisRun?.pulled.stretch === null ? ofThisRun.pulled.why : null,
      nextAt: ofThisRun === null ? null : ((ofThisRun.at + PULL_EVERY) as UtcMs),
      lost: lostOf(db, code, core.now()).slice(-MOST_LOST),
    };
  });
  return succeed({ codes, zone: readPullZone(db) });
}

/** Hours of a short code that nobody asked Pull about in time, and that no statement covers, oldest first. */
export function lostOf(db: ReadDb, { shortCode, since, tillId }: PulledCode, now: UtcMs): Interval[] {
  if (since >= now) return [];
  const answered = selectAnswered(db, shortCode, since, now);
  const accounts = selectCoverage(db, tillId, since, now);
  const stated = accounts.length === 0 ? [[]] : accounts.map(({ intervals }) => intervals);
  return mergeIntervals(stated.flatMap((intervals) => lostTime({ since, now, answered, stated: intervals })));
}
