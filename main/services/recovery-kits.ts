import { dirname } from 'node:path';
import {
  kitsOf,
  MOST_SUPERSEDED,
  type RecoveryFile,
  readRecoveryFile,
  removeRecoveryFile,
  writeRecoveryFile,
} from '../access/recovery-file.ts';
import { DATABASE_KEY, type Kit, type LedgerKeys, type SupersededKit } from '../access/recovery-kit.ts';
import type { ReadDb } from '../db/ledger.ts';
import { readRoot } from '../db/queries/epochs.ts';
import { readSetting } from '../db/queries/settings.ts';
import { hasPeople } from '../db/queries/staff.ts';
import type { Core } from './core.ts';

type Books = Pick<Core, 'ledger'>;

/**
 * The root of the recovery code that is valid: the one the signed log names; before the log is signed, the one that
 * was taken into use with the books. Null while there is no code. The ledger decides, never the file beside it.
 */
export function rootInForce(db: ReadDb): string | null {
  return readRoot(db) ?? readSetting(db, 'recovery-root');
}

/** The kit of the valid code; null when the file beside the ledger lacks it. */
export function validKit(books: Books): Kit | null {
  const root = rootInForce(books.ledger.read);
  const kits = kitsOf(folderOf(books), books.ledger.file.id);
  return kits.find((kit) => kit.root === root) ?? null;
}

/** Every key of the ledger that a recovery code must bring back. */
export function keysOf({ ledger }: Books): LedgerKeys {
  return { [DATABASE_KEY]: ledger.access.key };
}

/** What is left of the code that these books name when it is not the present one: they were put back to before that. */
export function supersededKit(books: Books): SupersededKit | null {
  const root = rootInForce(books.ledger.read);
  return fileOf(books)?.superseded.find((kit) => kit.root === root) ?? null;
}

/** Lays the kit of a code that is not in use yet beside the one that is: whichever the ledger names next will hold. */
export function layKitBeside(books: Books, pending: Kit): void {
  const file = fileOf(books);
  // Books that were put back name an older code: the kit that is there is that of newer books, and stays until then.
  const current = validKit(books) ?? file?.current ?? null;
  const superseded = file?.superseded ?? [];
  writeRecoveryFile(folderOf(books), {
    format: 1,
    ledger: books.ledger.file.id,
    current,
    pending,
    superseded,
  });
}

/**
 * Leaves in the file only the kit of the code that the ledger names: after a code was taken into use, after it was
 * not, and at each start, because a power cut may have come in between. Of the one before it what its root was made
 * with stays.
 */
export function keepValidKit(books: Books): void {
  const dir = folderOf(books);
  const file = fileOf(books);
  if (file === null) return;
  const current = validKit(books);
  if (current !== null) {
    if (file.pending !== null || file.current?.root !== current.root)
      writeRecoveryFile(dir, { ...file, current, pending: null, superseded: supersede(file, current) });
  } else if (file.current === null && !hasPeople(books.ledger.read)) removeRecoveryFile(dir);
}

function supersede({ current: before, superseded }: RecoveryFile, current: Kit): SupersededKit[] {
  if (before === null || before.root === current.root) return superseded;
  const { boxes: _, ...rest } = before;
  return [...superseded, rest].slice(-MOST_SUPERSEDED);
}

/** Null when it is not there, not readable or another ledger's. */
function fileOf(books: Books): RecoveryFile | null {
  const file = readRecoveryFile(folderOf(books));
  return file === 'missing' || file === 'unreadable' || file.ledger !== books.ledger.file.id ? null : file;
}

function folderOf({ ledger }: Books): string {
  return dirname(ledger.access.path);
}
