import { expect, test } from 'vitest';
import { setActive, setApproval, setRole } from '#main/db/queries/change-staff.ts';
import { insertPerson } from '#main/db/queries/staff.ts';
import { reviewAccess } from '#main/services/doctor/review-access.ts';
import type { Role } from '#shared/domain/access/permissions.ts';
import { DAY, MINUTE } from '#shared/domain/time.ts';
import { succeed } from '#shared/ipc/result.ts';
import { change, doctorOf } from '#test/helpers/doctor-shop.ts';
import { openSafaricomShop, type SafaricomShop } from '#test/helpers/safaricom-shop.ts';

/** Somebody of the staff, as the Staff screen makes and trusts them. */
function hire({ core, actor }: SafaricomShop, name: string, role: Role, isApprover = false): number {
  const made = core.ledger.act(actor, 'staff.added', 'staff', (db) =>
    succeed({ value: insertPerson(db, name, role, core.now()), details: {} }),
  );
  if (!made.ok) throw new Error(made.error.code);
  const id = made.value;
  if (isApprover)
    core.ledger.act(actor, 'staff.approval-set', `staff:${id}`, (db) => {
      setApproval(db, id, { capCents: 100, dayCapCents: 100 });
      return succeed({
        value: undefined,
        details: { before: null, after: { capCents: 100, dayCapCents: 100 } },
      });
    });
  return id;
}

function dismiss({ core, actor }: SafaricomShop, id: number): void {
  core.ledger.act(actor, 'staff.disabled', `staff:${id}`, (db) => {
    setActive(db, id, false, core.now());
    return succeed({ value: undefined, details: {} });
  });
}

function review(shop: SafaricomShop): string[] {
  return doctorOf(shop).told('access-review');
}

test('after a year somebody has to go through it, and then not for another', async () => {
  const shop = await openSafaricomShop();
  expect(review(shop)).toEqual(['ok doctor.access-review.ok']);
  await shop.simulator.advance(366 * DAY);
  expect(review(shop)).toEqual(['warning doctor.access-review.due +']);
  expect(reviewAccess(shop.core, shop.actor)).toMatchObject({ ok: true });
  expect(review(shop)).toEqual(['ok doctor.access-review.ok']);
});

test.each<[string, Role, boolean, string]>([
  ['an owner', 'owner', false, 'warning doctor.access-review.left +'],
  ['a manager who might send money back', 'manager', true, 'warning doctor.access-review.left +'],
  ['another manager', 'manager', false, 'ok doctor.access-review.ok'],
  ['a clerk', 'clerk', false, 'ok doctor.access-review.ok'],
])('%s who leaves', async (_, role, isApprover, expected) => {
  const shop = await openSafaricomShop();
  const id = hire(shop, 'Wanjiku', role, isApprover);
  await shop.simulator.advance(MINUTE);
  dismiss(shop, id);
  expect(review(shop)).toEqual([expected]);
});

test('who was no approver any more when they left took nothing along', async () => {
  const shop = await openSafaricomShop();
  const id = hire(shop, 'Wanjiku', 'manager', true);
  await shop.simulator.advance(MINUTE);
  shop.core.ledger.act(shop.actor, 'staff.role-set', `staff:${id}`, (db) => {
    setRole(db, id, 'clerk');
    return succeed({ value: undefined, details: {} });
  });
  await shop.simulator.advance(MINUTE);
  dismiss(shop, id);
  expect(review(shop)).toEqual(['ok doctor.access-review.ok']);
});

test('every secret that is newer than that ends it, and so does the owner’s word', async () => {
  const shop = await openSafaricomShop();
  const id = hire(shop, 'Wanjiku', 'owner');
  await shop.simulator.advance(MINUTE);
  dismiss(shop, id);
  await shop.simulator.advance(MINUTE);
  expect(review(shop)).toEqual(['warning doctor.access-review.left +']);
  change(shop, (db) => db.run(`UPDATE credentials SET set_at = ? WHERE kind = 'app'`, shop.core.now()));
  expect(review(shop)).toEqual(['warning doctor.access-review.left +']);
  change(shop, (db) => db.run('UPDATE credentials SET set_at = ?', shop.core.now()));
  expect(review(shop)).toEqual(['ok doctor.access-review.ok']);

  const other = hire(shop, 'Kamau', 'owner');
  await shop.simulator.advance(MINUTE);
  dismiss(shop, other);
  expect(review(shop)).toEqual(['warning doctor.access-review.left +']);
  reviewAccess(shop.core, shop.actor);
  expect(review(shop)).toEqual(['ok doctor.access-review.ok']);
});

test('who left before anything was set up knew nothing', async () => {
  const shop = await openSafaricomShop();
  const id = hire(shop, 'Wanjiku', 'owner');
  dismiss(shop, id);
  await shop.simulator.advance(MINUTE);
  change(shop, (db) => db.run('UPDATE credentials SET set_at = ?', shop.core.now()));
  expect(review(shop)).toEqual(['ok doctor.access-review.ok']);
});
