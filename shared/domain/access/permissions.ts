/** What a person may do, one word an act. The router asks for one of these on every channel. */
export type Permission =
  | 'ledger.read'
  | 'ledger.match'
  | 'ledger.import'
  | 'ledger.undo-import'
  | 'sales.write'
  | 'tills.write'
  | 'settings.write'
  /** Switching on, changing, ordering and removing the shop's own matching rules. */
  | 'rules.write';

export type Role = 'owner' | 'manager' | 'clerk' | 'auditor';

/** As one table: who may do what. */
export const PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  owner: [
    'ledger.read',
    'ledger.match',
    'ledger.import',
    'ledger.undo-import',
    'sales.write',
    'tills.write',
    'settings.write',
    'rules.write',
  ],
  manager: [
    'ledger.read',
    'ledger.match',
    'ledger.import',
    'ledger.undo-import',
    'sales.write',
    'rules.write',
  ],
  clerk: ['ledger.read', 'ledger.match', 'ledger.import', 'sales.write'],
  auditor: ['ledger.read'],
};

export function isAllowed(role: Role, permission: Permission): boolean {
  return PERMISSIONS[role].includes(permission);
}
