import { addFailure, DELAY_RULES, NO_TRIES, type Tries, waitLeft } from '#shared/domain/access/delays.ts';
import { say } from '#shared/domain/message.ts';
import { readCode } from '#shared/domain/recovery/code.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { type Failure, fail, type Result, succeed } from '#shared/ipc/result.ts';
import { kitsOf } from '../access/recovery-file.ts';
import { DATABASE_KEY, type LedgerKeys, type RecoveryKits } from '../access/recovery-kit.ts';
import { isKeyOf, type LedgerFile, readLedgerFile } from '../db/ledger-file.ts';
import { type KeyStore, keychainRefusal } from '../db/open.ts';
import type { Log } from '../log/log.ts';
import { itemName } from '../vault/vault.ts';
import type { Core } from './core.ts';
import { refuseCode, sayWait, tellProblem } from './prove-code.ts';

const RULE = DELAY_RULES.owner;

/** Books whose key is gone from the keychain while the kit of their recovery code lies beside them. */
export type KeyRecovery = {
  readonly file: LedgerFile;
  /** Puts the key back where it belongs. Opens nothing, changes no file. One at a time; says how many tries it took. */
  readonly restoreKey: (typed: string) => Promise<Result<{ readonly wrongTries: number }>>;
};

/** The key is not in the keychain, or another is there. A locked keychain only wants to be unlocked. */
export function canCodeMend({ code }: Failure): boolean {
  return code === 'startup/key-missing' || code === 'startup/wrong-key';
}

/** The books of a folder, if the kit of a recovery code lies beside them; else null. */
export function findKit(profile: string): LedgerFile | null {
  const file = readLedgerFile(profile);
  return typeof file === 'string' || kitsOf(profile, file.id).length === 0 ? null : file;
}

/** Null when there is no kit that a code could open. */
export function openKeyRecovery(options: {
  readonly profile: string;
  readonly keys: KeyStore;
  readonly kits: RecoveryKits;
  readonly now: () => UtcMs;
  readonly log: Log;
}): KeyRecovery | null {
  const { profile, keys, kits, now, log } = options;
  const file = findKit(profile);
  if (file === null) return null;
  // The books that could remember them are closed. A code of 160 bits is not guessed, however often.
  let tries: Tries = NO_TRIES;

  /** Of two kits, which a power cut left, either may be the one that was written down. */
  const openAnyKit = async (code: Uint8Array): Promise<LedgerKeys | null> => {
    for (const kit of kitsOf(profile, file.id)) {
      const opened = await kits.open(file.id, kit, code);
      if (opened) return opened.keys;
    }
    return null;
  };

  const restoreKey = async (typed: string): Promise<Result<{ wrongTries: number }>> => {
    const read = readCode(typed);
    if (!read.ok) return fail('recovery/wrong-code', tellProblem(read));
    const wait = waitLeft(tries, RULE, now());
    if (wait > 0) return fail('access/wait', sayWait(wait));
    const found = await openAnyKit(read.bytes);
    if (found === null) {
      tries = addFailure(tries, RULE, now());
      log.warn('a recovery code did not open the books', { tries: tries.failures });
      return refuseCode();
    }
    const key = found[DATABASE_KEY];
    // Never over what the keychain has, unless it is the key of exactly these books.
    if (!key || !isKeyOf(file, key)) return fail('startup/damaged', say('recovery.other-books'));
    for (const [purpose, secret] of Object.entries(found)) {
      const kept = await keys.write(itemName(file.id, purpose), secret.toString('base64'));
      if (!kept.ok) return keychainRefusal(kept.problem);
    }
    return succeed({ wrongTries: tries.failures });
  };

  return { file, restoreKey };
}

/** The first thing that the opened books are told. */
export function noteKeyRestored(core: Core, wrongTries: number): void {
  const noted = core.ledger.act({ staffId: null, session: null }, 'recovery.key-restored', 'recovery', () =>
    succeed({ value: undefined, details: { wrongTries } }),
  );
  if (!noted.ok) throw new Error(`the recovery cannot be recorded: ${noted.error.code}`);
}
