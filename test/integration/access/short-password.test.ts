import { beforeEach, describe, expect, it } from 'vitest';
import { savePassword, selectLogin } from '#main/db/queries/logins.ts';
import { dropTotp } from '#main/services/account.ts';
import { resetTotp } from '#main/services/change-staff.ts';
import { changePassword, choosePassword } from '#main/services/choose-password.ts';
import type { Core } from '#main/services/core.ts';
import { showAccess } from '#main/services/show-access.ts';
import { listStaff } from '#main/services/show-staff.ts';
import { isShortPassword } from '#shared/domain/access/password-rules.ts';
import { succeed } from '#shared/ipc/result.ts';
import { type AccessShop, failureOf, openAccessShop } from '#test/helpers/access-shop.ts';
import { PEOPLE } from '#test/helpers/people.ts';
import { codeOf, unwrap } from '#test/helpers/results.ts';
import { sessionOf } from '#test/helpers/router.ts';

const SHORT = 'fig moss';
const LONG = 'forty figs on moss';

let shop: AccessShop;
let codeNow: () => string;
beforeEach(async () => {
  shop = await openAccessShop();
  codeNow = shop.giveTotp('manager').codeNow;
});

const sessionNow = (window = 'main' as const) => {
  const session = shop.access.book.sessionFor(window);
  if (!session) throw new Error('nobody is signed in');
  return session;
};

/** The manager signs in and changes the password; the second factor is on. */
async function choose(password: string): Promise<void> {
  unwrap(await shop.signIn('manager', codeNow()));
  shop.pass(60_000);
  const given = { current: PEOPLE.manager.password, code: codeNow(), password };
  unwrap(await changePassword(shop.core, shop.access, sessionNow(), given));
}

/** Another owner takes the lost second factor away. */
function loseTotp(): void {
  const owner = { ...sessionOf('owner'), staffId: shop.idOf('owner') };
  unwrap(resetTotp(shop.core as Core, shop.access, owner, { staffId: shop.idOf('manager') }));
}

const comeIn = (password: string) => shop.signIn({ name: PEOPLE.manager.name, password });
const personAtWindow = () => {
  const about = { host: 'preview', version: '0' } as const;
  return unwrap(showAccess(shop.core, shop.access, about, [], 'main'));
};

it('counts characters as people do', () => {
  expect(isShortPassword('elevenchars')).toBe(true);
  expect(isShortPassword('twelve chars')).toBe(false);
  expect(isShortPassword('😀'.repeat(11))).toBe(true);
});

describe('a password that a second factor made short', () => {
  it('keeps its owner from switching that factor off, and says what to do first', async () => {
    await choose(SHORT);
    expect(failureOf(dropTotp(shop.core, sessionNow()))).toMatchObject({
      code: 'access/weak-password',
      message: { id: 'account.longer-first', values: { least: 12 } },
    });
    expect(selectLogin(shop.ledger.read, shop.idOf('manager'))?.totpSecret).not.toBeNull();
    shop.pass(60_000);
    const longer = { current: SHORT, code: codeNow(), password: LONG };
    unwrap(await changePassword(shop.core, shop.access, sessionNow(), longer));
    expect(codeOf(dropTotp(shop.core, sessionNow()))).toBe('ok');
  });

  it('opens the choice of a longer one, and nothing else, once the factor was taken away', async () => {
    await choose(SHORT);
    expect(personAtWindow().person?.mustLengthen).toBe(false);
    loseTotp();
    const listed = unwrap(listStaff(shop.core as Core, shop.access)).people;
    expect(listed.find(({ id }) => id === shop.idOf('manager'))?.mustChoosePassword).toBe(true);
    expect(unwrap(await comeIn(SHORT))).toEqual({ next: 'new-password' });
    expect(shop.access.book.sessionFor('main')).toBeNull();
    expect(personAtWindow()).toMatchObject({ phase: 'new-password', person: { mustLengthen: true } });
    // It is not used up: whoever is called away begins again.
    expect(unwrap(await comeIn(SHORT))).toEqual({ next: 'new-password' });
    expect(codeOf(await choosePassword(shop.core, shop.access, 'nut moss', 'main'))).toBe(
      'access/weak-password',
    );
    expect(unwrap(await choosePassword(shop.core, shop.access, LONG, 'main'))).toEqual({ next: 'open' });
    expect(unwrap(await comeIn(LONG))).toEqual({ next: 'open' });
    expect(personAtWindow().person?.mustLengthen).toBe(false);
  });

  it('is opened by nobody at the command line, where no other can be chosen', async () => {
    await choose(SHORT);
    loseTotp();
    Object.assign(shop.access, { host: 'cli' });
    expect(failureOf(await comeIn(SHORT)).message.id).toBe('access.choose-in-window');
  });
});

it('a password of full length outlives the second factor', async () => {
  await choose(LONG);
  loseTotp();
  expect(unwrap(await comeIn(LONG))).toEqual({ next: 'open' });
});

it('a longer password takes the mark of a short one away', () => {
  const staffId = shop.idOf('clerk');
  const saveAs = (isShort: boolean) =>
    shop.ledger.act({ staffId, session: null }, 'account.password-changed', `staff:${staffId}`, (db) => {
      savePassword(db, { staffId, hash: '$argon2id$x', isSingleUse: false, isShort, at: shop.core.now() });
      return succeed({ value: undefined, details: {} });
    });
  for (const isShort of [true, false]) {
    unwrap(saveAs(isShort));
    expect(selectLogin(shop.ledger.read, staffId)?.isShort).toBe(isShort);
  }
});
