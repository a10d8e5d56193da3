import { dirname } from 'node:path';
import { kitsOf, readRecoveryFile, removeRecoveryFile, writeRecoveryFile } from '../access/recovery-file.ts';
import { DATABASE_KEY, type Kit, type LedgerKeys } from '../access/recovery-kit.ts';
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

/** Lays the kit of a code that is not in use yet beside the one that is: whichever the ledger names next will hold. */
export function layKitBeside(books: Books, pending: Kit): void {
  const { id } = books.ledger.file;
  writeRecoveryFile(folderOf(books), { format: 1, ledger: id, current: validKit(books), pending });
}

/**
 * Leaves in the file only the kit of the code that the ledger names: after a code was taken into use, after it was
 * not, and at each start, because a power cut may have come in between.
 */
export function keepValidKit(books: Books): void {
  const dir = folderOf(books);
  const file = readRecoveryFile(dir);
  if (file === 'missing' || file === 'unreadable' || file.ledger !== books.ledger.file.id) return;
  const current = validKit(books);
  if (current !== null) {
    if (file.pending !== null || file.current?.root !== current.root)
      writeRecoveryFile(dir, { ...file, current, pending: null });
  } else if (file.current === null && !hasPeople(books.ledger.read)) removeRecoveryFile(dir);
}

function folderOf({ ledger }: Books): string {
  return dirname(ledger.access.path);
}
