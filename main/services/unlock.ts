import type { WindowName } from '#shared/ipc/contract.ts';
import { type Result, succeed } from '#shared/ipc/result.ts';
import type { Access } from '../access/access.ts';
import { selectPerson } from '../db/queries/staff.ts';
import type { LedgerCore } from './core.ts';
import { actorOfBooked, settleSessions } from './end-session.ts';
import { outOfOrder } from './out-of-order.ts';
import { proveIdentity } from './prove-identity.ts';
import type { Next } from './sign-in.ts';

/** Goes on with a locked session, by the password of its person. */
export function unlock(
  core: LedgerCore,
  access: Access,
  password: string,
  window: WindowName,
): Promise<Result<Next>> {
  return access.inTurn(async () => {
    settleSessions(core, access);
    const session = access.book.of(window);
    const person = session && selectPerson(core.ledger.read, session.staffId);
    if (session?.phase !== 'locked' || !person) return outOfOrder();
    const actor = actorOfBooked(session);
    const claim = {
      person,
      typedName: person.name,
      password,
      code: null,
      occasion: 'unlock',
      actor,
    } as const;
    const proved = await proveIdentity(core, access, claim);
    if (!proved.ok) return proved;
    const proof = proved.value;
    if (proof === 'code-needed') throw new Error('a locked session needs no code');
    // It may have ended while the password was looked at.
    if (access.book.of(window)?.id !== session.id) return outOfOrder();
    const unlocked = core.ledger.act(actor, 'access.unlocked', `staff:${person.id}`, (db) => {
      proof.settle(db);
      return succeed({ value: { next: 'open' } as const, details: proof.facts });
    });
    if (unlocked.ok) access.book.change(session.id, { phase: 'open', activeAt: access.book.instant() });
    return unlocked;
  });
}
