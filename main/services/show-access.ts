import type { AccessState } from '#shared/ipc/access-channels.ts';
import type { WindowName } from '#shared/ipc/contract.ts';
import { type Result, succeed } from '#shared/ipc/result.ts';
import type { Access } from '../access/access.ts';
import { mustLengthen, selectLogin } from '../db/queries/logins.ts';
import { hasPeople, selectPerson } from '../db/queries/staff.ts';
import { type AboutHost, showLook } from './app-state.ts';
import type { LedgerCore } from './core.ts';
import { settleSessions } from './end-session.ts';

export type DemoPerson = AccessState['demoPeople'][number];

/** What a window may show to whoever sits before it. Of the books only the shop's name. */
export function showAccess(
  core: LedgerCore,
  access: Access,
  about: AboutHost,
  demoPeople: readonly DemoPerson[],
  window: WindowName,
): Result<AccessState> {
  settleSessions(core, access);
  const db = core.ledger.read;
  const session = access.book.of(window);
  const person = session && selectPerson(db, session.staffId);
  const login = session && selectLogin(db, session.staffId);
  return succeed({
    phase: session?.phase ?? (hasPeople(db) ? 'signed-out' : 'first-run'),
    environment: core.ledger.environment,
    ...about,
    ...showLook(core),
    person: person && {
      name: person.name,
      role: person.role,
      hasTotp: login?.totpSecret != null,
      mustLengthen: login ? mustLengthen(login) : false,
    },
    demoPeople: [...demoPeople],
  });
}
