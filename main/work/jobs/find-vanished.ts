import { openEncrypted } from '../../db/cipher.ts';
import { type ReadDb, wrapReads } from '../../db/ledger.ts';
import { selectVanishedLines, selectVanishedSales } from '../../db/queries/vanished.ts';
import type { Jobs, LedgerAccess, Vanished } from '../protocol.ts';

/** Lines an earlier file had and this one lacks, although it covers their time. */
export async function* findVanishedLines(
  input: Jobs['find-vanished-lines']['input'],
): AsyncGenerator<Vanished> {
  yield* fromLedger(input.access, (db) => selectVanishedLines(db, input));
}

/** Sales an earlier file of the same source had and this one lacks. */
export async function* findVanishedSales(
  input: Jobs['find-vanished-sales']['input'],
): AsyncGenerator<Vanished> {
  yield* fromLedger(input.access, (db) => selectVanishedSales(db, input.importId));
}

function fromLedger<T>(access: LedgerAccess, ask: (db: ReadDb) => T): T {
  const db = openEncrypted(access.path, Buffer.from(access.key), { readonly: true });
  try {
    return ask(wrapReads(db));
  } finally {
    db.close();
  }
}
