import type { AuditDetails } from '#shared/domain/audit/entry.ts';
import { say } from '#shared/domain/message.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { Actor, WriteDb } from '../db/ledger.ts';
import { markDaysToMatch } from '../db/queries/days.ts';
import { placeWaitingSales } from '../db/queries/record-sale.ts';
import {
  insertTill,
  insertTillNumber,
  selectTills,
  type TillRow,
  tillOfNumber,
} from '../db/queries/tills.ts';
import { recordChange } from './audit/record-change.ts';
import type { Core } from './core.ts';
import { matchChangedDays } from './match-days.ts';

/** The owner says that a number is the shop's own: of a till that is known, or of a new one. */
export function addTillNumber(
  core: Core,
  actor: Actor,
  request: { number: string; name: string; tillId: number | null },
): Result<{ tills: TillRow[] }> {
  const { number, name, tillId } = request;
  if (tillOfNumber(core.ledger.read, number) !== null)
    return fail('ledger/bad-input', say('till.number-known', { number }));
  if (tillId === null && name === '') return fail('ledger/bad-input', say('till.name-missing'));
  const added = core.ledger.act(actor, 'till.number-added', `till-number:${number}`, (db) => {
    const isKnown = selectTills(db).some((till) => till.id === tillId);
    if (tillId !== null && !isKnown) return fail('ledger/not-found', say('till.not-found'));
    const id = tillId ?? insertTill(db, name);
    insertTillNumber(db, number, id, 'settings', core.now());
    markDaysToMatch(db, placeWaitingSales(db, number, id));
    return succeed({ value: undefined, details: { number, till: id, ...describeNumber(db, number, id) } });
  });
  if (!added.ok) return added;
  core.tell('ledger:changed', { areas: ['settings', 'sales'] });
  // Sales that named the number waited for it; the answer does not wait for their matching.
  void matchChangedDays(core, actor);
  return succeed({ tills: selectTills(core.ledger.read) });
}

/** The number and the name of its till, as the entry says them. */
function describeNumber(db: WriteDb, number: string, tillId: number): AuditDetails {
  const till = selectTills(db).find(({ id }) => id === tillId)?.name ?? null;
  return recordChange(db, `till:${tillId}`, null, { number, till });
}

/** In a throw-away ledger, or when the command line names it, a number in a file is ours without asking. */
export function claimNumber(core: Core, actor: Actor, number: string, name: string, seenIn: string): void {
  const claimed = core.ledger.act(actor, 'till.number-added', `till-number:${number}`, (db) => {
    const id = insertTill(db, name.slice(0, 80) || number);
    insertTillNumber(db, number, id, seenIn, core.now());
    markDaysToMatch(db, placeWaitingSales(db, number, id));
    return succeed({ value: undefined, details: { number, till: id, ...describeNumber(db, number, id) } });
  });
  if (!claimed.ok) throw new Error(`number ${number} cannot be claimed: ${claimed.error.code}`);
}
