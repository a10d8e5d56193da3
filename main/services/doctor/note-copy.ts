import { type Result, succeed } from '#shared/ipc/result.ts';
import type { Actor } from '../../db/ledger.ts';
import { writeSetting } from '../../db/queries/settings.ts';
import type { Core } from '../core.ts';

/** The owner says that they have copied the books to another disk: Daftari makes no copy itself and cannot see theirs. */
export function noteCopy(core: Core, actor: Actor): Result<undefined> {
  const noted = core.ledger.act(actor, 'copy.noted', 'copy', (db) => {
    writeSetting(db, 'copy-made-at', String(core.now()));
    return succeed({ value: undefined, details: {} });
  });
  if (noted.ok) core.tell('ledger:changed', { areas: ['safaricom'] });
  return noted;
}
