import { randomInt } from 'node:crypto';
import type { Log } from '#main/log/log.ts';

/** What the router needs of the log. */
export type BugLog = Pick<Log, 'error'>;

// Without 0 O 1 I L U: a shopkeeper reads the reference out over the phone.
const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Logs a bug once and returns the short reference, such as K3F9, that the person sees instead of a stack. */
export function recordBug(log: BugLog, where: string, bug: unknown): string {
  const reference = Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  const stack = bug instanceof Error ? (bug.stack ?? bug.message) : String(bug);
  log.error('bug', { reference, where, stack });
  return reference;
}
