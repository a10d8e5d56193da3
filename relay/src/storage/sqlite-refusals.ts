import type { Database } from 'better-sqlite3';
import type { Refusal } from '../../../shared/domain/relay/answers.ts';
import type { RefusalCount, Storage } from './storage.ts';

/** So many rows an inbox; what comes from more addresses is counted together. */
const MAX_ROWS = 200;

export function prepareRefusals(database: Database): Pick<Storage, 'countRefusals' | 'readRefusals'> {
  const raise = database.prepare(
    `UPDATE refusals SET count = count + @count, last_at = max(last_at, @lastAt)
     WHERE inbox = @inbox AND reason = @reason AND address = @address`,
  );
  const rows = database.prepare<[string], { rows: number }>(
    'SELECT count(*) AS rows FROM refusals WHERE inbox = ?',
  );
  const insert = database.prepare(
    `INSERT INTO refusals (inbox, reason, address, count, first_at, last_at)
     VALUES (@inbox, @reason, @address, @count, @firstAt, @lastAt)`,
  );
  const read = database.prepare<[string], Refusal>(
    `SELECT reason, address, count, first_at AS firstAt, last_at AS lastAt FROM refusals
     WHERE inbox = ? ORDER BY last_at DESC, reason, address`,
  );

  function countOne(refusal: RefusalCount): void {
    if (raise.run(refusal).changes > 0) return;
    const isFull = (rows.get(refusal.inbox)?.rows ?? 0) >= MAX_ROWS;
    const together = { ...refusal, address: '' };
    if (!isFull || refusal.address === '') insert.run(refusal);
    else if (raise.run(together).changes === 0) insert.run(together);
  }

  const countAll = database.transaction((counts: readonly RefusalCount[]) => {
    for (const each of counts) countOne(each);
  });

  return {
    countRefusals: async (counts) => {
      countAll.immediate(counts);
    },
    readRefusals: async (inbox) => read.all(inbox),
  };
}
