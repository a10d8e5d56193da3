import type { Role } from '../../shared/domain/access/permissions.ts';

/** One invented person for each role, in every shop of the tests that has people. */
export const PEOPLE = {
  owner: { name: 'Amina', role: 'owner', password: 'twelve green mangoes' },
  manager: { name: 'Otieno', role: 'manager', password: 'eleven ripe papayas' },
  clerk: { name: 'Njeri', role: 'clerk', password: 'seven sweet bananas' },
  auditor: { name: 'Baraka', role: 'auditor', password: 'three cold coconuts' },
} as const satisfies Record<Role, { name: string; role: Role; password: string }>;
