import type { AccountChecks } from '#shared/domain/statement/checks.ts';
import type { StatementHead } from '#shared/domain/statement/types.ts';
import { succeed } from '#shared/ipc/result.ts';
import type { Actor } from '../db/ledger.ts';
import { insertVanished } from '../db/queries/reviews.ts';
import { hasCharges } from '../db/queries/statement-files.ts';
import { accountIdOf } from '../db/queries/tills.ts';
import type { Core } from './core.ts';

/**
 * Lines that an earlier file had, and that this one lacks although it states that it covers their time, become
 * reviews and alerts. A file that states no period cannot be held to this. Charges count only when the file has any.
 */
export async function reportVanishedLines(
  core: Core,
  actor: Actor,
  importId: number,
  head: StatementHead | null,
  accounts: readonly AccountChecks[],
): Promise<void> {
  const from = head?.periodFrom ?? null;
  if (from === null) return;
  const found: number[] = [];
  for (const account of accounts) {
    const accountId = accountIdOf(core.ledger.read, account.shortCode, account.account);
    if (accountId === null || account.coveredTo === null) continue;
    const question = { access: core.ledger.access, importId, accountId, from, to: account.coveredTo };
    const withCharges = hasCharges(core.ledger.read, importId);
    for await (const line of core.workers.run('find-vanished-lines', { ...question, withCharges }))
      found.push(line.id);
  }
  report(core, actor, importId, 'vanished-line', found);
}

/** Sales of the same source, within the time of the file, that it lacks. */
export async function reportVanishedSales(core: Core, actor: Actor, importId: number): Promise<void> {
  const found: number[] = [];
  const question = { access: core.ledger.access, importId };
  for await (const sale of core.workers.run('find-vanished-sales', question)) found.push(sale.id);
  report(core, actor, importId, 'vanished-sale', found);
}

function report(
  core: Core,
  actor: Actor,
  importId: number,
  kind: 'vanished-line' | 'vanished-sale',
  ids: number[],
): void {
  if (ids.length === 0) return;
  const reported = core.ledger.act(actor, 'alert.vanished', `import:${importId}`, (db) => {
    for (const id of ids) insertVanished(db, kind, importId, id, core.now());
    return succeed({ value: undefined, details: { kind, ids } });
  });
  if (!reported.ok)
    throw new Error(`vanished rows of import ${importId} cannot be kept: ${reported.error.code}`);
}
