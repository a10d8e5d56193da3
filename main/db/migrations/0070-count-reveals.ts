import type { RawDatabase } from '../cipher.ts';

/** The daily limit of revealed numbers is counted in the audit log itself, at any size of it. */
export function countRevealsByDay(db: RawDatabase): void {
  db.exec(`
CREATE INDEX audit_reveals ON audit_entries (staff_id, at) WHERE action = 'phone.revealed';
`);
}
