import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { say } from '#shared/domain/message.ts';
import type { EventName, Payload } from '#shared/ipc/contract.ts';
import { type Failure, fail, type Result, succeed } from '#shared/ipc/result.ts';
import { openAccess } from '../access/access.ts';
import type { Actor } from '../db/ledger.ts';
import { hasPeople } from '../db/queries/staff.ts';
import { openLog, silentLog } from '../log/log.ts';
import { openCore } from '../open-core.ts';
import type { OpenedSafaricom } from '../open-safaricom.ts';
import type { Core } from '../services/core.ts';
import { endAllSessions } from '../services/end-session.ts';
import { canCodeMend, findKit } from '../services/recover-key.ts';
import type { SafaricomParts } from '../services/safaricom/parts.ts';
import { startSetUpSession } from '../services/set-up-session.ts';
import { openMemoryVault } from '../vault/memory-vault.ts';
import type { Vault } from '../vault/vault.ts';
import { readVersion } from '../version.ts';
import { type LogInParts, logIn } from './log-in.ts';
import type { NamedFile } from './options.ts';

export type Books = {
  readonly core: Core;
  readonly actor: Actor;
  /** A ledger in the temp folder, gone when it is closed. */
  readonly isThrowAway: boolean;
  /** The line to Safaricom, opened when it is first asked for and closed with the books. */
  readonly safaricom: () => Promise<SafaricomParts>;
  readonly close: () => Promise<void>;
};

export type OpenedBooks =
  | { readonly ok: true; readonly books: Books }
  | { readonly ok: false; readonly error: Failure };

type Tell = <E extends EventName>(event: E, payload: Payload<E>) => void;

/** Opens a profile with its key in the keychain, or, without one, a throw-away ledger with its key in memory. */
export async function openBooks(
  profile: NamedFile | null,
  logInParts: LogInParts,
  tell: Tell,
): Promise<OpenedBooks> {
  if (profile) return open(profile.path, await openKeychainStore(), logInParts, tell, false);
  const folder = makeTempFolder();
  if (folder === null) return fail('startup/failed', say('cli.no-temp-folder', { folder: tmpdir() }));
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  // Also when the program is told to stop at once: what is in the folder is the shop's business.
  process.once('exit', remove);
  const opened = await open(folder, openMemoryVault(), logInParts, tell, true);
  if (!opened.ok) return opened;
  const { books } = opened;
  const close = async () => {
    await books.close();
    remove();
  };
  return { ok: true, books: { ...books, close } };
}

/** Null when nothing can be written there. */
function makeTempFolder(): string | null {
  try {
    return mkdtempSync(join(tmpdir(), 'daftari-'));
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}

/** True when the folder holds a ledger: commands that only look must never make one. */
export function hasLedger(profile: NamedFile): boolean {
  return existsSync(join(profile.path, 'ledger.json')) || existsSync(join(profile.path, 'ledger.db'));
}

/** Loaded only when it is needed: the throw-away ledger works where no keychain can even be loaded. */
export async function openKeychainStore(): Promise<Vault> {
  const { openKeychain } = await import('../vault/keychain-vault.ts');
  return openKeychain();
}

async function open(
  folder: string,
  keys: Vault,
  logInParts: LogInParts,
  tell: Tell,
  isThrowAway: boolean,
): Promise<OpenedBooks> {
  const opened = await openCore({
    profile: folder,
    host: 'cli',
    keys,
    version: readVersion(),
    environment: 'production',
    language: logInParts.terminal.language,
    workerUrl: new URL('../work/worker.ts', import.meta.url),
    log: isThrowAway ? silentLog : openLog(join(folder, 'logs', 'daftari.log')),
    tell,
  });
  if (!opened.ok) return { ok: false, error: pointToWindow(opened.error, folder) };
  const { core, close } = opened.value;
  try {
    const entered = await enter(core, logInParts);
    if (!entered.ok) {
      await close();
      return entered;
    }
    const { actor, leave } = entered.value;
    let safaricom: Promise<OpenedSafaricom> | null = null;
    const openOnce = async (): Promise<SafaricomParts> => {
      safaricom ??= openLine(core, keys);
      return (await safaricom).parts;
    };
    const leaveAndClose = async () => {
      await (await safaricom)?.close();
      leave();
      await close();
    };
    return { ok: true, books: { core, actor, isThrowAway, safaricom: openOnce, close: leaveAndClose } };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Loaded only when it is needed: most commands ask nobody. */
async function openLine(core: Core, vault: Vault): Promise<OpenedSafaricom> {
  const [{ openLineFor }, { openSafaricom }] = await Promise.all([
    import('../open-line.ts'),
    import('../open-safaricom.ts'),
  ]);
  const { environment } = core.ledger;
  const line = openLineFor({ environment, now: core.now, log: core.log });
  return openSafaricom(core, { vault, line });
}

/** The recovery code is typed in the window alone: it has no place in a script or in the history of a shell. */
function pointToWindow(failure: Failure, folder: string): Failure {
  if (!canCodeMend(failure) || findKit(folder) === null) return failure;
  return { ...failure, message: say('cli.recover-in-window') };
}

type Entered = { readonly actor: Actor; readonly leave: () => void };

/** Books with people are entered by one of them; before the first run is over, by whoever opens them. */
async function enter(core: Core, logInParts: LogInParts): Promise<Result<Entered>> {
  if (!hasPeople(core.ledger.read)) {
    const { actor, end } = startSetUpSession(core, 'cli');
    return succeed({ actor, leave: end });
  }
  const access = openAccess({ host: 'cli', read: core.ledger.read, now: core.now });
  const leave = () => endAllSessions(core, access);
  const loggedIn = await logIn(core, access, logInParts);
  if (loggedIn.ok) return succeed({ actor: loggedIn.value, leave });
  leave();
  return loggedIn;
}

/** 2 = the person, the password or the permission is not enough, as with a wrong option; 1 = the books do not open. */
export function exitCodeOf(failure: Failure): 1 | 2 {
  return /^(access|ipc)\//.test(failure.code) ? 2 : 1;
}
