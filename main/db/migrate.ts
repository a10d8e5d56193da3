import type { RawDatabase } from './cipher.ts';
import { MIGRATIONS, type Migration } from './migrations/index.ts';

export type SchemaState = 'new' | 'current' | 'behind' | 'newer';

export function schemaVersion(db: RawDatabase): number {
  return db.pragma('user_version', { simple: true }) as number;
}

export function schemaState(db: RawDatabase, migrations: readonly Migration[] = MIGRATIONS): SchemaState {
  const version = schemaVersion(db);
  const newest = newestVersion(migrations);
  if (version === 0) return 'new';
  if (version > newest) return 'newer';
  return version === newest ? 'current' : 'behind';
}

/** Runs what is missing, each migration in one transaction with its version. Throws when the list is not rising. */
export function migrate(db: RawDatabase, migrations: readonly Migration[] = MIGRATIONS): void {
  assertRising(migrations);
  if (schemaState(db, migrations) === 'newer') throw new Error('the ledger is newer than this program');
  for (const migration of migrations) {
    if (migration.version <= schemaVersion(db)) continue;
    db.transaction(() => {
      migration.run(db);
      db.pragma(`user_version = ${migration.version}`);
    }).immediate();
  }
}

function newestVersion(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0;
}

function assertRising(migrations: readonly Migration[]): void {
  let last = 0;
  for (const { version, name } of migrations) {
    if (version <= last) throw new Error(`migration ${version} (${name}) is out of order`);
    last = version;
  }
}
