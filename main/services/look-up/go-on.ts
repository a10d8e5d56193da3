import type { StatusResult } from '#shared/domain/daraja/status-result.ts';
import { DAY, type UtcMs } from '#shared/domain/time.ts';
import type { WriteDb } from '../../db/ledger.ts';
import { selectAwaiting, setLookUpState } from '../../db/queries/look-ups.ts';
import type { Core } from '../core.ts';
import { nextShortCode } from './choose-short-code.ts';

/** A day later nobody stands at the counter any more. */
export const TOO_OLD = DAY;

/**
 * Those that wait for the receipt have their answer. Where Safaricom does not know it, or did not take the question, and
 * another short code is left, they go on waiting and are put for that one: by whoever hears of it, or after a restart.
 */
export function takeAnswer(
  db: WriteDb,
  receipt: string,
  { fate, isAnswered }: StatusResult,
  at: UtcMs,
): void {
  const leadsOn = fate === 'not-found' || (!isAnswered && fate === 'failed');
  for (const lookUp of selectAwaiting(db, receipt)) {
    const { id, callId, askedAt } = lookUp;
    const isYoung = at - (askedAt ?? lookUp.at) < TOO_OLD;
    if (leadsOn && isYoung && nextShortCode(db, lookUp) !== null)
      setLookUpState(db, id, { state: 'waiting', callId, why: null, answeredAt: null });
    else setLookUpState(db, id, { state: 'answered', callId, why: null, answeredAt: at });
  }
}

const hearers = new WeakMap<Core['ledger'], () => void>();

/** Whoever asks Safaricom says so here, once, when the program starts. */
export function onAnswersTaken(core: Pick<Core, 'ledger'>, hear: () => void): void {
  hearers.set(core.ledger, hear);
}

/** Tells whoever asks Safaricom that answers came in: some may lead on to another short code. */
export function tellAnswersTaken(core: Pick<Core, 'ledger'>): void {
  hearers.get(core.ledger)?.();
}
