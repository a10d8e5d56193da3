import { headCode } from '#shared/domain/audit/head-code.ts';
import type { AuditHead } from '#shared/ipc/audit-channels.ts';
import { type Result, succeed } from '#shared/ipc/result.ts';
import { fingerprintOf } from '../../audit/ed25519.ts';
import { selectStaffNames } from '../../db/queries/audit-log.ts';
import { readHead, readLastEnd, readRoot } from '../../db/queries/epochs.ts';
import type { Core } from '../core.ts';
import { describeAlarm } from './alarm.ts';

/** Where the log stands: its head to print, how far it is signed, by whose root, and what is wrong. */
export function showHead(core: Core): Result<AuditHead> {
  const db = core.ledger.read;
  const { seq, hash } = readHead(db);
  const root = readRoot(db);
  return succeed({
    entries: seq,
    code: headCode(seq, hash),
    rootFingerprint: root === null ? null : fingerprintOf(root),
    signedTo: readLastEnd(db)?.seq ?? 0,
    people: [...selectStaffNames(db)].map(([id, name]) => ({ id, name })),
    alarm: describeAlarm(core),
  });
}
