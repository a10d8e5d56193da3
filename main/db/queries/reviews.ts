import type { WriteDb } from '../ledger.ts';

export function insertVanished(
  db: WriteDb,
  kind: 'vanished-line' | 'vanished-sale',
  importId: number,
  itemId: number,
  at: number,
): number {
  const isLine = kind === 'vanished-line';
  return db.run(
    'INSERT INTO reviews (kind, import_id, movement_id, sale_id, at) VALUES (?, ?, ?, ?, ?)',
    kind,
    importId,
    isLine ? itemId : null,
    isLine ? null : itemId,
    at,
  ).lastId;
}
