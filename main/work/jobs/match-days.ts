import { match } from '#shared/domain/matching/match.ts';
import { openEncrypted } from '../../db/cipher.ts';
import { wrapReads } from '../../db/ledger.ts';
import type { MatchChange } from '../../db/queries/apply-match.ts';
import { compareWithLedger } from '../../db/queries/compare-match.ts';
import { gatherDays } from '../../db/queries/gather.ts';
import type { Jobs, MatchNews } from '../protocol.ts';

/** Changes of one transaction. */
const CHANGES_AT_ONCE = 1_000;

/**
 * Gathers some days and their neighbours from the ledger, matches them, and tells what is to change, a transaction's
 * worth at a time. It all reads one state of the ledger; what people do meanwhile marks their days again.
 */
export async function* matchDays(input: Jobs['match']['input']): AsyncGenerator<MatchNews> {
  const changes = findChanges(input);
  for (let start = 0; start < changes.length || start === 0; start += CHANGES_AT_ONCE)
    yield {
      changes: changes.slice(start, start + CHANGES_AT_ONCE),
      isLast: start + CHANGES_AT_ONCE >= changes.length,
    };
}

function findChanges({ access, from, to }: Jobs['match']['input']): MatchChange[] {
  const db = openEncrypted(access.path, Buffer.from(access.key), { readonly: true });
  try {
    return db.transaction(() => {
      const read = wrapReads(db);
      const { input, coreLines, coreSales } = gatherDays(read, from, to);
      return compareWithLedger(read, { result: match(input), coreLines, coreSales });
    })();
  } finally {
    db.close();
  }
}
