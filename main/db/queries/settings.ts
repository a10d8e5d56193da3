import type { ReadDb, WriteDb } from '../ledger.ts';

export type SettingName = 'theme' | 'language' | 'shop-name' | 'day-start-unfinished';

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
