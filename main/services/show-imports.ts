import { say } from '#shared/domain/message.ts';
import type { Input, Output } from '#shared/ipc/contract.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { ImportView } from '#shared/ipc/views.ts';
import { selectImport, selectImports, selectProblems } from '../db/queries/import-views.ts';
import type { Core } from './core.ts';
import { readIdCursor, takePage } from './pages.ts';

/** The files that were brought in, newest first. */
export function listImports(core: Core, request: Input<'import:list'>): Result<Output<'import:list'>> {
  const before = readIdCursor(request.after);
  if (!before.ok) return before;
  const found = selectImports(core.ledger.read, request.kind, before.value, request.limit + 1);
  const { page, next } = takePage(found, request.limit);
  return succeed({ imports: page, next });
}

/** One import with its accounts and checks. */
export function showImport(core: Core, importId: number): Result<ImportView> {
  const found = selectImport(core.ledger.read, importId);
  return found ? succeed(found) : fail('ledger/not-found', say('import.not-found'));
}

/** Rows that were refused, taken with a warning, or wait for a person; and where the balances break. */
export function listProblems(
  core: Core,
  request: Input<'import:problems'>,
): Result<Output<'import:problems'>> {
  const after = readIdCursor(request.after);
  if (!after.ok) return after;
  if (!selectImport(core.ledger.read, request.importId))
    return fail('ledger/not-found', say('import.not-found'));
  const found = selectProblems(core.ledger.read, request.importId, after.value ?? 0, request.limit + 1);
  const { page, next } = takePage(found, request.limit);
  return succeed({ problems: page.map(({ row, severity, reason }) => ({ row, severity, reason })), next });
}
