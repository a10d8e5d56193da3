import { CONFIRM_LIMIT } from '#shared/domain/access/session-life.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { type Result, succeed } from '#shared/ipc/result.ts';
import type { Access } from '../access/access.ts';
import { selectPerson } from '../db/queries/staff.ts';
import type { Session } from '../ipc/session.ts';
import { actorOf, type LedgerCore } from './core.ts';
import { outOfOrder } from './out-of-order.ts';
import { proveIdentity } from './prove-identity.ts';
import { refuseWithoutCode } from './refuse-without-code.ts';

/** Takes the password again, before what whoever passes by an open window must not do. Counts for two minutes. */
export function confirm(
  core: LedgerCore,
  access: Access,
  session: Session,
  given: { readonly password: string; readonly code: string | null },
): Promise<Result<{ until: UtcMs }>> {
  return access.inTurn(async () => {
    const person = selectPerson(core.ledger.read, session.staffId);
    if (!person) return outOfOrder();
    const actor = actorOf(session);
    const claim = { person, typedName: person.name, ...given, occasion: 'confirm', actor } as const;
    const proved = await proveIdentity(core, access, claim);
    if (!proved.ok) return proved;
    const proof = proved.value;
    if (proof === 'code-needed') return refuseWithoutCode();
    if (access.book.sessionFor(session.window)?.id !== session.id) return outOfOrder();
    const confirmedAt = access.book.instant();
    const confirmed = core.ledger.act(actor, 'access.confirmed', `staff:${person.id}`, (db) => {
      proof.settle(db);
      return succeed({ value: undefined, details: { ...proof.facts, factor: proof.factor } });
    });
    if (!confirmed.ok) return confirmed;
    access.book.change(session.id, { confirmedAt, activeAt: confirmedAt });
    return succeed({ until: (confirmedAt.at + CONFIRM_LIMIT) as UtcMs });
  });
}
