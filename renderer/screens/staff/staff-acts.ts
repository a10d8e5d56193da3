import type { StaffMember } from '#shared/ipc/access-channels.ts';

/** What an owner can do about a person, one word an act. */
export type PersonAct =
  | 'set-role'
  | 'set-approver'
  | 'reset-password'
  | 'reset-totp'
  | 'end-sessions'
  | 'disable'
  | 'enable';

/** What the menu of a person offers. Nobody changes their own role or access: that is another owner's to do. */
export function listActs(person: StaffMember, isSelf: boolean): readonly PersonAct[] {
  if (isSelf) return [];
  if (!person.isActive) return ['enable'];
  const acts: PersonAct[] = ['set-role'];
  if (person.role === 'manager') acts.push('set-approver');
  acts.push('reset-password');
  if (person.hasTotp) acts.push('reset-totp');
  if (person.openSession !== null) acts.push('end-sessions');
  acts.push('disable');
  return acts;
}

/** Those who may come in, then those who may no longer; each in the order of the roles, then by name. */
export function sortPeople(people: readonly StaffMember[]): {
  readonly active: readonly StaffMember[];
  readonly disabled: readonly StaffMember[];
} {
  const rank: Readonly<Record<StaffMember['role'], number>> = { owner: 0, manager: 1, clerk: 2, auditor: 3 };
  const sorted = [...people].sort((a, b) => rank[a.role] - rank[b.role] || a.name.localeCompare(b.name));
  return {
    active: sorted.filter((person) => person.isActive),
    disabled: sorted.filter((person) => !person.isActive),
  };
}

/** `5,000` or `5000` → cents; null when it is no amount, or not more than nothing. */
export function readCap(text: string): number | null {
  const tidy = text.replace(/[\s,]/g, '');
  if (!/^\d{1,9}$/.test(tidy)) return null;
  const shillings = Number(tidy);
  return shillings > 0 ? shillings * 100 : null;
}
