import { type DryRun, dryRun } from '#shared/domain/rules/dry-run.ts';
import { openEncrypted } from '../../db/cipher.ts';
import { wrapReads } from '../../db/ledger.ts';
import { gatherDays } from '../../db/queries/gather.ts';
import type { Jobs } from '../protocol.ts';

/** Gathers past days and tries a rule on them. Writes nothing. */
export async function* dryRunRule(input: Jobs['dry-run-rule']['input']): AsyncGenerator<DryRun> {
  const db = openEncrypted(input.access.path, Buffer.from(input.access.key), { readonly: true });
  try {
    yield dryRun(input.rule, gatherDays(wrapReads(db), input.from, input.to).input);
  } finally {
    db.close();
  }
}
