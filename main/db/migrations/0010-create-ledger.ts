import type { RawDatabase } from '../cipher.ts';
import { IMPORTS, LIVE, MOVEMENTS, PEOPLE, SALES, TILLS } from '../first-schema/books.ts';
import { TOTALS } from '../first-schema/totals.ts';
import { AUDIT, LINKS, WORK } from '../first-schema/work.ts';

/** The ledger: who, what came in, what moved, what was sold, how they belong together, and the record. */
export function createLedger(db: RawDatabase): void {
  db.exec(PEOPLE);
  db.exec(TILLS);
  db.exec(IMPORTS);
  db.exec(MOVEMENTS);
  db.exec(SALES);
  db.exec(LIVE);
  db.exec(LINKS);
  db.exec(WORK);
  db.exec(AUDIT);
  db.exec(TOTALS);
}
