import { say } from '#shared/domain/message.ts';
import { areGroupsRight, type TypedGroup } from '#shared/domain/recovery/code.ts';
import type { Output } from '#shared/ipc/contract.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { Access } from '../access/access.ts';
import type { FreshKit } from '../access/recovery-kit.ts';
import { fingerprintOf } from '../audit/ed25519.ts';
import type { EpochProblem } from '../audit/keeper.ts';
import { writeSetting } from '../db/queries/settings.ts';
import type { Session } from '../ipc/session.ts';
import { actorOf, type Core } from './core.ts';
import { outOfOrder } from './out-of-order.ts';
import { keepValidKit, keysOf, layKitBeside, validKit } from './recovery-kits.ts';

/** When the valid code was made, and how to tell its kit from another. */
export function showRecovery(core: Core): Result<Output<'recovery:show'>> {
  const kit = validKit(core);
  if (kit === null) return fail('recovery/no-kit', say('recovery.no-kit'));
  return succeed({ madeAt: kit.madeAt, fingerprint: fingerprintOf(kit.root) });
}

export type CodeChange = {
  /** Makes a code and shows it this once. The old one stays valid. */
  readonly make: (session: Session) => Promise<Result<Output<'recovery:make-code'>>>;
  /** Takes the shown code into use once two of its groups were typed back. */
  readonly confirm: (
    session: Session,
    groups: readonly TypedGroup[],
  ) => Promise<Result<Record<string, never>>>;
};

/** A new recovery code in the place of the valid one. */
export function openCodeChange(core: Core, access: Access): CodeChange {
  let waiting: { readonly fresh: FreshKit; readonly sessionId: string } | null = null;

  async function make(session: Session) {
    const fresh = await access.kits.make(core.ledger.file.id, keysOf(core), core.now());
    waiting = { fresh, sessionId: session.id };
    const { groups, ask, kit } = fresh;
    return succeed({ groups: [...groups], ask: [...ask], fingerprint: fingerprintOf(kit.root) });
  }

  async function confirm(session: Session, groups: readonly TypedGroup[]) {
    if (waiting?.sessionId !== session.id) return outOfOrder();
    const { fresh } = waiting;
    if (!areGroupsRight(fresh.groups, fresh.ask, groups))
      return fail('recovery/wrong-code', say('recovery.groups-wrong'));
    const before = validKit(core);
    // From now on either code opens the books; which of the two goes on doing so, the ledger decides.
    layKitBeside(core, fresh.kit);
    const named = await nameRoot(core, session, fresh);
    if (!named.ok) {
      keepValidKit(core);
      return named;
    }
    const changed = core.ledger.act(actorOf(session), 'recovery.code-made', 'recovery', (db) => {
      writeSetting(db, 'recovery-root', fresh.kit.root);
      const after = { fingerprint: fingerprintOf(fresh.kit.root) };
      const details = { before: before && { fingerprint: fingerprintOf(before.root) }, after };
      return succeed({ value: {}, details });
    });
    keepValidKit(core);
    if (!changed.ok) return changed;
    waiting = null;
    core.tell('ledger:changed', { areas: ['settings'] });
    return changed;
  }

  return {
    make: (session) => access.inTurn(() => make(session)),
    confirm: (session, groups) => access.inTurn(() => confirm(session, groups)),
  };
}

/** The signed log names the new root under its present key; one that was never signed begins with it. */
async function nameRoot(core: Core, session: Session, fresh: FreshKit): Promise<Result<undefined>> {
  const named = await core.audit.nameRoot(actorOf(session), fresh.kit.root);
  if (named.ok) return succeed(undefined);
  const begun = named.problem === 'unsigned' ? await core.audit.begin(actorOf(session), fresh.root) : named;
  return begun.ok ? succeed(undefined) : refuseUnsigned(begun.problem);
}

function refuseUnsigned(problem: EpochProblem): Result<never> {
  // Without that key only the present code can start the log again, so it must not be replaced yet.
  if (problem === 'no-signing-key') return fail('access/out-of-order', say('recovery.no-signing-key'));
  if (problem === 'no-keychain') return fail('startup/no-keychain', say('recovery.keychain-refused'));
  throw new Error(`the root of the new code cannot be named: ${problem}`);
}
