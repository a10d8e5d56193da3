import { say } from '#shared/domain/message.ts';
import { type MayApprove, mayApprove } from '#shared/domain/reversal/approver.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { type Failure, fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { Access } from '../../access/access.ts';
import type { ReadDb } from '../../db/ledger.ts';
import { approvedSince, selectApproverFacts } from '../../db/queries/reversal-use.ts';
import type { ReversalRow } from '../../db/queries/reversals.ts';
import { selectPersonByName } from '../../db/queries/staff.ts';
import type { LedgerCore } from '../core.ts';
import { type Proof, proveIdentity } from '../prove-identity.ts';
import { dayBegan } from './gather-facts.ts';

/** What somebody typed in the approval window. */
export type Signature = {
  readonly name: string;
  readonly password: string;
  readonly code: string | null;
};

const NOBODY = { staffId: null, session: null } as const;

/**
 * Who signs, proved in turn with every other proof. Whoever has the session of the window behind neither helps nor
 * gains: wrong tries count as log-ins of the name that was typed.
 */
export function proveApprover(
  core: LedgerCore,
  access: Access,
  { name, password, code }: Signature,
): Promise<Result<Proof | 'code-needed'>> {
  const person = selectPersonByName(core.ledger.read, name);
  return proveIdentity(core, access, {
    person,
    typedName: name,
    password,
    code,
    occasion: 'approve',
    actor: NOBODY,
  });
}

/** The password was right and a code must follow: on the record, for the password may have been stolen. */
export function askForCode(core: LedgerCore, name: string): Result<never> {
  const person = selectPersonByName(core.ledger.read, name);
  const asked = core.ledger.act(NOBODY, 'access.code-asked', `staff:${person?.id}`, () =>
    succeed({ value: undefined, details: {} }),
  );
  return asked.ok ? fail('reversal/code-needed', say('access.code-missing')) : asked;
}

/** The password was right and yet it decides nothing: on the record, under the name that signed. */
export function refuseSigned(
  core: LedgerCore,
  id: number,
  { person, settle }: Proof,
  refusal: { readonly ok: false; readonly error: Failure },
): Result<never> {
  const actor = { staffId: person.id, session: null };
  const refused = core.ledger.act(actor, 'reversal.approval-refused', `reversal:${id}`, (db) => {
    // A code from the phone is spent with it: whoever looked on cannot use it again.
    settle(db);
    return succeed({ value: undefined, details: { why: refusal.error.message.id } });
  });
  return refused.ok ? refusal : refused;
}

/** Whether the one who signed may approve this reversal, by the books as they are now. */
export function judgeApprover(
  db: ReadDb,
  reversal: ReversalRow,
  { staffId, factor }: { readonly staffId: number; readonly factor: Proof['factor'] },
  now: UtcMs,
): MayApprove {
  const all = selectApproverFacts(db);
  return mayApprove(
    {
      staffId,
      rights: all.find(({ id }) => id === staffId) ?? null,
      approvedTodayCents: approvedSince(db, dayBegan(now), staffId, reversal.id),
      factor,
    },
    {
      requestedBy: reversal.requestedBy,
      amountCents: reversal.amountCents,
      otherApprovers: all.filter(({ id }) => id !== reversal.requestedBy).length,
    },
  );
}
