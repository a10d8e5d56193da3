import type { RelayStop } from '#main/db/queries/relay-pairing.ts';
import { readRelayPairing } from '#main/db/queries/relay-pairing.ts';
import type { RelayError, StatusAnswer } from '#shared/domain/relay/answers.ts';
import { MINUTE, type UtcMs } from '#shared/domain/time.ts';
import type { Core } from '../core.ts';

/** What keeps this PC from its inbox just now. */
export type RelayProblem =
  | 'offline'
  | 'tls'
  | 'not-secure'
  | 'slow'
  | 'in-between'
  | 'not-understood'
  | 'busy'
  | 'clock'
  | 'keychain'
  | 'disk'
  | RelayStop;

/** How it stands with the relay since this start. Written down only now and then: it changes twice a minute. */
export type Reach = {
  readonly reachedAt: UtcMs | null;
  readonly problem: RelayProblem | null;
  readonly status: StatusAnswer | null;
};

const NOTHING: Reach = { reachedAt: null, problem: null, status: null };
const known = new WeakMap<Core['ledger'], Reach>();

/** So long after a signed answer nobody can say any more that nothing has come. */
const FRESH_FOR = 5 * MINUTE;

type OfLedger = Pick<Core, 'ledger'>;

export function readReach(core: OfLedger): Reach {
  return known.get(core.ledger) ?? NOTHING;
}

export function noteReach(core: OfLedger, change: Partial<Reach>): void {
  known.set(core.ledger, { ...readReach(core), ...change });
}

/** Nothing of an earlier pairing counts for the next. */
export function forgetReach(core: OfLedger): void {
  known.delete(core.ledger);
}

/**
 * Whether the relay was reached within the last five minutes, and answered, signed, for this PC's inbox: what Safaricom
 * answers now will be here soon.
 */
export function isRelayFresh(core: Pick<Core, 'ledger' | 'now'>): boolean {
  const { reachedAt } = readReach(core);
  const pairing = readRelayPairing(core.ledger.read);
  if (reachedAt === null || pairing === null || pairing.stopped !== null) return false;
  const age = core.now() - reachedAt;
  return age >= 0 && age < FRESH_FOR;
}

/** What an error of the relay means for whoever looks at it. */
export function problemOf(error: RelayError): RelayProblem {
  switch (error) {
    case 'revoked':
      return 'revoked';
    case 'bad-signature':
      return 'other-keys';
    case 'not-found':
      return 'not-found';
    case 'clock':
      return 'clock';
    case 'too-many':
    case 'unavailable':
    case 'replay':
      return 'busy';
    default:
      return 'not-understood';
  }
}
