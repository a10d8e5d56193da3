import { type Result, succeed } from '#shared/ipc/result.ts';
import type { Actor } from '../../db/ledger.ts';
import { writeSetting } from '../../db/queries/settings.ts';
import type { Core } from '../core.ts';

/** The owner says that they have gone through who has access to what is set up with Safaricom. */
export function reviewAccess(core: Core, actor: Actor): Result<undefined> {
  const reviewed = core.ledger.act(actor, 'credential.access-reviewed', 'credential', (db) => {
    writeSetting(db, 'access-reviewed-at', String(core.now()));
    return succeed({ value: undefined, details: {} });
  });
  if (reviewed.ok) core.tell('ledger:changed', { areas: ['safaricom'] });
  return reviewed;
}
