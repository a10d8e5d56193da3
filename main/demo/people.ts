import type { DemoPerson } from '../services/show-access.ts';

/** One invented person for each role; the passwords stand on the log-in of the demo, so that anybody can try each. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  { name: 'Amina Mfano', role: 'owner', password: 'twelve green mangoes' },
  { name: 'Otieno Mfano', role: 'manager', password: 'eleven ripe papayas' },
  { name: 'Njeri Mfano', role: 'clerk', password: 'seven sweet bananas' },
  { name: 'Baraka Mfano', role: 'auditor', password: 'three cold coconuts' },
];
