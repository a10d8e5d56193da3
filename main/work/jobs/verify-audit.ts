import { setImmediate as nextTurn } from 'node:timers/promises';
import { startVerifying } from '#shared/domain/audit/verify.ts';
import { auditCrypto } from '../../audit/ed25519.ts';
import { openEncrypted } from '../../db/cipher.ts';
import { wrapReads } from '../../db/ledger.ts';
import { selectAuditLog } from '../../db/queries/audit-log.ts';
import { readHead } from '../../db/queries/epochs.ts';
import type { Jobs, VerifyNews } from '../protocol.ts';

/** Entries between two pieces of news; a stop is heard there. */
const ENTRIES_A_TURN = 5_000;

/** Reads the whole log again, every hash and every signature. */
export async function* verifyAudit(input: Jobs['verify-audit']['input']): AsyncGenerator<VerifyNews> {
  const db = openEncrypted(input.access.path, Buffer.from(input.access.key), { readonly: true });
  try {
    const read = wrapReads(db);
    const total = readHead(read).seq;
    const verification = startVerifying(auditCrypto, { head: input.head, rootFingerprint: null });
    let entries = 0;
    for (const entry of selectAuditLog(read)) {
      if (!verification.take(entry)) break;
      entries += 1;
      if (entries % ENTRIES_A_TURN !== 0) continue;
      yield { type: 'progress', entries, total };
      await nextTurn();
    }
    yield { type: 'verdict', verdict: verification.finish() };
  } finally {
    db.close();
  }
}
