import type { ReadDb } from '#main/db/ledger.ts';
import { selectPerson } from '#main/db/queries/staff.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { openPasswords, type Passwords } from './passwords.ts';
import { openRecoveryKits, type RecoveryKits } from './recovery-kit.ts';
import type { EarlyTries } from './refused-try.ts';
import { openSessionBook, type SessionBook } from './session-book.ts';
import { openSteadyTries, type SteadyTries } from './steady-tries.ts';
import { type InTurn, openTurns } from './turns.ts';

export type Host = 'electron' | 'preview' | 'cli';

/** What the services of signing in are given beside the core. */
export type Access = {
  readonly host: Host;
  readonly passwords: Passwords;
  readonly kits: RecoveryKits;
  readonly book: SessionBook;
  readonly inTurn: InTurn;
  readonly tries: SteadyTries;
  readonly earlyTries: EarlyTries;
};

export function openAccess(options: {
  readonly host: Host;
  readonly read: ReadDb;
  readonly now: () => UtcMs;
  readonly ticks?: () => number;
  readonly passwords?: Passwords;
  readonly kits?: RecoveryKits;
}): Access {
  const { host, read, now, ticks = () => performance.now() } = options;
  const { passwords = openPasswords(), kits = openRecoveryKits() } = options;
  const personNow = (staffId: number) => {
    const person = selectPerson(read, staffId);
    return person?.isActive ? person : null;
  };
  return {
    host,
    passwords,
    kits,
    book: openSessionBook({ now, ticks, personNow }),
    inTurn: openTurns(),
    tries: openSteadyTries(ticks),
    earlyTries: new Map(),
  };
}
