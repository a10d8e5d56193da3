import { randomBytes } from 'node:crypto';
import { nameKeyOf } from '#shared/domain/access/name-key.ts';
import { succeed } from '#shared/ipc/result.ts';
import type { Actor } from '../db/ledger.ts';
import { closeSession, insertSession } from '../db/queries/sessions.ts';
import { hasPeople, selectPerson } from '../db/queries/staff.ts';
import type { LedgerCore } from './core.ts';

/** The row of staff that the first run turns into the owner: what was done before is then the owner's. */
export const FIRST_STAFF_ID = 1;
const FIRST_NAME = 'Owner';

export type SetUpSession = { readonly actor: Actor; readonly end: () => void };

/**
 * Acts in books that have no people yet: throw-away ledgers, and profiles whose first run is not finished. Throws as
 * soon as an owner can sign in; from then on everybody must.
 */
export function startSetUpSession(core: LedgerCore, host: 'electron' | 'preview' | 'cli'): SetUpSession {
  if (hasPeople(core.ledger.read)) throw new Error('these books have people: somebody must sign in');
  const id = randomBytes(32).toString('hex');
  const actor = { staffId: FIRST_STAFF_ID, session: id };
  const started = core.ledger.act(actor, 'access.set-up-began', 'session', (db) => {
    if (selectPerson(db, FIRST_STAFF_ID) === null)
      db.run(
        `INSERT INTO staff (id, name, name_key, role, created_at) VALUES (?, ?, ?, 'owner', ?)`,
        FIRST_STAFF_ID,
        FIRST_NAME,
        nameKeyOf(FIRST_NAME),
        core.now(),
      );
    insertSession(db, { id, staffId: FIRST_STAFF_ID, host, at: core.now() });
    return succeed({ value: undefined, details: { host } });
  });
  if (!started.ok) throw new Error(`no session can be started: ${started.error.code}`);
  const end = () => {
    const ended = core.ledger.act(actor, 'access.session-ended', `staff:${FIRST_STAFF_ID}`, (db) => {
      closeSession(db, id, 'quit', core.now());
      return succeed({ value: undefined, details: { reason: 'quit' } });
    });
    if (!ended.ok) core.log.error('a session could not be ended in the ledger', { code: ended.error.code });
  };
  return { actor, end };
}
