import { type Result, succeed } from '#shared/ipc/result.ts';
import type { Access } from '../access/access.ts';
import type { RefusedTry } from '../access/refused-try.ts';
import type { WriteDb } from '../db/ledger.ts';
import type { LedgerCore } from './core.ts';
import { recordSafely } from './record-safely.ts';

/** Writes down a try whose password or code was wrong, and how many came too soon before it. */
export function recordWrongTry(
  core: LedgerCore,
  access: Access,
  refused: RefusedTry,
  write: (db: WriteDb) => void,
): Result<undefined> {
  const subject = subjectOf(refused);
  const times = access.earlyTries.get(subject)?.times ?? 0;
  const recorded = record(core, refused, 'wrong', times, write);
  if (recorded.ok) access.earlyTries.delete(subject);
  return recorded;
}

/**
 * Writes down the first try that came too soon; those that follow are counted, so that no flood fills the log. `write`
 * is what must be written all the same; null = nothing.
 */
export function recordEarlyTry(
  core: LedgerCore,
  access: Access,
  refused: RefusedTry,
  write: ((db: WriteDb) => void) | null,
): Result<undefined> {
  const subject = subjectOf(refused);
  const counted = access.earlyTries.get(subject);
  if (counted && write === null) {
    access.earlyTries.set(subject, { last: refused, times: counted.times + 1 });
    return succeed(undefined);
  }
  const recorded = record(core, refused, 'too-soon', counted?.times ?? 0, write ?? undefined);
  if (recorded.ok) access.earlyTries.set(subject, { last: refused, times: 0 });
  return recorded;
}

/** The program is about to close: what was counted and not told yet. */
export function settleEarlyTries(core: LedgerCore, access: Access): void {
  for (const { last, times } of access.earlyTries.values())
    if (times > 0)
      recordSafely(core, 'tries to sign in could not be recorded', () =>
        record(core, last, 'too-soon', times - 1),
      );
  access.earlyTries.clear();
}

function record(
  core: LedgerCore,
  refused: RefusedTry,
  why: 'wrong' | 'too-soon',
  times: number,
  write: (db: WriteDb) => void = () => undefined,
): Result<undefined> {
  const { actor, occasion } = refused;
  return core.ledger.act(actor, 'access.sign-in-refused', subjectOf(refused), (db) => {
    write(db);
    return succeed({ value: undefined, details: { occasion, why, ...(times > 0 ? { times } : {}) } });
  });
}

/** Never the name that was typed: people type their password there. */
function subjectOf({ person }: RefusedTry): string {
  return person ? `staff:${person.id}` : 'nobody';
}
