import type { Permission, Role } from '#shared/domain/access/permissions.ts';

/** The text id of each permission: a new one does not compile until it has words. */
export const PERMISSION_WORDS: Readonly<Record<Permission, string>> = {
  'account.own': 'permission.account-own',
  'ledger.read': 'permission.ledger-read',
  'ledger.match': 'permission.ledger-match',
  'ledger.import': 'permission.ledger-import',
  'ledger.undo-import': 'permission.ledger-undo-import',
  'sales.write': 'permission.sales-write',
  'tills.write': 'permission.tills-write',
  'settings.write': 'permission.settings-write',
  'rules.write': 'permission.rules-write',
  'phones.reveal': 'permission.phones-reveal',
  'audit.read': 'permission.audit-read',
  'audit.export': 'permission.audit-export',
  'staff.read': 'permission.staff-read',
  'staff.write': 'permission.staff-write',
  'recovery.write': 'permission.recovery-write',
  'payments.look-up': 'permission.payments-look-up',
  'callbacks.read': 'permission.callbacks-read',
  'callbacks.read-bodies': 'permission.callbacks-read-bodies',
  'balances.read': 'permission.balances-read',
  'balances.ask': 'permission.balances-ask',
  'alerts.dismiss': 'permission.alerts-dismiss',
  'safaricom.read': 'permission.safaricom-read',
  'safaricom.write': 'permission.safaricom-write',
  'reversals.read': 'permission.reversals-read',
  'reversals.request': 'permission.reversals-request',
  'reversals.decide': 'permission.reversals-decide',
};

/** What each role is for, in one sentence. */
export const ROLE_SENTENCES: Readonly<Record<Role, string>> = {
  owner: 'staff.does-owner',
  manager: 'staff.does-manager',
  clerk: 'staff.does-clerk',
  auditor: 'staff.does-auditor',
};
