import type { HandlerParts } from '../handlers.ts';
import type { Handlers } from '../ipc/router.ts';
import {
  changeActive,
  changeApproval,
  changeRole,
  endSessions,
  resetTotp,
} from '../services/change-staff.ts';
import { addPerson, resetPassword } from '../services/give-login.ts';
import { revealPhone } from '../services/reveal-phone.ts';
import { listStaff } from '../services/show-staff.ts';

type StaffChannel = Extract<keyof Handlers, `staff:${string}` | `phone:${string}`>;

/** The people of the shop, and what of customers they may see. */
export function connectStaff({ core, access }: HandlerParts): Pick<Handlers, StaffChannel> {
  return {
    'staff:list': () => listStaff(core, access),
    'staff:add': (session, input) => addPerson(core, access, session, input),
    'staff:set-role': (session, input) => changeRole(core, access, session, input),
    'staff:set-active': (session, input) => changeActive(core, access, session, input),
    'staff:reset-password': (session, input) => resetPassword(core, access, session, input),
    'staff:reset-totp': (session, input) => resetTotp(core, access, session, input),
    'staff:end-sessions': (session, input) => endSessions(core, access, session, input),
    'staff:set-approver': (session, input) => changeApproval(core, session, input),
    'phone:reveal': (session, input) => revealPhone(core, session, input),
  };
}
