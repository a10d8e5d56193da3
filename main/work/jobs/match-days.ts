import { match } from '#shared/domain/matching/match.ts';
import { openEncrypted } from '../../db/cipher.ts';
import { wrapReads } from '../../db/ledger.ts';
import { gatherDays } from '../../db/queries/gather.ts';
import type { Jobs, MatchNews } from '../protocol.ts';

/** Gathers some days and their neighbours from the ledger, and matches them. */
export async function* matchDays(input: Jobs['match']['input']): AsyncGenerator<MatchNews> {
  const db = openEncrypted(input.access.path, Buffer.from(input.access.key), { readonly: true });
  try {
    const { input: gathered, coreLines, coreSales } = gatherDays(wrapReads(db), input.from, input.to);
    yield { result: match(gathered), coreLines, coreSales };
  } finally {
    db.close();
  }
}
