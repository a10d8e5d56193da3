import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openEncrypted } from '#main/db/cipher.ts';
import { migrate, schemaState, schemaVersion } from '#main/db/migrate.ts';
import { MIGRATIONS } from '#main/db/migrations/index.ts';

function freshDatabase() {
  const dir = mkdtempSync(join(tmpdir(), 'daftari-migrate-'));
  const db = openEncrypted(join(dir, 'x.db'), randomBytes(32), { readonly: false });
  onTestFinished(() => {
    db.close();
    rmSync(dir, { recursive: true, force: true });
  });
  return db;
}

it('rebuilds exactly the schema that is committed', async () => {
  const db = freshDatabase();
  migrate(db);
  const schema = db
    .prepare(`SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name`)
    .all() as { type: string; name: string; sql: string }[];
  await expect(schema.map((part) => `${part.sql};`).join('\n\n')).toMatchFileSnapshot('schema.sql');
});

it('runs each migration once and says where it stands', () => {
  const db = freshDatabase();
  expect(schemaState(db)).toBe('new');
  migrate(db);
  migrate(db);
  expect(schemaState(db)).toBe('current');
  expect(schemaVersion(db)).toBe(MIGRATIONS.at(-1)?.version);
});

it('runs a failing migration not at all', () => {
  const db = freshDatabase();
  migrate(db);
  const failing = {
    version: 10_000,
    name: 'fails',
    run: (target: typeof db) => {
      target.exec('CREATE TABLE half_made (id INTEGER PRIMARY KEY) STRICT');
      throw new Error('no');
    },
  };
  expect(() => migrate(db, [...MIGRATIONS, failing])).toThrow('no');
  expect(schemaState(db)).toBe('current');
  expect(db.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'half_made'`).get()).toBeUndefined();
});

it('refuses the future and a list out of order', () => {
  const db = freshDatabase();
  migrate(db);
  db.pragma('user_version = 5000');
  expect(schemaState(db)).toBe('newer');
  expect(() => migrate(db)).toThrow('newer');
  const [first] = MIGRATIONS;
  if (!first) throw new Error('there is no migration');
  expect(() => migrate(freshDatabase(), [first, first])).toThrow('out of order');
});

it('uses STRICT tables only', () => {
  const db = freshDatabase();
  migrate(db);
  const loose = db
    .prepare(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'`,
    )
    .all();
  expect(loose).toEqual([]);
});

it('numbers its files as its list says', () => {
  const files = readdirSync(new URL('../../main/db/migrations', import.meta.url)).filter(
    (name) => name !== 'index.ts',
  );
  const listed = MIGRATIONS.map(({ version, name }) => `${String(version).padStart(4, '0')}-${name}.ts`);
  expect(files.sort()).toEqual(listed);
  for (const file of files)
    expect(existsSync(new URL(`../../main/db/migrations/${file}`, import.meta.url))).toBe(true);
  expect(readFileSync(new URL('../../main/db/migrations/index.ts', import.meta.url), 'utf8')).toContain(
    'MIGRATIONS',
  );
});
