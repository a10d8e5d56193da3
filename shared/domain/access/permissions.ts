/** What a person may do, one word an act. The router asks for one of these on every channel. */
export type Permission =
  /** One's own session, password and second factor. */
  | 'account.own'
  | 'ledger.read'
  | 'ledger.match'
  | 'ledger.import'
  | 'ledger.undo-import'
  | 'sales.write'
  | 'tills.write'
  | 'settings.write'
  /** Switching on, changing, ordering and removing the shop's own matching rules. */
  | 'rules.write'
  /** Full numbers of customers, one at a time and on the record. */
  | 'phones.reveal'
  | 'audit.read'
  | 'audit.export'
  | 'staff.read'
  | 'staff.write'
  /** A new recovery code, and starting the signed log again after a restore. */
  | 'recovery.write'
  /** Asking whether a payment is real, and holding it for a sale. */
  | 'payments.look-up'
  /** Everything that came from Safaricom, with what became of it. */
  | 'callbacks.read'
  /** What came, word for word but for phones. */
  | 'callbacks.read-bodies'
  | 'balances.read'
  /** Asking Safaricom what the accounts hold. */
  | 'balances.ask'
  /** Saying that an alert has been seen, so that it is no longer counted. */
  | 'alerts.dismiss'
  /** What is set up with Safaricom and how it stands; never a secret. */
  | 'safaricom.read'
  /** Credentials, certificates, the relay, registrations, the doctor's tries. */
  | 'safaricom.write'
  /** Reversals with everything about them. */
  | 'reversals.read'
  /** Asking that money goes back. Approving is no permission of a session: it is signed for, by name. */
  | 'reversals.request'
  /** Saying, from a statement, that an unknown reversal was not done. */
  | 'reversals.decide';

export type Role = 'owner' | 'manager' | 'clerk' | 'auditor';

export const ROLES: readonly Role[] = ['owner', 'manager', 'clerk', 'auditor'];

/** As one table: who may do what. The Staff screen shows it as it stands here. */
export const PERMISSION_TABLE: Readonly<Record<Permission, readonly Role[]>> = {
  'account.own': ['owner', 'manager', 'clerk', 'auditor'],
  'ledger.read': ['owner', 'manager', 'clerk', 'auditor'],
  'ledger.match': ['owner', 'manager', 'clerk'],
  'ledger.import': ['owner', 'manager', 'clerk'],
  'sales.write': ['owner', 'manager', 'clerk'],
  'ledger.undo-import': ['owner', 'manager'],
  'rules.write': ['owner', 'manager'],
  'phones.reveal': ['owner', 'manager', 'auditor'],
  'audit.read': ['owner', 'manager', 'auditor'],
  'audit.export': ['owner', 'auditor'],
  'tills.write': ['owner'],
  'settings.write': ['owner'],
  'staff.read': ['owner', 'auditor'],
  'staff.write': ['owner'],
  'recovery.write': ['owner'],
  'payments.look-up': ['owner', 'manager', 'clerk'],
  'callbacks.read': ['owner', 'manager', 'auditor'],
  'callbacks.read-bodies': ['owner', 'auditor'],
  'balances.read': ['owner', 'manager', 'auditor'],
  'balances.ask': ['owner', 'manager'],
  'alerts.dismiss': ['owner', 'manager'],
  'safaricom.read': ['owner', 'manager', 'auditor'],
  'safaricom.write': ['owner'],
  'reversals.read': ['owner', 'manager', 'clerk', 'auditor'],
  'reversals.request': ['owner', 'manager', 'clerk'],
  'reversals.decide': ['owner'],
};

export function isAllowed(role: Role, permission: Permission): boolean {
  return PERMISSION_TABLE[permission].includes(role);
}

/** Everything a role may do, in the order of the table. */
export function permissionsOf(role: Role): Permission[] {
  return (Object.keys(PERMISSION_TABLE) as Permission[]).filter((permission) => isAllowed(role, permission));
}
