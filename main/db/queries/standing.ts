import type { PaymentView } from '#shared/ipc/views.ts';
import type { ReadDb } from '../ledger.ts';
import { readAskAbove } from './ask-above.ts';
import { NOTICE_SOURCE } from './sightings.ts';

/**
 * How sure a payment is. A statement or Pull settles it; a notice alone reports it, and above the owner's amount it waits
 * until Safaricom has answered that it is so.
 */
export function standingOf(
  db: ReadDb,
  movement: { readonly id: number; readonly importId: number; readonly amountCents: number },
): PaymentView['standing'] {
  if (movement.importId !== NOTICE_SOURCE) return 'settled';
  if (movement.amountCents <= readAskAbove(db)) return 'reported';
  const answered = db.get(
    `SELECT 1 FROM sightings WHERE movement_id = ? AND kind = 'status-answer'`,
    movement.id,
  );
  return answered ? 'reported' : 'wait';
}
