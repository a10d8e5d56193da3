import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeStartingPassword } from '#main/access/starting-password.ts';
import { saveTotp, selectLogin } from '#main/db/queries/logins.ts';
import { unsealAll } from '#main/db/queries/sealed.ts';
import { selectTries } from '#main/db/queries/sign-in-delays.ts';
import { selectPersonByName } from '#main/db/queries/staff.ts';
import type { Session } from '#main/ipc/session.ts';
import {
  changeActive,
  changeApproval,
  changeRole,
  endSessions,
  resetTotp,
} from '#main/services/change-staff.ts';
import { addPerson, resetPassword } from '#main/services/give-login.ts';
import { listStaff } from '#main/services/show-staff.ts';
import { signIn } from '#main/services/sign-in.ts';
import type { Role } from '#shared/domain/access/permissions.ts';
import { succeed } from '#shared/ipc/result.ts';
import { PEOPLE } from '#test/helpers/people.ts';
import { codeOf, unwrap } from '#test/helpers/results.ts';
import { openStaffedShop, type StaffedShop } from '#test/helpers/staffed-shop.ts';

let staffed: StaffedShop;
let owner: Session;
beforeEach(async () => {
  staffed = await openStaffedShop();
  owner = await staffed.signInAs('owner');
});
afterEach(() => staffed.shop.close());

const core = () => staffed.shop.core;
const idOf = (role: Role) => selectPersonByName(core().ledger.read, PEOPLE[role].name)?.id ?? 0;
const listed = (name: string) =>
  unwrap(listStaff(core(), staffed.access)).people.find((person) => person.name === name);
const lastEntry = () => {
  const entry = core().ledger.read.get<{ action: string; subject: string; staffId: number; details: string }>(
    'SELECT action, subject, staff_id AS staffId, details FROM audit_entries ORDER BY seq DESC LIMIT 1',
  );
  if (!entry) throw new Error('the log is empty');
  return entry;
};
const entriesOf = (action: string) =>
  core().ledger.read.all<{ details: string }>('SELECT details FROM audit_entries WHERE action = ?', action);
const comeIn = (name: string, password: string) =>
  signIn(core(), staffed.access, { name, password, code: null }, 'main');

/** Somebody's session at a second window, as it would be beside the owner's. */
async function openElsewhere(role: Role): Promise<void> {
  const { name, password } = PEOPLE[role];
  unwrap(await signIn(core(), staffed.access, { name, password, code: null }, 'approval'));
}

describe('adding a person', () => {
  it('gives a password that opens once, and only to choose another', async () => {
    const added = unwrap(await addPerson(core(), staffed.access, owner, { name: 'Wanjiru', role: 'clerk' }));
    expect(added.startingPassword).toMatch(/^([b-z][aeiou]){3}(-([b-z][aeiou]){3}){2}$/);
    expect(listed('Wanjiru')).toMatchObject({
      role: 'clerk',
      isActive: true,
      mustChoosePassword: true,
      hasTotp: false,
      isApprover: false,
      lastSeenAt: null,
      openSession: null,
    });
    expect(unwrap(await comeIn('wanjiru', added.startingPassword))).toEqual({ next: 'new-password' });
    expect(codeOf(await comeIn('Wanjiru', added.startingPassword))).toBe('access/refused');
  });

  it('leaves an entry with the name sealed and no trace of the password', async () => {
    const added = unwrap(await addPerson(core(), staffed.access, owner, { name: 'Wanjiru', role: 'clerk' }));
    const entry = lastEntry();
    expect(entry).toMatchObject({
      action: 'staff.added',
      subject: `staff:${listed('Wanjiru')?.id}`,
      staffId: owner.staffId,
    });
    expect(entry.details).not.toContain('Wanjiru');
    expect(entry.details).not.toContain(added.startingPassword);
    expect(unsealAll(core().ledger.read, JSON.parse(entry.details))).toEqual({
      before: null,
      after: { name: 'Wanjiru', role: 'clerk' },
    });
  });

  it.each(['Njeri', ' NJERI ', 'ｎｊｅｒｉ', 'Daftari'])('refuses %j, which is taken', async (name) => {
    const before = unwrap(listStaff(core(), staffed.access)).people.length;
    const refused = await addPerson(core(), staffed.access, owner, { name, role: 'clerk' });
    expect(codeOf(refused)).toBe('access/name-taken');
    expect(unwrap(listStaff(core(), staffed.access)).people).toHaveLength(before);
  });

  it('gives the name to one of two who ask for it at once', async () => {
    const ask = () => addPerson(core(), staffed.access, owner, { name: 'Wanjiru', role: 'clerk' });
    const codes = (await Promise.all([ask(), ask()])).map(codeOf);
    expect(codes.sort()).toEqual(['access/name-taken', 'ok']);
  });
});

describe('another role', () => {
  it('holds at once, ends the session that had the old one, and is in the log', async () => {
    await openElsewhere('clerk');
    unwrap(changeRole(core(), staffed.access, owner, { staffId: idOf('clerk'), role: 'manager' }));
    expect(listed(PEOPLE.clerk.name)).toMatchObject({ role: 'manager', openSession: null });
    expect(staffed.access.book.ofPerson(idOf('clerk'))).toBeNull();
    expect(entriesOf('staff.role-set').map(({ details }) => JSON.parse(details))).toEqual([
      { before: { role: 'clerk' }, after: { role: 'manager' } },
    ]);
    expect(
      core().ledger.read.get('SELECT end_reason FROM sessions WHERE staff_id = ?', idOf('clerk')),
    ).toEqual({ end_reason: 'changed' });
  });

  it('that is the same changes nothing and writes nothing', () => {
    unwrap(changeRole(core(), staffed.access, owner, { staffId: idOf('clerk'), role: 'clerk' }));
    expect(entriesOf('staff.role-set')).toEqual([]);
  });

  it('takes the right to approve with it', () => {
    const staffId = idOf('manager');
    unwrap(
      changeApproval(core(), owner, {
        staffId,
        isApprover: true,
        capCents: 500_000,
        dayCapCents: 900_000,
        refusesTotp: true,
      }),
    );
    unwrap(changeRole(core(), staffed.access, owner, { staffId, role: 'clerk' }));
    unwrap(changeRole(core(), staffed.access, owner, { staffId, role: 'manager' }));
    expect(listed(PEOPLE.manager.name)).toMatchObject({
      isApprover: false,
      capCents: null,
      dayCapCents: null,
    });
  });
});

describe('the owner', () => {
  it('does none of it to the own login', async () => {
    const staffId = owner.staffId;
    const { access } = staffed;
    const refusals = [
      changeRole(core(), access, owner, { staffId, role: 'clerk' }),
      changeActive(core(), access, owner, { staffId, isActive: false }),
      resetTotp(core(), access, owner, { staffId }),
      endSessions(core(), access, owner, { staffId }),
      changeApproval(core(), owner, {
        staffId,
        isApprover: false,
        capCents: null,
        dayCapCents: null,
        refusesTotp: false,
      }),
      await resetPassword(core(), access, owner, { staffId }),
    ];
    expect(refusals.map(codeOf)).toEqual(Array(6).fill('access/out-of-order'));
  });

  it('who is the last cannot be demoted or disabled, whoever asks', () => {
    const asked = { ...owner, staffId: idOf('manager') };
    const staffId = owner.staffId;
    expect(codeOf(changeRole(core(), staffed.access, asked, { staffId, role: 'clerk' }))).toBe(
      'access/last-owner',
    );
    expect(codeOf(changeActive(core(), staffed.access, asked, { staffId, isActive: false }))).toBe(
      'access/last-owner',
    );
    expect(listed(PEOPLE.owner.name)).toMatchObject({ role: 'owner', isActive: true });
  });

  it('who is one of two can be demoted by the other', async () => {
    unwrap(changeRole(core(), staffed.access, owner, { staffId: idOf('manager'), role: 'owner' }));
    const other = await staffed.signInAs('manager');
    unwrap(changeRole(core(), staffed.access, other, { staffId: owner.staffId, role: 'manager' }));
    expect(
      codeOf(changeActive(core(), staffed.access, owner, { staffId: other.staffId, isActive: false })),
    ).toBe('access/last-owner');
  });

  it('who has been disabled does not count as one who is left', () => {
    const staffId = idOf('manager');
    unwrap(changeRole(core(), staffed.access, owner, { staffId, role: 'owner' }));
    unwrap(changeActive(core(), staffed.access, owner, { staffId, isActive: false }));
    const asked = { ...owner, staffId };
    expect(
      codeOf(changeActive(core(), staffed.access, asked, { staffId: owner.staffId, isActive: false })),
    ).toBe('access/last-owner');
  });
});

describe('disabling', () => {
  it('signs out at once and lets nobody in, deletes nothing, and is taken back', async () => {
    await openElsewhere('clerk');
    const staffId = idOf('clerk');
    const { name, password } = PEOPLE.clerk;
    unwrap(changeActive(core(), staffed.access, owner, { staffId, isActive: false }));
    expect(staffed.access.book.ofPerson(staffId)).toBeNull();
    expect(codeOf(await comeIn(name, password))).toBe('access/refused');
    expect(listed(name)).toMatchObject({ isActive: false, role: 'clerk' });
    expect(JSON.parse(entriesOf('staff.disabled')[0]?.details ?? '')).toEqual({
      before: { isActive: true },
      after: { isActive: false },
    });
    unwrap(changeActive(core(), staffed.access, owner, { staffId, isActive: true }));
    expect(unwrap(await comeIn(name, password))).toEqual({ next: 'open' });
  });
});

describe('a new starting password', () => {
  it('ends the old one and the session, clears the wrong tries and keeps the second factor', async () => {
    await openElsewhere('clerk');
    const staffId = idOf('clerk');
    const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
    core().ledger.act(ownerAsActor(), 'account.totp-switched-on', `staff:${staffId}`, (db) => {
      saveTotp(db, { staffId, secret, step: 1, at: core().now() });
      return succeed({ value: undefined, details: {} });
    });
    expect(codeOf(await comeIn(PEOPLE.clerk.name, 'a wrong guess'))).toBe('access/refused');
    expect(selectTries(core().ledger.read, `staff:${staffId}`).failures).toBe(1);
    const { startingPassword } = unwrap(await resetPassword(core(), staffed.access, owner, { staffId }));
    expect(selectTries(core().ledger.read, `staff:${staffId}`).failures).toBe(0);
    expect(staffed.access.book.ofPerson(staffId)).toBeNull();
    expect(codeOf(await comeIn(PEOPLE.clerk.name, PEOPLE.clerk.password))).toBe('access/refused');
    expect(unwrap(await comeIn(PEOPLE.clerk.name, startingPassword))).toEqual({ next: 'code' });
    expect(selectLogin(core().ledger.read, staffId)).toMatchObject({ totpSecret: secret, isSingleUse: true });
    const texts = core().ledger.read.all<{ details: string }>('SELECT details FROM audit_entries');
    expect(texts.some(({ details }) => details.includes(startingPassword))).toBe(false);
  });
});

describe('a second factor', () => {
  it('that is lost is taken away, with the session; there must be one', async () => {
    await openElsewhere('clerk');
    const staffId = idOf('clerk');
    expect(codeOf(resetTotp(core(), staffed.access, owner, { staffId }))).toBe('access/out-of-order');
    core().ledger.act(ownerAsActor(), 'account.totp-switched-on', `staff:${staffId}`, (db) => {
      saveTotp(db, { staffId, secret: 'JBSWY3DPEHPK3PXP', step: 1, at: core().now() });
      return succeed({ value: undefined, details: {} });
    });
    expect(listed(PEOPLE.clerk.name)?.hasTotp).toBe(true);
    unwrap(resetTotp(core(), staffed.access, owner, { staffId }));
    expect(listed(PEOPLE.clerk.name)?.hasTotp).toBe(false);
    expect(staffed.access.book.ofPerson(staffId)).toBeNull();
    expect(unwrap(await comeIn(PEOPLE.clerk.name, PEOPLE.clerk.password))).toEqual({ next: 'open' });
  });
});

describe('ending a session', () => {
  it('signs out and says by whom; nothing to end is said too', async () => {
    const staffId = idOf('clerk');
    expect(codeOf(endSessions(core(), staffed.access, owner, { staffId }))).toBe('access/out-of-order');
    await openElsewhere('clerk');
    expect(listed(PEOPLE.clerk.name)?.openSession).toMatchObject({ host: 'preview' });
    unwrap(endSessions(core(), staffed.access, owner, { staffId }));
    expect(listed(PEOPLE.clerk.name)?.openSession).toBeNull();
    expect(lastEntry()).toMatchObject({ action: 'access.session-ended', staffId: owner.staffId });
    expect(JSON.parse(lastEntry().details)).toMatchObject({ reason: 'by-owner' });
  });
});

describe('approving reversals', () => {
  const allow = (role: Role, capCents: number | null, dayCapCents: number | null, refusesTotp = true) =>
    changeApproval(core(), owner, {
      staffId: idOf(role),
      isApprover: true,
      capCents,
      dayCapCents,
      refusesTotp,
    });

  it('is given to a manager within two amounts, shown, and taken away', () => {
    unwrap(allow('manager', 500_000, 2_000_000));
    const { name } = PEOPLE.manager;
    expect(listed(name)).toMatchObject({ isApprover: true, capCents: 500_000, dayCapCents: 2_000_000 });
    const staffId = idOf('manager');
    unwrap(
      changeApproval(core(), owner, {
        staffId,
        isApprover: false,
        capCents: 500_000,
        dayCapCents: null,
        refusesTotp: false,
      }),
    );
    expect(listed(name)).toMatchObject({
      isApprover: false,
      capCents: null,
      dayCapCents: null,
    });
    expect(entriesOf('staff.approval-set').map(({ details }) => JSON.parse(details))).toEqual([
      { before: null, after: { capCents: 500_000, dayCapCents: 2_000_000, factor: 'password' } },
      { before: { capCents: 500_000, dayCapCents: 2_000_000 }, after: null },
    ]);
  });

  it('with a password alone takes the owner’s word for it; with a second factor it does not', () => {
    const { name } = PEOPLE.manager;
    expect(allow('manager', 500_000, 500_000, false)).toMatchObject({
      error: {
        code: 'access/out-of-order',
        message: { id: 'staff.approver-needs-factor', values: { name } },
      },
    });
    expect(listed(name)?.isApprover).toBe(false);
    core().ledger.act(ownerAsActor(), 'account.totp-switched-on', `staff:${idOf('manager')}`, (db) => {
      saveTotp(db, { staffId: idOf('manager'), secret: 'JBSWY3DPEHPK3PXP', step: 1, at: core().now() });
      return succeed({ value: undefined, details: {} });
    });
    unwrap(allow('manager', 500_000, 500_000, false));
    expect(JSON.parse(lastEntry().details)).toMatchObject({ after: { factor: 'totp' } });
    unwrap(resetTotp(core(), staffed.access, owner, { staffId: idOf('manager') }));
    expect(listed(name)).toMatchObject({ isApprover: true, hasTotp: false });
  });

  it.each([
    ['clerk', 500_000, 500_000],
    ['auditor', 500_000, 500_000],
    ['manager', null, 500_000],
    ['manager', 500_000, null],
    ['manager', 500_000, 499_999],
  ] as const)('is refused to the %s with %s and %s', (role, capCents, dayCapCents) => {
    expect(codeOf(allow(role, capCents, dayCapCents))).toBe('ledger/bad-input');
    expect(listed(PEOPLE[role].name)?.isApprover).toBe(false);
  });
});

it('nobody of the list is the program itself, or somebody who is not there', () => {
  expect(unwrap(listStaff(core(), staffed.access)).people.map(({ id }) => id)).not.toContain(0);
  for (const staffId of [0, 999])
    expect(codeOf(changeRole(core(), staffed.access, owner, { staffId, role: 'owner' }))).toBe(
      'ledger/not-found',
    );
});

it('no two starting passwords are alike', () => {
  expect(new Set(Array.from({ length: 200 }, makeStartingPassword)).size).toBe(200);
});

function ownerAsActor() {
  return { staffId: owner.staffId, session: owner.id };
}
