import { describe, expect, it } from 'vitest';
import { listActs, readCap, sortPeople } from '#renderer/screens/staff/staff-acts.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { StaffMember } from '#shared/ipc/access-channels.ts';

const AT = Date.UTC(2026, 10, 20) as UtcMs;

function person(name: string, parts: Partial<StaffMember> = {}): StaffMember {
  return {
    id: 2,
    name,
    role: 'clerk',
    isActive: true,
    isApprover: false,
    capCents: null,
    dayCapCents: null,
    hasTotp: false,
    mustChoosePassword: false,
    createdAt: AT,
    lastSeenAt: null,
    openSession: null,
    ...parts,
  };
}

describe('what the menu of a person offers', () => {
  it.each([
    ['a clerk', {}, ['set-role', 'reset-password', 'disable']],
    ['a manager', { role: 'manager' }, ['set-role', 'set-approver', 'reset-password', 'disable']],
    ['an owner', { role: 'owner' }, ['set-role', 'reset-password', 'disable']],
    ['a second factor', { hasTotp: true }, ['set-role', 'reset-password', 'reset-totp', 'disable']],
    [
      'somebody signed in',
      { openSession: { startedAt: AT, host: 'electron' } },
      ['set-role', 'reset-password', 'end-sessions', 'disable'],
    ],
    ['somebody disabled', { isActive: false, hasTotp: true, role: 'manager' }, ['enable']],
  ] as const)('%s', (_, parts, acts) => {
    expect(listActs(person('Njeri', parts), false)).toEqual(acts);
  });

  it('is nothing for oneself', () => {
    expect(listActs(person('Amina', { role: 'owner', hasTotp: true }), true)).toEqual([]);
  });
});

it('people stand by role, then by name, and the disabled ones apart', () => {
  const { active, disabled } = sortPeople([
    person('Zawadi'),
    person('Baraka', { role: 'auditor' }),
    person('Njeri'),
    person('Juma', { isActive: false }),
    person('Amina', { role: 'owner' }),
    person('Asha', { role: 'owner', isActive: false }),
  ]);
  expect(active.map(({ name }) => name)).toEqual(['Amina', 'Njeri', 'Zawadi', 'Baraka']);
  expect(disabled.map(({ name }) => name)).toEqual(['Asha', 'Juma']);
});

describe('the amount of a cap', () => {
  it.each([
    ['5000', 500_000],
    ['5,000', 500_000],
    [' 70 000 ', 7_000_000],
    ['0', null],
    ['', null],
    ['12.50', null],
    ['-5', null],
    ['9999999999', null],
    ['five', null],
  ])('%j is %j cents', (text, cents) => {
    expect(readCap(text)).toBe(cents);
  });
});
