import { describe, expect, test } from 'vitest';
import { openPasswords } from '#main/access/passwords.ts';
import { mayApprove, selectApproverKey, selectSealedTo } from '#main/db/queries/approver-keys.ts';
import { selectPersonByName } from '#main/db/queries/staff.ts';
import { changeActive, changeApproval, changeRole } from '#main/services/change-staff.ts';
import { changePassword, choosePassword } from '#main/services/choose-password.ts';
import { confirm } from '#main/services/confirm.ts';
import { actorOf } from '#main/services/core.ts';
import { openReversalOperator } from '#main/services/credentials/sealed-operator.ts';
import { resetPassword } from '#main/services/give-login.ts';
import { signOut } from '#main/services/leave.ts';
import { signIn } from '#main/services/sign-in.ts';
import type { Role } from '#shared/domain/access/permissions.ts';
import { succeed } from '#shared/ipc/result.ts';
import { CODE, type CredentialShop, openCredentialShop, REVERSAL } from '#test/helpers/credential-shop.ts';
import { PEOPLE } from '#test/helpers/people.ts';
import { codeOf, unwrap } from '#test/helpers/results.ts';
import { WEAK_COST } from '#test/helpers/weak-cost.ts';

const SECRET = { name: 'mfanoback', password: 'Rudisha%2026' };
const NEW = 'six slow old tortoises';

const idOf = ({ core }: CredentialShop, role: Role) =>
  selectPersonByName(core.ledger.read, PEOPLE[role].name)?.id ?? 0;
const keyOf = (shop: CredentialShop, role: Role) =>
  selectApproverKey(shop.core.ledger.read, idOf(shop, role));
const sealedTo = ({ core }: CredentialShop) => selectSealedTo(core.ledger.read, CODE).map(({ name }) => name);
const open = (shop: CredentialShop, role: Role, password: string = PEOPLE[role].password) =>
  openReversalOperator(shop.core, shop.access, { staffId: idOf(shop, role), password, shortCode: CODE });

/** Otieno, a manager, may approve from now on. */
function makeApprover(shop: CredentialShop, isApprover = true): void {
  const caps = isApprover
    ? { capCents: 100_000, dayCapCents: 500_000 }
    : { capCents: null, dayCapCents: null };
  const about = { staffId: idOf(shop, 'manager'), isApprover, ...caps, refusesTotp: true };
  unwrap(changeApproval(shop.core, shop.owner, about));
}

async function ownerAgain(shop: CredentialShop, password: string = PEOPLE.owner.password) {
  const { name } = PEOPLE.owner;
  unwrap(await signIn(shop.core, shop.access, { name, password, code: null }, 'main'));
  const session = shop.access.book.sessionFor('main');
  if (!session) throw new Error('the owner is not in');
  return session;
}

describe('a key of an approver', () => {
  test('is made when somebody who may approve types their password, and is on the record', async () => {
    const shop = await openCredentialShop();
    const key = keyOf(shop, 'owner');
    expect(key?.publicKey).toHaveLength(32);
    const { details } = shop.core.ledger.read.get<{ details: string }>(
      `SELECT details FROM audit_entries WHERE action = 'access.signed-in' ORDER BY seq DESC`,
    ) ?? { details: '' };
    expect(JSON.parse(details)).toMatchObject({
      approverKey: 'made',
      publicKey: key?.publicKey.toString('hex'),
    });
    for (const role of ['manager', 'clerk', 'auditor'] as const) {
      await shop.signInAs(role);
      expect(keyOf(shop, role)).toBeNull();
    }
  });

  test('is made once: a log-in with a key stretches nothing more', async () => {
    const shop = await openCredentialShop();
    const before = keyOf(shop, 'owner');
    const passwords = openPasswords(WEAK_COST);
    let stretched = 0;
    const counting = {
      ...passwords,
      stretch: (...given: Parameters<typeof passwords.stretch>) => {
        stretched += 1;
        return passwords.stretch(...given);
      },
    };
    const access = { ...shop.access, passwords: counting };
    const given = { name: PEOPLE.owner.name, password: PEOPLE.owner.password, code: null };
    unwrap(await signIn(shop.core, access, given, 'main'));
    expect(stretched).toBe(0);
    expect(keyOf(shop, 'owner')).toEqual(before);
  });

  test('is made for a manager at the next password after the owner named them', async () => {
    const shop = await openCredentialShop();
    makeApprover(shop);
    expect(keyOf(shop, 'manager')).toBeNull();
    const session = await shop.signInAs('manager');
    expect(keyOf(shop, 'manager')).not.toBeNull();
    // Giving the password again is such a moment too.
    shop.core.ledger.act(actorOf(session), 'test.dropped', 'test', (db) => {
      db.run('DELETE FROM approver_keys WHERE staff_id = ?', session.staffId);
      return succeed({ value: undefined, details: {} });
    });
    const { password } = PEOPLE.manager;
    unwrap(await confirm(shop.core, shop.access, session, { password, code: null }));
    expect(keyOf(shop, 'manager')).not.toBeNull();
  });

  test('is not made from a wrong password', async () => {
    const shop = await openCredentialShop();
    makeApprover(shop);
    const wrong = { name: PEOPLE.manager.name, password: 'not this', code: null };
    expect(codeOf(await signIn(shop.core, shop.access, wrong, 'main'))).toBe('access/refused');
    expect(keyOf(shop, 'manager')).toBeNull();
  });
});

describe('the reversal operator', () => {
  test('is sealed to each approver and opens by their own password alone', async () => {
    const shop = await openCredentialShop();
    makeApprover(shop);
    await shop.signInAs('manager');
    await ownerAgain(shop);
    unwrap(await shop.set(REVERSAL));
    expect(sealedTo(shop)).toEqual(['Amina', 'Otieno']);
    expect(unwrap(await open(shop, 'owner'))).toEqual(SECRET);
    expect(unwrap(await open(shop, 'manager'))).toEqual(SECRET);
    expect(codeOf(await open(shop, 'owner', PEOPLE.manager.password))).toBe('credential/sealed');
    expect(codeOf(await open(shop, 'clerk'))).toBe('credential/sealed');
    // The keychain has nothing of it: another program of this Windows user finds no password to send money with.
    expect(await shop.vault.items()).toEqual({});
  });

  test('is not for whoever became an approver later, until it is typed again', async () => {
    const shop = await openCredentialShop();
    unwrap(await shop.set(REVERSAL));
    makeApprover(shop);
    expect((await shop.view()).sealing).toMatchObject({
      to: [{ name: 'Amina' }],
      signInOnce: ['Otieno'],
      typeAgain: [],
    });
    await shop.signInAs('manager');
    expect((await shop.view()).sealing).toMatchObject({ signInOnce: [], typeAgain: ['Otieno'] });
    expect(codeOf(await open(shop, 'manager'))).toBe('credential/sealed');
    unwrap(await shop.set(REVERSAL));
    expect((await shop.view()).sealing).toMatchObject({
      to: [{ name: 'Amina' }, { name: 'Otieno' }],
      typeAgain: [],
    });
  });

  test('follows an approver’s change of password', async () => {
    const shop = await openCredentialShop();
    unwrap(await shop.set(REVERSAL));
    const before = keyOf(shop, 'owner');
    const change = { current: PEOPLE.owner.password, code: null, password: NEW };
    unwrap(await changePassword(shop.core, shop.access, shop.owner, change));
    expect(keyOf(shop, 'owner')?.publicKey).toEqual(before?.publicKey);
    expect(keyOf(shop, 'owner')?.wrapped).not.toEqual(before?.wrapped);
    expect(codeOf(await open(shop, 'owner'))).toBe('credential/sealed');
    expect(unwrap(await open(shop, 'owner', NEW))).toEqual(SECRET);
  });

  test('is lost to an approver whose password somebody else reset, and typed again for them', async () => {
    const shop = await openCredentialShop();
    makeApprover(shop);
    await shop.signInAs('manager');
    const owner = await ownerAgain(shop);
    unwrap(await shop.set(REVERSAL));
    const staffId = idOf(shop, 'manager');
    const { startingPassword } = unwrap(await resetPassword(shop.core, shop.access, owner, { staffId }));
    expect(keyOf(shop, 'manager')).toBeNull();
    expect(sealedTo(shop)).toEqual(['Amina']);
    expect(codeOf(await open(shop, 'manager', startingPassword))).toBe('credential/sealed');

    // A password that opens once locks no key; the chosen one does.
    signOut(shop.core, shop.access, 'main');
    const first = { name: PEOPLE.manager.name, password: startingPassword, code: null };
    expect(unwrap(await signIn(shop.core, shop.access, first, 'main'))).toEqual({ next: 'new-password' });
    expect(keyOf(shop, 'manager')).toBeNull();
    unwrap(await choosePassword(shop.core, shop.access, NEW, 'main'));
    expect(keyOf(shop, 'manager')).not.toBeNull();
    expect((await shop.view()).sealing.typeAgain).toEqual(['Otieno']);
    unwrap(await shop.set(REVERSAL));
    expect(unwrap(await open(shop, 'manager', NEW))).toEqual(SECRET);
  });

  test.each<[string, (shop: CredentialShop) => void]>([
    ['may no longer approve', (shop) => makeApprover(shop, false)],
    [
      'has another role',
      (shop) =>
        unwrap(
          changeRole(shop.core, shop.access, shop.owner, { staffId: idOf(shop, 'manager'), role: 'clerk' }),
        ),
    ],
    [
      'is shut out',
      (shop) =>
        unwrap(
          changeActive(shop.core, shop.access, shop.owner, {
            staffId: idOf(shop, 'manager'),
            isActive: false,
          }),
        ),
    ],
  ])('is lost to an approver who %s', async (_, end) => {
    const shop = await openCredentialShop();
    makeApprover(shop);
    await shop.signInAs('manager');
    await ownerAgain(shop);
    unwrap(await shop.set(REVERSAL));
    end(shop);
    expect(mayApprove(shop.core.ledger.read, idOf(shop, 'manager'))).toBe(false);
    expect(keyOf(shop, 'manager')).toBeNull();
    expect(sealedTo(shop)).toEqual(['Amina']);
    expect(codeOf(await open(shop, 'manager'))).toBe('credential/sealed');
  });

  test('stays sealed to an owner who names another approver, or changes an amount', async () => {
    const shop = await openCredentialShop();
    unwrap(await shop.set(REVERSAL));
    makeApprover(shop);
    expect(unwrap(await open(shop, 'owner'))).toEqual(SECRET);
  });

  test('that was changed in the books does not open, and says what to do', async () => {
    const shop = await openCredentialShop();
    unwrap(await shop.set(REVERSAL));
    unwrap(
      shop.core.ledger.act(actorOf(shop.owner), 'test.changed', 'test', (db) => {
        const { box } = db.get<{ box: Buffer }>('SELECT box FROM sealed_operators') ?? {};
        if (!box) throw new Error('there is no box');
        box.writeUInt8(box.readUInt8(box.length - 1) ^ 1, box.length - 1);
        db.run('UPDATE sealed_operators SET box = ?', box);
        return succeed({ value: undefined, details: {} });
      }),
    );
    expect(await open(shop, 'owner')).toMatchObject({
      error: { code: 'credential/sealed', message: { id: 'credential.sealed.damaged' } },
    });
  });

  test('cannot be kept while nobody has a key to seal it to', async () => {
    const shop = await openCredentialShop();
    unwrap(
      shop.core.ledger.act(actorOf(shop.owner), 'test.dropped', 'test', (db) => {
        db.run('DELETE FROM approver_keys');
        return succeed({ value: undefined, details: {} });
      }),
    );
    expect(codeOf(await shop.set(REVERSAL))).toBe('credential/sealed');
    expect((await shop.view()).credentials['reversal-operator']).toBeNull();
  });

  test('goes with its boxes when it is removed', async () => {
    const shop = await openCredentialShop();
    unwrap(await shop.set(REVERSAL));
    expect((await shop.view()).credentials['reversal-operator']?.kept).toBe('yes');
    const of = { shortCode: CODE, kind: 'reversal-operator' } as const;
    expect(unwrap(await shop.desk.remove(actorOf(shop.owner), of))).toEqual({ isGone: true });
    expect(sealedTo(shop)).toEqual([]);
    expect(keyOf(shop, 'owner')).not.toBeNull();
  });
});
