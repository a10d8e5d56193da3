import type { Output } from '#shared/ipc/contract.ts';
import { type Result, succeed } from '#shared/ipc/result.ts';
import type { Access } from '../access/access.ts';
import { selectStaff } from '../db/queries/change-staff.ts';
import type { Core } from './core.ts';

/** The people of the shop, disabled ones too, with whether they are signed in now. */
export function listStaff(core: Core, access: Access): Result<Output<'staff:list'>> {
  const people = selectStaff(core.ledger.read).map((person) => {
    const session = access.book.ofPerson(person.id);
    return {
      ...person,
      openSession: session === null ? null : { startedAt: session.startedAt.at, host: access.host },
    };
  });
  return succeed({ people });
}
