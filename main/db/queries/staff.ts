import { nameKeyOf } from '#shared/domain/access/name-key.ts';
import type { Role } from '#shared/domain/access/permissions.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';

export type Person = {
  readonly id: number;
  readonly name: string;
  readonly role: Role;
  readonly isActive: boolean;
};

type Row = { id: number; name: string; role: Role; isActive: 0 | 1 };

/** One person; never the program itself. */
export function selectPerson(db: ReadDb, staffId: number): Person | null {
  const found = db.get<Row>(
    'SELECT id, name, role, is_active AS isActive FROM staff WHERE id = ? AND id > 0',
    staffId,
  );
  return found ? { ...found, isActive: found.isActive === 1 } : null;
}

/** The person of that name, however it was typed. */
export function selectPersonByName(db: ReadDb, name: string): Person | null {
  const found = db.get<Row>(
    'SELECT id, name, role, is_active AS isActive FROM staff WHERE name_key = ? AND id > 0',
    nameKeyOf(name),
  );
  return found ? { ...found, isActive: found.isActive === 1 } : null;
}

/** True once an owner can sign in. Until then the first run is not finished and the books have no people. */
export function hasPeople(db: ReadDb): boolean {
  return (
    db.get(
      `SELECT 1 FROM staff s JOIN logins l ON l.staff_id = s.id WHERE s.role = 'owner' AND s.is_active = 1 LIMIT 1`,
    ) !== undefined
  );
}

/** True when somebody else, the program included, has the name. */
export function isNameTaken(db: ReadDb, name: string, exceptStaffId: number | null): boolean {
  return (
    db.get('SELECT 1 FROM staff WHERE name_key = ? AND id <> ?', nameKeyOf(name), exceptStaffId ?? -1) !==
    undefined
  );
}

/** Returns the new person's id. The name must be free. */
export function insertPerson(db: WriteDb, name: string, role: Role, at: UtcMs): number {
  return db.run(
    'INSERT INTO staff (name, name_key, role, created_at) VALUES (?, ?, ?, ?)',
    name,
    nameKeyOf(name),
    role,
    at,
  ).lastId;
}

export function renamePerson(db: WriteDb, staffId: number, name: string): void {
  db.run('UPDATE staff SET name = ?, name_key = ? WHERE id = ?', name, nameKeyOf(name), staffId);
}
