import { isShortPassword } from '#shared/domain/access/password-rules.ts';
import type { Role } from '#shared/domain/access/permissions.ts';
import { succeed } from '#shared/ipc/result.ts';
import type { Access } from '../access/access.ts';
import type { Actor } from '../db/ledger.ts';
import { savePassword } from '../db/queries/logins.ts';
import { insertPerson, renamePerson } from '../db/queries/staff.ts';
import type { LedgerCore } from '../services/core.ts';
import { FIRST_STAFF_ID } from '../services/set-up-session.ts';

export type InventedPerson = { readonly name: string; readonly role: Role; readonly password: string };

/** Gives books without people these ones; the first of them becomes the owner. */
export async function inventPeople(
  core: LedgerCore,
  access: Pick<Access, 'passwords'>,
  actor: Actor,
  people: readonly InventedPerson[],
): Promise<void> {
  const hashed = await Promise.all(
    people.map(async (person) => ({ ...person, hash: await access.passwords.hash(person.password) })),
  );
  const invented = core.ledger.act(actor, 'staff.invented', 'staff', (db) => {
    for (const [index, { name, role, hash, password }] of hashed.entries()) {
      const staffId = index === 0 ? FIRST_STAFF_ID : insertPerson(db, name, role, core.now());
      if (index === 0) renamePerson(db, staffId, name);
      const isShort = isShortPassword(password);
      savePassword(db, { staffId, hash, isSingleUse: false, isShort, at: core.now() });
    }
    return succeed({ value: undefined, details: { people: people.length } });
  });
  if (!invented.ok) throw new Error(`the people cannot be invented: ${invented.error.code}`);
}
