import { type Access, openAccess } from '#main/access/access.ts';
import { openPasswords } from '#main/access/passwords.ts';
import { inventPeople } from '#main/demo/invent-people.ts';
import type { Session } from '#main/ipc/session.ts';
import { signIn } from '#main/services/sign-in.ts';
import type { Role } from '#shared/domain/access/permissions.ts';
import { openShop, type TestShop } from './open-shop.ts';
import { PEOPLE } from './people.ts';
import { unwrap } from './results.ts';
import { WEAK_COST } from './weak-cost.ts';

export type StaffedShop = {
  readonly shop: TestShop;
  readonly access: Access;
  /** Signs one of the four in at the window, instead of whoever was there. */
  readonly signInAs: (role: Role) => Promise<Session>;
};

/** A shop in which the four people of the tests can sign in, with passwords that are quick to check. */
export async function openStaffedShop(): Promise<StaffedShop> {
  const shop = await openShop();
  const { core } = shop;
  const passwords = openPasswords(WEAK_COST);
  const access = openAccess({ host: 'preview', read: core.ledger.read, now: core.now, passwords });
  await inventPeople(core, access, shop.actor, Object.values(PEOPLE));
  const signInAs = async (role: Role) => {
    const { name, password } = PEOPLE[role];
    unwrap(await signIn(core, access, { name, password, code: null }, 'main'));
    const session = access.book.sessionFor('main');
    if (!session) throw new Error(`${name} is not signed in`);
    return session;
  };
  return { shop, access, signInAs };
}
