import type { Inbox } from './storage.ts';

/** A row of `inboxes`, as SQLite gives it. */
export type InboxRow = {
  readonly id: string;
  readonly name: string;
  readonly environment: Inbox['environment'];
  readonly path_hash: Buffer;
  readonly created_at: number;
  readonly round: number;
  readonly code_expires_at: number;
  readonly paired_at: number | null;
  readonly paired_round: number | null;
  readonly paired_after: number;
  readonly box_key: string | null;
  readonly sign_key: string | null;
  readonly revoked_at: number | null;
  readonly last_sequence: number;
  readonly acknowledged_to: number;
  readonly last_heard_at: number | null;
  readonly waiting: number;
  readonly waiting_bytes: number;
  readonly repeated: number;
  readonly dropped_old: number;
  readonly dropped_room: number;
  readonly dropped_keys: number;
};

export function readInboxRow(row: InboxRow): Inbox {
  return {
    id: row.id,
    name: row.name,
    environment: row.environment,
    pathHash: row.path_hash,
    createdAt: row.created_at,
    round: row.round,
    codeExpiresAt: row.code_expires_at,
    pairedAt: row.paired_at,
    pairedRound: row.paired_round,
    pairedAfter: row.paired_after,
    keys:
      row.box_key === null || row.sign_key === null ? null : { boxKey: row.box_key, signKey: row.sign_key },
    revokedAt: row.revoked_at,
    lastSequence: row.last_sequence,
    acknowledgedTo: row.acknowledged_to,
    lastHeardAt: row.last_heard_at,
    waiting: row.waiting,
    waitingBytes: row.waiting_bytes,
    repeated: row.repeated,
    droppedOld: row.dropped_old,
    droppedRoom: row.dropped_room,
    droppedKeys: row.dropped_keys,
  };
}
