import { z } from 'zod';
import type { ColumnMap } from '#shared/domain/sales/types.ts';
import type { DateOrder } from '#shared/domain/time.ts';
import { columnMap } from '#shared/ipc/fields.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';

export type LearntMap = {
  readonly headers: readonly string[];
  readonly map: ColumnMap;
  readonly dates: DateOrder | null;
};

export function rememberMap(
  db: WriteDb,
  learnt: LearntMap & { readonly key: string; readonly at: number },
): void {
  db.run(
    `INSERT INTO column_maps (header_shape, headers, map, dates, learnt_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (header_shape) DO UPDATE SET map = excluded.map, dates = excluded.dates, learnt_at = excluded.learnt_at`,
    learnt.key,
    JSON.stringify(learnt.headers),
    JSON.stringify(learnt.map),
    learnt.dates,
    learnt.at,
  );
}

/** The map that was last used for files with these headers, or null. */
export function recallMap(db: ReadDb, key: string): LearntMap | null {
  const row = db.get<{ headers: string; map: string; dates: DateOrder | null }>(
    'SELECT headers, map, dates FROM column_maps WHERE header_shape = ?',
    key,
  );
  if (!row) return null;
  const headers = z.array(z.string()).parse(JSON.parse(row.headers));
  return { headers, map: columnMap.parse(JSON.parse(row.map)), dates: row.dates };
}
