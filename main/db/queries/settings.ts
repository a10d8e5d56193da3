import type { ReadDb, WriteDb } from '../ledger.ts';

export type SettingName =
  | 'theme'
  | 'language'
  | 'shop-name'
  | 'day-start-unfinished'
  /** Milliseconds to add to this PC's clock, as Safaricom's clock was last seen. */
  | 'clock-offset-ms'
  /** How long checking one password took on this PC, for the doctor. */
  | 'password-check-ms';

export function readSetting(db: ReadDb, name: SettingName): string | null {
  return db.get<{ value: string }>('SELECT value FROM settings WHERE name = ?', name)?.value ?? null;
}

export function writeSetting(db: WriteDb, name: SettingName, value: string): void {
  db.run(
    'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    name,
    value,
  );
}

export function removeSetting(db: WriteDb, name: SettingName): void {
  db.run('DELETE FROM settings WHERE name = ?', name);
}
