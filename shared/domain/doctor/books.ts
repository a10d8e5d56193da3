import { type Message, say } from '../message.ts';
import { DAY, type UtcMs } from '../time.ts';
import { type Check, line } from './check.ts';

const MB = 1024 * 1024;
/** Below, the next statement may not fit. */
const LEAST_FREE = 200 * MB;
const COMFORTABLE_FREE = 1024 * MB;
/** A copy that is older misses more than one is ready to type again. */
const COPY_DUE = 8 * DAY;
const COPY_OVERDUE = 35 * DAY;

/** How reading the whole database went; null = it was not read, or stopped before its end. */
export type DatabaseFacts = { readonly problems: readonly string[]; readonly tables: number } | null;

export function judgeDatabase(facts: DatabaseFacts): Check {
  if (facts === null) return line('database', 'not-checked', say('doctor.database.unknown'));
  const { problems, tables } = facts;
  const first = problems[0];
  if (first === undefined) return line('database', 'ok', say('doctor.database.ok', { tables }));
  return line('database', 'failure', say('doctor.database.damaged', { count: problems.length, first }), {
    mend: say('doctor.database.mend'),
  });
}

/** `alarm`: what is known to be wrong with the log since the start or before; null = nothing. */
export type AuditFacts = {
  readonly alarm: Message | null;
  readonly entries: number;
  readonly signedTo: number;
};

export function judgeAuditLog({ alarm, entries, signedTo }: AuditFacts): Check {
  if (alarm !== null)
    return line('audit-log', 'failure', alarm, { place: 'audit', mend: say('doctor.audit-log.mend') });
  if (signedTo === 0) return line('audit-log', 'ok', say('doctor.audit-log.unsigned'), { place: 'audit' });
  return line('audit-log', 'ok', say('doctor.audit-log.ok', { entries, signed: signedTo }), {
    place: 'audit',
  });
}

/** Bytes: free on the disk of the books, and the size of the books; null where the system does not say. */
export type DiskFacts = { readonly free: number; readonly books: number } | null;

export function judgeDisk(facts: DiskFacts): Check {
  if (facts === null) return line('disk-space', 'not-checked', say('doctor.disk-space.unknown'));
  const { free, books } = facts;
  const size = { free: inWords(free) };
  // A copy of the books, which an update makes before it changes anything, must fit beside them.
  const needed = Math.max(LEAST_FREE, books);
  if (free < needed)
    return line('disk-space', 'failure', say('doctor.disk-space.full', size), {
      mend: say('doctor.disk-space.mend', { needed: inWords(needed) }),
    });
  const wanted = Math.max(COMFORTABLE_FREE, 2 * books);
  if (free < wanted)
    return line('disk-space', 'warning', say('doctor.disk-space.low', size), {
      mend: say('doctor.disk-space.mend', { needed: inWords(wanted) }),
    });
  return line('disk-space', 'ok', say('doctor.disk-space.ok', size));
}

/** `340 MB`, `12.4 GB`: the same in both languages. */
function inWords(bytes: number): string {
  const megabytes = Math.floor(bytes / MB);
  return megabytes < 1_000 ? `${megabytes} MB` : `${(megabytes / 1024).toFixed(1)} GB`;
}

/** When the newest copy of the books was made, by the owner's word; null when nobody has said so. */
export function judgeCopies(newestAt: UtcMs | null, now: UtcMs): Check {
  if (newestAt === null)
    return line('copies', 'warning', say('doctor.copies.none'), { mend: say('doctor.copies.none-mend') });
  const at = { at: newestAt };
  const age = now - newestAt;
  if (age <= COPY_DUE) return line('copies', 'ok', say('doctor.copies.ok', { at }));
  const days = Math.floor(age / DAY);
  return line('copies', age > COPY_OVERDUE ? 'failure' : 'warning', say('doctor.copies.old', { at, days }), {
    mend: say('doctor.copies.old-mend'),
  });
}
