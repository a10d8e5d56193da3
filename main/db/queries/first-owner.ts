import { nameKeyOf } from '#shared/domain/access/name-key.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { WriteDb } from '../ledger.ts';

/** The first owner, in the place of whoever acted in these books before they had people. */
export function saveFirstOwner(db: WriteDb, staffId: number, name: string, at: UtcMs): void {
  db.run(
    `INSERT INTO staff (id, name, name_key, role, created_at) VALUES (?, ?, ?, 'owner', ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_key = excluded.name_key, role = 'owner',
       is_active = 1, disabled_at = NULL`,
    staffId,
    name,
    nameKeyOf(name),
    at,
  );
}
