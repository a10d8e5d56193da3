import { expect, it } from 'vitest';
import { isAllowed, PERMISSIONS, type Role } from '#shared/domain/access/permissions.ts';

it('lets an auditor read and change nothing', () => {
  expect(PERMISSIONS.auditor).toEqual(['ledger.read']);
});

it('gives the owner everything anybody has', () => {
  for (const role of Object.keys(PERMISSIONS) as Role[])
    for (const permission of PERMISSIONS[role]) expect(isAllowed('owner', permission)).toBe(true);
});

it('keeps undoing a whole import from a clerk', () => {
  expect(isAllowed('clerk', 'ledger.undo-import')).toBe(false);
  expect(isAllowed('manager', 'ledger.undo-import')).toBe(true);
});
