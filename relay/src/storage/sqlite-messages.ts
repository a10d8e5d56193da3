import type { Database } from 'better-sqlite3';
import type { InboxRow } from './inbox-row.ts';
import type { AppendOutcome, DropBefore, Room, SealedArrival, Storage, StoredMessage } from './storage.ts';

type MessageStorage = Pick<Storage, 'append' | 'readMessages' | 'acknowledge' | 'dropOld'>;
type Weight = { readonly count: number; readonly bytes: number };

export function prepareMessages(database: Database, room: Room): MessageStorage {
  const byId = database.prepare<[string], InboxRow>('SELECT * FROM inboxes WHERE id = ?');
  const allBytes = database.prepare<[], { bytes: number }>(
    'SELECT coalesce(sum(waiting_bytes), 0) AS bytes FROM inboxes',
  );
  const isSeen = database.prepare<[string, Uint8Array], { one: 1 }>(
    'SELECT 1 AS one FROM seen WHERE inbox = ? AND hash = ?',
  );
  const addSeen = database.prepare('INSERT INTO seen (inbox, hash, at) VALUES (?, ?, ?)');
  const countRepeated = database.prepare('UPDATE inboxes SET repeated = repeated + 1 WHERE id = ?');
  const insert = database.prepare('INSERT INTO messages (inbox, sequence, at, sealed) VALUES (?, ?, ?, ?)');
  const grow = database.prepare(
    `UPDATE inboxes SET last_sequence = last_sequence + 1, waiting = waiting + 1,
       waiting_bytes = waiting_bytes + ? WHERE id = ?`,
  );
  const dropFirst = database.prepare<[string, string], { bytes: number }>(
    `DELETE FROM messages WHERE inbox = ? AND sequence = (SELECT min(sequence) FROM messages WHERE inbox = ?)
     RETURNING length(sealed) AS bytes`,
  );
  const loseFirst = database.prepare(
    `UPDATE inboxes SET dropped_room = dropped_room + 1, waiting = waiting - 1, waiting_bytes = waiting_bytes - ?
     WHERE id = ?`,
  );
  const after = database.prepare<[string, number, number], StoredMessage>(
    'SELECT sequence, at, sealed FROM messages WHERE inbox = ? AND sequence > ? ORDER BY sequence LIMIT ?',
  );
  const weighUpTo = database.prepare<[string, number], Weight>(
    `SELECT count(*) AS count, coalesce(sum(length(sealed)), 0) AS bytes FROM messages
     WHERE inbox = ? AND sequence <= ?`,
  );
  const dropUpTo = database.prepare('DELETE FROM messages WHERE inbox = ? AND sequence <= ?');
  const setAcknowledged = database.prepare(
    `UPDATE inboxes SET acknowledged_to = max(acknowledged_to, @upTo), waiting = waiting - @count,
       waiting_bytes = waiting_bytes - @bytes WHERE id = @inbox`,
  );
  const weighOld = database.prepare<[number], Weight & { inbox: string }>(
    'SELECT inbox, count(*) AS count, sum(length(sealed)) AS bytes FROM messages WHERE at < ? GROUP BY inbox',
  );
  const loseOld = database.prepare(
    `UPDATE inboxes SET dropped_old = dropped_old + @count, waiting = waiting - @count,
       waiting_bytes = waiting_bytes - @bytes WHERE id = @inbox`,
  );
  const dropOldMessages = database.prepare('DELETE FROM messages WHERE at < ?');
  const dropOldHashes = database.prepare('DELETE FROM seen WHERE at < ?');
  const dropOldNonces = database.prepare('DELETE FROM nonces WHERE at < ?');
  const dropOldRefusals = database.prepare('DELETE FROM refusals WHERE last_at < ?');

  function appendOne(arrival: SealedArrival): AppendOutcome {
    const { inbox, at, hash, sealed, round } = arrival;
    const row = byId.get(inbox);
    if (row === undefined || row.revoked_at !== null || row.paired_round !== round) return 'gone';
    if (isSeen.get(inbox, hash) !== undefined) {
      countRepeated.run(inbox);
      return 'repeated';
    }
    if ((allBytes.get()?.bytes ?? 0) + sealed.length > room.totalBytes) return 'no-room';
    makeRoom(inbox, row.waiting_bytes + sealed.length - room.inboxBytes);
    addSeen.run(inbox, hash, at);
    insert.run(inbox, row.last_sequence + 1, at, sealed);
    grow.run(sealed.length, inbox);
    return 'stored';
  }

  function makeRoom(inbox: string, needed: number): void {
    for (let missing = needed; missing > 0; ) {
      const gone = dropFirst.get(inbox, inbox);
      if (gone === undefined) return;
      loseFirst.run(gone.bytes, inbox);
      missing -= gone.bytes;
    }
  }

  const append = database.transaction((batch: readonly SealedArrival[]) => batch.map(appendOne));

  const acknowledge = database.transaction((inbox: string, upTo: number) => {
    const row = byId.get(inbox);
    if (row === undefined || upTo > row.last_sequence) return null;
    const weight = weighUpTo.get(inbox, upTo) ?? { count: 0, bytes: 0 };
    dropUpTo.run(inbox, upTo);
    setAcknowledged.run({ inbox, upTo, ...weight });
    return weight.count;
  });

  const dropOld = database.transaction((before: DropBefore) => {
    const old = weighOld.all(before.messages);
    for (const each of old) loseOld.run(each);
    dropOldMessages.run(before.messages);
    dropOldHashes.run(before.hashes);
    dropOldNonces.run(before.nonces);
    dropOldRefusals.run(before.refusals);
    return old.reduce((sum, { count }) => sum + count, 0);
  });

  return {
    append: async (batch) => append.immediate(batch),
    readMessages: async (inbox, from, limit, maxBytes) => {
      const chosen: StoredMessage[] = [];
      let bytes = 0;
      for (const message of after.iterate(inbox, from, limit)) {
        bytes += message.sealed.length;
        // One message is always given, however long: else nothing would ever come after it.
        if (bytes > maxBytes && chosen.length > 0) break;
        chosen.push(message);
      }
      return chosen;
    },
    acknowledge: async (inbox, upTo) => acknowledge.immediate(inbox, upTo),
    dropOld: async (before) => dropOld.immediate(before),
  };
}
