import { cents } from '#shared/domain/money.ts';
import { succeed } from '#shared/ipc/result.ts';
import type { Access } from '../access/access.ts';
import type { Actor } from '../db/ledger.ts';
import { setApproval } from '../db/queries/change-staff.ts';
import { selectLogin } from '../db/queries/logins.ts';
import { selectPersonByName } from '../db/queries/staff.ts';
import { makeMissingKey } from '../services/approver-keys.ts';
import { recordChange } from '../services/audit/record-change.ts';
import type { LedgerCore } from '../services/core.ts';
import type { InventedPerson } from './invent-people.ts';

/** What an invented manager may send back at once, and in a day. */
const CAPS = { capCents: cents(5_000_00), dayCapCents: cents(8_000_00) };

/** Names the managers as approvers, and gives owners and managers the key that their first log-in would have made. */
export async function inventApprovers(
  core: LedgerCore,
  access: Pick<Access, 'passwords'>,
  actor: Actor,
  people: readonly InventedPerson[],
): Promise<void> {
  for (const { name, role } of people) if (role === 'manager') nameApprover(core, actor, idOf(core, name));
  const keys = await Promise.all(people.map((person) => makeKeyOf(core, access, person)));
  const made = core.ledger.act(actor, 'staff.invented', 'staff', (db) => {
    const steps = keys.filter((step) => step !== null);
    for (const step of steps) step.settle(db);
    return succeed({ value: undefined, details: { approverKeys: steps.length } });
  });
  if (!made.ok) throw new Error(`the approvers can have no keys: ${made.error.code}`);
}

function nameApprover(core: LedgerCore, actor: Actor, staffId: number): void {
  const subject = `staff:${staffId}`;
  const named = core.ledger.act(actor, 'staff.approval-set', subject, (db) => {
    setApproval(db, staffId, CAPS);
    const details = recordChange(db, subject, null, { ...CAPS, factor: 'password' });
    return succeed({ value: undefined, details });
  });
  if (!named.ok) throw new Error(`nobody can be named to approve: ${named.error.code}`);
}

function makeKeyOf(core: LedgerCore, access: Pick<Access, 'passwords'>, { name, password }: InventedPerson) {
  const login = selectLogin(core.ledger.read, idOf(core, name));
  if (login === null) throw new Error(`${name} has no login`);
  return makeMissingKey(core, access, login, password);
}

function idOf({ ledger }: LedgerCore, name: string): number {
  const person = selectPersonByName(ledger.read, name);
  if (person === null) throw new Error(`there is no ${name}`);
  return person.id;
}
