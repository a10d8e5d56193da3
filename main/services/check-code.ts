import { say } from '#shared/domain/message.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { ImportView } from '#shared/ipc/views.ts';
import type { Actor } from '../db/ledger.ts';
import { selectImport } from '../db/queries/import-views.ts';
import { markCodeChecked } from '../db/queries/imports.ts';
import type { Core } from './core.ts';
import { showImport } from './show-imports.ts';

/**
 * The owner dialled *334# and Safaricom confirmed the code printed on a statement, or takes that back. From then on
 * the code is the file's witness.
 */
export function checkCode(
  core: Core,
  actor: Actor,
  { importId, isChecked }: { readonly importId: number; readonly isChecked: boolean },
): Result<ImportView> {
  const file = selectImport(core.ledger.read, importId);
  if (!file) return fail('ledger/not-found', say('import.not-found'));
  if (file.verificationCode === null) return fail('ledger/bad-input', say('import.no-code'));
  if (file.state !== 'done') return fail('ledger/changed-meanwhile', say('import.code-not-now'));
  const action = isChecked ? 'import.code-checked' : 'import.code-unchecked';
  const marked = core.ledger.act(actor, action, `import:${importId}`, (db) => {
    markCodeChecked(db, importId, isChecked ? { at: core.now(), staffId: actor.staffId } : null);
    return succeed({ value: undefined, details: { code: file.verificationCode } });
  });
  if (!marked.ok) return marked;
  core.tell('ledger:changed', { areas: ['imports'] });
  return showImport(core, importId);
}
