import Database from 'better-sqlite3';
import { SCHEMA, SCHEMA_VERSION } from './schema.ts';
import { prepareInboxes } from './sqlite-inboxes.ts';
import { prepareMessages } from './sqlite-messages.ts';
import { prepareRefusals } from './sqlite-refusals.ts';
import type { Room, Storage } from './storage.ts';

/**
 * Opens the database file, or makes it. Several processes may have it open: the server and the operator's commands.
 * `synchronous = FULL`: a commit has reached the disk when it returns. Throws when it cannot be opened, or a later
 * version wrote it.
 */
export function openSqliteStorage(file: string, room: Room): Storage {
  const database = new Database(file, { timeout: 5_000 });
  try {
    prepareDatabase(database);
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    ...prepareInboxes(database),
    ...prepareMessages(database, room),
    ...prepareRefusals(database),
    close: async () => {
      database.close();
    },
  };
}

function prepareDatabase(database: Database.Database): void {
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  database.pragma('secure_delete = ON');
  const create = database.transaction(() => {
    const version = database.pragma('user_version', { simple: true });
    if (version === SCHEMA_VERSION) return;
    if (version !== 0) throw new Error(`${database.name} was written by a later version of the relay`);
    database.exec(SCHEMA);
    database.pragma(`user_version = ${SCHEMA_VERSION}`);
  });
  create.immediate();
}
