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
  // An answer that came while a file was at work is kept, and is not yet a sighting.
  const answered = db.get(
    `SELECT 1 FROM sightings WHERE movement_id = ? AND kind = 'status-answer'
     UNION ALL SELECT 1 FROM movements m JOIN status_answers a ON a.receipt = m.receipt AND a.is_answered = 1
        AND a.fate = 'completed' AND a.amount_cents = m.amount_cents WHERE m.id = ? LIMIT 1`,
    movement.id,
    movement.id,
  );
  return answered ? 'reported' : 'wait';
}
