import type { Database } from 'better-sqlite3';
import { type InboxRow, readInboxRow } from './inbox-row.ts';
import type { Inbox, ShopKeys, Storage } from './storage.ts';

type InboxStorage = Pick<
  Storage,
  | 'createInbox'
  | 'listInboxes'
  | 'findInbox'
  | 'findByPathHash'
  | 'renewCode'
  | 'pair'
  | 'revoke'
  | 'useNonce'
  | 'readAddresses'
  | 'writeAddresses'
>;

export function prepareInboxes(database: Database): InboxStorage {
  const insert = database.prepare(
    `INSERT INTO inboxes (id, name, environment, path_hash, created_at, code_expires_at)
     VALUES (@id, @name, @environment, @pathHash, @createdAt, @codeExpiresAt)`,
  );
  const all = database.prepare<[], InboxRow>('SELECT * FROM inboxes ORDER BY created_at, id');
  const byId = database.prepare<[string], InboxRow>('SELECT * FROM inboxes WHERE id = ?');
  const byPath = database.prepare<[Uint8Array], InboxRow>('SELECT * FROM inboxes WHERE path_hash = ?');
  const renew = database.prepare(
    'UPDATE inboxes SET round = round + 1, code_expires_at = ? WHERE id = ? AND revoked_at IS NULL',
  );
  const setKeys = database.prepare(
    `UPDATE inboxes SET box_key = @boxKey, sign_key = @signKey, paired_at = @at, paired_round = @round,
       paired_after = last_sequence,
       dropped_keys = dropped_keys + waiting, waiting = 0, waiting_bytes = 0
     WHERE id = @id AND round = @round AND revoked_at IS NULL
       AND (paired_round IS NULL OR paired_round < @round)`,
  );
  const end = database.prepare(
    'UPDATE inboxes SET revoked_at = ?, waiting = 0, waiting_bytes = 0 WHERE id = ? AND revoked_at IS NULL',
  );
  const dropMessages = database.prepare('DELETE FROM messages WHERE inbox = ?');
  const dropHashes = database.prepare('DELETE FROM seen WHERE inbox = ?');
  const addNonce = database.prepare('INSERT OR IGNORE INTO nonces (inbox, nonce, at) VALUES (?, ?, ?)');
  const setHeard = database.prepare('UPDATE inboxes SET last_heard_at = ? WHERE id = ?');
  const getSetting = database.prepare<[string], { value: string }>(
    'SELECT value FROM settings WHERE key = ?',
  );
  const setSetting = database.prepare(
    'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  const dropSetting = database.prepare('DELETE FROM settings WHERE key = ?');

  const find = (row: InboxRow | undefined): Inbox | null => (row === undefined ? null : readInboxRow(row));

  // What was sealed to the old keys is lost to whoever pairs now; its hashes go too, so that it may come again.
  const pair = database.transaction((id: string, round: number, keys: ShopKeys, at: number) => {
    const isSet = setKeys.run({ id, round, at, ...keys }).changes === 1;
    if (isSet) {
      dropMessages.run(id);
      dropHashes.run(id);
    }
    return isSet;
  });
  const revoke = database.transaction((id: string, at: number) => {
    const isEnded = end.run(at, id).changes === 1;
    if (isEnded) {
      dropMessages.run(id);
      dropHashes.run(id);
    }
    return isEnded;
  });

  const useNonce = database.transaction((inbox: string, nonce: string, at: number) => {
    const isNew = addNonce.run(inbox, nonce, at).changes === 1;
    if (isNew) setHeard.run(at, inbox);
    return isNew;
  });

  return {
    createInbox: async (inbox) => {
      insert.run(inbox);
    },
    listInboxes: async () => all.all().map(readInboxRow),
    findInbox: async (id) => find(byId.get(id)),
    findByPathHash: async (hash) => find(byPath.get(hash)),
    renewCode: async (id, expiresAt) => (renew.run(expiresAt, id).changes === 1 ? find(byId.get(id)) : null),
    pair: async (id, round, keys, at) => pair.immediate(id, round, keys, at),
    revoke: async (id, at) => revoke.immediate(id, at),
    useNonce: async (inbox, nonce, at) => useNonce.immediate(inbox, nonce, at),
    readAddresses: async () => {
      const row = getSetting.get('addresses');
      return row === undefined ? null : (JSON.parse(row.value) as string[]);
    },
    writeAddresses: async (list) => {
      if (list === null) dropSetting.run('addresses');
      else setSetting.run('addresses', JSON.stringify(list));
    },
  };
}
