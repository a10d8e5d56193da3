import { expect, test } from 'vitest';
import {
  isAllowed,
  PERMISSION_TABLE,
  type Permission,
  permissionsOf,
  ROLES,
} from '#shared/domain/access/permissions.ts';

test('the owner may do everything', () => {
  expect(permissionsOf('owner')).toEqual(Object.keys(PERMISSION_TABLE));
});

test('an auditor reads and exports, and changes nothing but the own login', () => {
  expect(permissionsOf('auditor')).toEqual([
    'account.own',
    'ledger.read',
    'phones.reveal',
    'audit.read',
    'audit.export',
    'staff.read',
    'callbacks.read',
    'callbacks.read-bodies',
    'balances.read',
    'safaricom.read',
    'reversals.read',
  ]);
});

test('a clerk sees no full number, no audit log and nobody else’s login', () => {
  const closed: Permission[] = ['phones.reveal', 'audit.read', 'audit.export', 'staff.read', 'staff.write'];
  for (const permission of closed) expect(isAllowed('clerk', permission)).toBe(false);
});

test('credentials, staff, tills and settings are the owner’s alone', () => {
  for (const permission of [
    'staff.write',
    'recovery.write',
    'tills.write',
    'settings.write',
    'reversals.decide',
  ] as const)
    expect(ROLES.filter((role) => isAllowed(role, permission))).toEqual(['owner']);
});

test('whoever asks for a balance may see it, and an auditor only sees it', () => {
  const asks = ROLES.filter((role) => isAllowed(role, 'balances.ask'));
  expect(asks).toEqual(['owner', 'manager']);
  expect(asks.every((role) => isAllowed(role, 'balances.read'))).toBe(true);
  expect(isAllowed('auditor', 'balances.read')).toBe(true);
});
