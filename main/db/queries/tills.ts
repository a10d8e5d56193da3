import { accountName } from '#shared/domain/statement/account.ts';
import type { BusinessDay, DayStart } from '#shared/domain/time.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';

export type TillRow = { readonly id: number; readonly name: string; readonly numbers: string[] };

export function selectTills(db: ReadDb): TillRow[] {
  const numbers = db.all<{ number: string; till_id: number }>(
    'SELECT number, till_id FROM till_numbers ORDER BY number',
  );
  return db
    .all<{ id: number; name: string }>('SELECT id, name FROM tills ORDER BY id')
    .map((till) => ({ ...till, numbers: numbers.filter((n) => n.till_id === till.id).map((n) => n.number) }));
}

/** The till that a printed number belongs to, or null for a number nobody has claimed. */
export function tillOfNumber(db: ReadDb, number: string): number | null {
  return (
    db.get<{ till_id: number }>('SELECT till_id FROM till_numbers WHERE number = ?', number)?.till_id ?? null
  );
}

export function insertTill(db: WriteDb, name: string): number {
  return db.run('INSERT INTO tills (name) VALUES (?)', name).lastId;
}

export function renameTill(db: WriteDb, tillId: number, name: string): void {
  db.run('UPDATE tills SET name = ? WHERE id = ?', name, tillId);
}

export function insertTillNumber(
  db: WriteDb,
  number: string,
  tillId: number,
  seenIn: string,
  at: number,
): void {
  db.run(
    'INSERT INTO till_numbers (number, till_id, seen_in, added_at) VALUES (?, ?, ?, ?)',
    number,
    tillId,
    seenIn.slice(0, 200),
    at,
  );
}

/** The account of a till by its name, made when first seen. */
export function accountOf(db: WriteDb, tillId: number, name: string): number {
  const kept = accountName(name);
  const known = db.get<{ id: number }>(
    'SELECT id FROM accounts WHERE till_id = ? AND name = ?',
    tillId,
    kept,
  );
  return known?.id ?? db.run('INSERT INTO accounts (till_id, name) VALUES (?, ?)', tillId, kept).lastId;
}

export function selectDayStarts(db: ReadDb): DayStart[] {
  return db.all<DayStart>('SELECT from_day AS fromDay, minutes FROM day_starts ORDER BY from_day');
}

/** The account of a printed number, or null when either is unknown. */
export function accountIdOf(db: ReadDb, number: string, account: string): number | null {
  const found = db.get<{ id: number }>(
    `SELECT a.id FROM till_numbers n JOIN accounts a ON a.till_id = n.till_id WHERE n.number = ? AND a.name = ?`,
    number,
    accountName(account),
  );
  return found?.id ?? null;
}

export function insertDayStart(db: WriteDb, start: DayStart): void {
  db.run('INSERT INTO day_starts (from_day, minutes) VALUES (?, ?)', start.fromDay, start.minutes);
}

/** Takes back the starts set for a day or later; returns how many there were. */
export function removeDayStartsFrom(db: WriteDb, day: BusinessDay): number {
  return db.run('DELETE FROM day_starts WHERE from_day >= ?', day).changes;
}
