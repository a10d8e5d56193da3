import { LATER_IN_UTC } from '#shared/domain/daraja/pull-time.ts';
import { say } from '#shared/domain/message.ts';
import type { AccountChecks } from '#shared/domain/statement/checks.ts';
import type { RowProblem, StatementHead } from '#shared/domain/statement/types.ts';
import { MINUTE } from '#shared/domain/time.ts';
import { succeed } from '#shared/ipc/result.ts';
import type { Actor } from '../db/ledger.ts';
import { addCounts, insertProblem, noRows } from '../db/queries/imports.ts';
import { readPullZone } from '../db/queries/pull-zone.ts';
import { insertVanished } from '../db/queries/reviews.ts';
import { hasCharges, receiptOf } from '../db/queries/statement-files.ts';
import { accountIdOf } from '../db/queries/tills.ts';
import type { Core } from './core.ts';

/** A file that was made before its day was over may lack what was paid minutes before. */
const FRESH = 15 * MINUTE;

/**
 * Lines that an earlier file had, or payments that Pull or a notice showed, and that this one lacks although it states
 * that it covers their time, become reviews. A file that states no period cannot be held to this. Charges count only when the file has any, and
 * what a row that could not be read names is not missing. Returns the questions that this raised.
 */
export async function reportVanishedLines(
  core: Core,
  actor: Actor,
  importId: number,
  head: Pick<StatementHead, 'periodFrom'> | null,
  accounts: readonly AccountChecks[],
  refused: RefusedRows,
): Promise<number[]> {
  const from = head?.periodFrom ?? null;
  if (from === null) return [];
  const found: number[] = [];
  for (const account of accounts) {
    const accountId = accountIdOf(core.ledger.read, account.shortCode, account.account);
    if (accountId === null || account.coveredTo === null) continue;
    const to = account.coveredTo;
    const freshMs = account.isPartial ? FRESH : 0;
    const pulledLaterMs = readPullZone(core.ledger.read) === null ? LATER_IN_UTC : 0;
    const question = { access: core.ledger.access, importId, accountId, from, to, freshMs, pulledLaterMs };
    const withCharges = hasCharges(core.ledger.read, importId);
    for await (const line of core.workers.run('find-vanished-lines', { ...question, withCharges }))
      if (!refused.receipts.has(receiptOf(core.ledger.read, line.id))) found.push(line.id);
  }
  return report(core, actor, importId, 'vanished-line', found, refused);
}

/** Sales of the same source, within the time of the file, that it lacks. Returns the questions that this raised. */
export async function reportVanishedSales(
  core: Core,
  actor: Actor,
  importId: number,
  refused: RefusedRows,
): Promise<number[]> {
  const found: number[] = [];
  const question = { access: core.ledger.access, importId };
  for await (const sale of core.workers.run('find-vanished-sales', question)) found.push(sale.id);
  return report(core, actor, importId, 'vanished-sale', found, refused);
}

/** What the rows of a file that could not be read may have been about. */
export type RefusedRows = {
  /** The receipts that such rows still name. */
  readonly receipts: Set<string>;
  /** How many name nothing. */
  unnamed: number;
};

export function noRefusedRows(): RefusedRows {
  return { receipts: new Set(), unnamed: 0 };
}

export function noteRefused(refused: RefusedRows, problems: readonly RowProblem[]): void {
  for (const { receipt } of problems) {
    if (receipt === undefined) refused.unnamed += 1;
    else refused.receipts.add(receipt);
  }
}

/** Ids that an audit entry lists; of more it says how many. */
const MOST_LISTED = 50;

/** Rows that could not be read may be the very ones that are missing: then the file says so and asks nothing. */
function report(
  core: Core,
  actor: Actor,
  importId: number,
  kind: 'vanished-line' | 'vanished-sale',
  ids: readonly number[],
  { unnamed }: RefusedRows,
): number[] {
  if (ids.length === 0) return [];
  const mayBeUnread = ids.length <= unnamed;
  const action = mayBeUnread ? 'import.vanished-not-asked' : 'alert.vanished';
  const reported = core.ledger.act(actor, action, `import:${importId}`, (db) => {
    const details = { kind, ids: ids.length > MOST_LISTED ? ids.length : ids };
    if (!mayBeUnread) {
      const at = core.now();
      return succeed({ value: ids.map((id) => insertVanished(db, kind, importId, id, at)), details });
    }
    const why = say('import.vanished-not-asked', { count: ids.length, refused: unnamed });
    insertProblem(db, importId, 0, 'warning', why);
    addCounts(db, importId, { ...noRows(), warnings: 1 });
    return succeed({ value: [], details });
  });
  if (!reported.ok)
    throw new Error(`vanished rows of import ${importId} cannot be kept: ${reported.error.code}`);
  return reported.value;
}

/** Tells the windows of new questions, once they can be seen: when their import is done. */
export function raiseAlerts(core: Core, reviewIds: readonly number[]): void {
  for (const reviewId of reviewIds) core.tell('alert:raised', { reviewId });
}
