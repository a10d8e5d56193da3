import { succeed } from '#shared/ipc/result.ts';
import type { HandlerParts } from '../handlers.ts';
import type { Handlers } from '../ipc/router.ts';
import { acceptTotp, dropTotp, offerTotp, renewRecoveryCodes, showAccount } from '../services/account.ts';
import { changePassword, choosePassword } from '../services/choose-password.ts';
import { confirm } from '../services/confirm.ts';
import { lock, noteInput, signOut } from '../services/leave.ts';
import { findProblems } from '../services/password-problems.ts';
import { showAccess } from '../services/show-access.ts';
import { signIn } from '../services/sign-in.ts';
import { unlock } from '../services/unlock.ts';

type AccessChannel = Extract<keyof Handlers, `access:${string}` | `account:${string}` | `password:${string}`>;

/** The contract lets nobody else ask for these. */
const WINDOW = 'main';

/** Who sits at the window: signing in and out, locking, one’s own login. */
export function connectAccess(parts: HandlerParts): Pick<Handlers, AccessChannel> {
  const { core, access, about, demoPeople } = parts;
  return {
    'access:state': () => showAccess(core, access, about, demoPeople, WINDOW),
    'access:sign-in': (_, input) => signIn(core, access, input, WINDOW),
    'access:choose-password': (_, input) => choosePassword(core, access, input.password, WINDOW),
    'access:unlock': (_, input) => unlock(core, access, input.password, WINDOW),
    'access:sign-out': () => signOut(core, access, WINDOW),
    'access:lock': (session) => lock(core, access, session),
    'access:active': (session) => noteInput(access, session),
    'access:confirm': (session, input) => confirm(core, access, session, input),
    'password:check': (_, input) => succeed({ problems: findProblems(core, input) }),
    'account:show': (session) => showAccount(core, access, session),
    'account:change-password': (session, input) => changePassword(core, access, session, input),
    'account:begin-totp': (session) => offerTotp(core, access, session),
    'account:finish-totp': (session, input) => acceptTotp(core, access, session, input.code),
    'account:remove-totp': (session) => dropTotp(core, session),
    'account:new-recovery-codes': (session) => renewRecoveryCodes(core, session),
  };
}
