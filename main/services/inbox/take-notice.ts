import type { WriteDb } from '#main/db/ledger.ts';
import { type C2bConfirmation, readC2bConfirmation } from '#shared/domain/daraja/c2b-confirmation.ts';
import { say } from '#shared/domain/message.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { Core } from '../core.ts';
import { type TakenConfirmation, takeConfirmation } from '../take-confirmation.ts';
import { parseBytes } from './callback-body.ts';
import type { TakenCallback } from './take-result.ts';

type Notice = { readonly callbackId: number; readonly body: Uint8Array; readonly at: UtcMs };

const OUTCOMES = {
  new: 'matched',
  known: 'matched',
  // A question to a person stands already: the confirmation itself changes nothing.
  contradicts: 'suspicious',
  'not-ours': 'unmatched',
  unreadable: 'unreadable',
} as const satisfies Record<TakenConfirmation['became'], string>;

/** Books what a confirmation reports, inside the act that keeps it. */
export function takeConfirmationNotice(
  core: Core,
  db: WriteDb,
  { callbackId, body, at }: Notice,
): TakenCallback {
  const parsed = parseBytes(body);
  if (!parsed.ok) return { fate: { outcome: 'unreadable', why: parsed.why }, alerts: [] };
  const confirmation = readC2bConfirmation(parsed.body);
  if (confirmation === null)
    return { fate: { outcome: 'unreadable', why: say('callback.no-confirmation') }, alerts: [] };
  const taken = takeConfirmation(core, db, { confirmation, callbackId, at });
  const outcome = OUTCOMES[taken.became];
  const { movementId, why } = taken;
  return { fate: { ...aboutOf(confirmation), outcome, why, movementId }, alerts: [] };
}

/** Safaricom asks before a payment whether the shop would take it: the relay has said yes, and no money has moved. */
export function takeValidation({ body }: Pick<Notice, 'body'>): TakenCallback {
  const parsed = parseBytes(body);
  const asked = parsed.ok ? readC2bConfirmation(parsed.body) : null;
  const about = asked === null ? {} : aboutOf(asked);
  return { fate: { ...about, outcome: 'unmatched', why: say('callback.validation') }, alerts: [] };
}

function aboutOf({ receipt, shortCode, amount }: C2bConfirmation) {
  return { receipt, shortCode, amountCents: amount };
}
