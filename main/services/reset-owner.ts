import { say } from '#shared/domain/message.ts';
import { DAY } from '#shared/domain/time.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { Access } from '../access/access.ts';
import { PROGRAM } from '../db/ledger.ts';
import { removeApproverKey } from '../db/queries/approver-keys.ts';
import { removeTotp, savePassword, selectLogin } from '../db/queries/logins.ts';
import { writeSetting } from '../db/queries/settings.ts';
import { clearTries } from '../db/queries/sign-in-delays.ts';
import { selectPersonByName } from '../db/queries/staff.ts';
import type { Core } from './core.ts';
import { endSessionsOf } from './end-session.ts';
import { refuseWeak } from './password-problems.ts';
import { proveCode } from './prove-code.ts';

const NOBODY = { staffId: null, session: null } as const;
/** So long nobody may send money back: time to notice that it was somebody else who held the code. */
const REVERSALS_OFF = DAY;

/**
 * The owner has forgotten the password, and the recovery code sets another. The second factor goes too: the telephone
 * may be what was lost. It is on the record and on the next close, and the code stays valid.
 */
export function resetOwner(
  core: Core,
  access: Access,
  given: { readonly code: string; readonly name: string; readonly password: string },
): Promise<Result<Record<string, never>>> {
  return access.inTurn(async () => {
    const { code: typed, name, password } = given;
    const proved = await proveCode(core, access, { typed, occasion: 'reset-owner', actor: NOBODY });
    if (!proved.ok) return proved;
    // Whoever holds the code can read every name in the books, so this gives nothing away.
    const person = selectPersonByName(core.ledger.read, name);
    if (!person?.isActive || person.role !== 'owner')
      return fail('access/refused', say('recovery.no-such-owner'));
    const weak = refuseWeak(core, { password, name: person.name, hasTotp: false });
    if (weak) return weak;
    const hash = await access.passwords.hash(password);
    const subject = `staff:${person.id}`;
    const reset = core.ledger.act(NOBODY, 'recovery.owner-reset', subject, (db) => {
      const now = core.now();
      const hadTotp = selectLogin(db, person.id)?.totpSecret != null;
      proved.value.settle(db);
      removeTotp(db, person.id);
      savePassword(db, { staffId: person.id, hash, isSingleUse: false, isShort: false, at: now });
      clearTries(db, subject);
      access.tries.clear(subject);
      // Only the forgotten password opened it.
      const lostApproverKey = removeApproverKey(db, person.id);
      writeSetting(db, 'owner-reset-at', String(now));
      writeSetting(db, 'reversals-off-until', String(now + REVERSALS_OFF));
      const reversalsOffUntil = now + REVERSALS_OFF;
      return succeed({ value: {}, details: { hadTotp, lostApproverKey, reversalsOffUntil } });
    });
    if (reset.ok) endSessionsOf(core, access, person.id, { reason: 'changed', actor: PROGRAM });
    return reset;
  });
}
