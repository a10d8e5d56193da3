import { setImmediate as nextTurn } from 'node:timers/promises';
import { openEncrypted, type RawDatabase } from '../../db/cipher.ts';
import type { DatabaseNews, Jobs } from '../protocol.ts';

/** Enough to see that something is wrong, and where it begins. */
const MOST_PROBLEMS = 20;

/**
 * Reads the whole ledger file, every page and every index: a table at a time, so that it can be followed and stopped.
 * The schema's own table stands for the list of free pages, too. Only reads.
 */
export async function* checkDatabase(input: Jobs['check-database']['input']): AsyncGenerator<DatabaseNews> {
  const problems: string[] = [];
  let tables: string[] = [];
  try {
    const db = openEncrypted(input.access.path, Buffer.from(input.access.key), { readonly: true });
    try {
      tables = ['sqlite_schema', ...tablesOf(db)];
      for (const [at, table] of tables.entries()) {
        if (problems.length < MOST_PROBLEMS) problems.push(...problemsOf(db, table));
        yield { type: 'progress', tables: at + 1, total: tables.length };
        await nextTurn();
      }
    } finally {
      db.close();
    }
  } catch (error) {
    // A file that is too damaged to be read through throws in the middle of it.
    if (!isDamage(error)) throw error;
    problems.push(error.message);
  }
  yield { type: 'checked', problems: problems.slice(0, MOST_PROBLEMS), tables: tables.length };
}

function tablesOf(db: RawDatabase): string[] {
  return db
    .prepare<[], { name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`)
    .all()
    .map(({ name }) => name);
}

function problemsOf(db: RawDatabase, table: string): string[] {
  const said = db
    .prepare<[string], { said: string }>('SELECT integrity_check AS said FROM pragma_integrity_check(?)')
    .all(table)
    .map(({ said: words }) => words)
    .filter((words) => words !== 'ok');
  const loose = db
    .prepare<[string], { parent: string }>('SELECT parent FROM pragma_foreign_key_check(?) LIMIT 1')
    .all(table)
    .map(({ parent }) => `${table} names what ${parent} does not have`);
  return [...said, ...loose];
}

function isDamage(error: unknown): error is Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^SQLITE_(NOTADB|CORRUPT|IOERR)/.test(code);
}
