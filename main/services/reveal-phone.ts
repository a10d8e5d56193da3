import { say } from '#shared/domain/message.ts';
import { businessDayOf, DAY, startOfDay, type UtcMs } from '#shared/domain/time.ts';
import type { Input, Output } from '#shared/ipc/contract.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import { readFullPhone } from '../db/queries/item-views.ts';
import { readLookUpPhone } from '../db/queries/look-up-phone.ts';
import { countReveals } from '../db/queries/reveals.ts';
import { readSetting } from '../db/queries/settings.ts';
import type { Session } from '../ipc/session.ts';
import { actorOf, type Core } from './core.ts';

/** How many numbers one person may see in a day, unless the shop has set another limit. */
const REVEALS_A_DAY = 30;

/**
 * The one full number of a payment, of a sale, or of what was answered to a look-up. Every answer is an entry of the log, which names the item and never the
 * number; the entries of the Nairobi day are what the limit counts, so nothing but the log has to be believed.
 */
export function revealPhone(
  core: Core,
  session: Session,
  { type, id }: Input<'phone:reveal'>,
): Result<Output<'phone:reveal'>> {
  const db = core.ledger.read;
  const item = type === 'look-up' ? readLookUpPhone(db, id) : readFullPhone(db, type, id);
  if (!item) return fail('ledger/not-found', say('reconcile.item-not-found'));
  const { phone } = item;
  if (phone === null) return fail('ledger/not-found', say('privacy.only-masked'));
  const limit = readLimit(core);
  const before = countReveals(db, session.staffId, dayAround(core.now()));
  if (before >= limit) return fail('privacy/limit', say('privacy.limit', { limit }));
  return core.ledger.act(actorOf(session), 'phone.revealed', `${type}:${id}`, () =>
    succeed({ value: { phone, leftToday: limit - before - 1 }, details: { type } }),
  );
}

/** The calendar day in Nairobi, whenever the shop's own day begins. */
function dayAround(at: UtcMs): { from: number; to: number } {
  const from = startOfDay(businessDayOf(at));
  return { from, to: from + DAY };
}

function readLimit(core: Core): number {
  const set = readSetting(core.ledger.read, 'reveals-a-day');
  return set !== null && /^\d{1,4}$/.test(set) ? Number(set) : REVEALS_A_DAY;
}
