import { type Message, say } from '../message.ts';
import { MINUTE, type UtcMs } from '../time.ts';
import { type Check, line } from './check.ts';

/** What the relay last said of itself. */
export type RelayAccount = {
  readonly environment: 'production' | 'sandbox';
  readonly waiting: number;
  readonly oldestAt: UtcMs | null;
  /** The last message that was acknowledged, by whichever PC. */
  readonly acknowledgedTo: number;
  /** Messages that nobody fetched in time, or that had to make room, ever: each was told when it was missed. */
  readonly dropped: number;
  /** Calls to the shop's own address that came from elsewhere than Safaricom in the last week. */
  readonly strangers: number;
};

/** How asking the relay went last. `clock`: the two clocks are more than five minutes apart. */
export type RelayTrial =
  | 'reached'
  | 'unreachable'
  /** It was reached and was too busy: no fault that somebody here could mend. */
  | 'busy'
  | 'clock'
  | 'other-keys'
  | 'revoked'
  | 'not-found'
  | 'keys-missing';

export type RelayFacts = {
  readonly environment: 'production' | 'sandbox' | 'demo';
  /** Something is set up whose answers come only through a relay. */
  readonly isNeeded: boolean;
  readonly pairing: {
    /** The host's name. */
    readonly host: string;
    readonly reachedAt: UtcMs | null;
    /** Somebody is listening now: it was heard, or tried, since the program started. */
    readonly isListening: boolean;
    readonly takenTo: number;
    readonly stopped: 'revoked' | 'other-keys' | 'not-found' | null;
    readonly account: RelayAccount | null;
  } | null;
  /** Null when nothing is known of it since the start. */
  readonly trial: RelayTrial | null;
  /** Why it was not reached, where more is known than that. */
  readonly trouble: Message | null;
};

/** A relay that was not heard for so long is not merely between two questions. */
const QUIET = 10 * MINUTE;

/** Whether Safaricom's answers can come in. The worst that is wrong with the relay, or that nothing is. */
export function judgeRelay(facts: RelayFacts, now: UtcMs): Check {
  const { pairing, isNeeded } = facts;
  if (pairing === null)
    return isNeeded
      ? line('relay', 'warning', say('doctor.relay.none'), {
          place: 'set-up',
          mend: say('doctor.relay.none-mend'),
        })
      : line('relay', 'not-checked', say('doctor.relay.not-needed'), { place: 'set-up' });
  return judgeEnd(facts) ?? judgeAccount(facts) ?? judgeReached(facts, now);
}

/** What stops everything until somebody acts. */
function judgeEnd({ pairing, trial, trouble, environment }: RelayFacts): Check | null {
  const ends = { revoked: 'revoked', 'other-keys': 'other_keys', 'not-found': 'not_found' } as const;
  const stopped = pairing?.stopped ?? (trial !== null && trial in ends ? (trial as keyof typeof ends) : null);
  const host = pairing?.host ?? '';
  if (stopped)
    return line('relay', 'failure', say('doctor.relay.stopped', { why: ends[stopped], host }), {
      place: 'set-up',
      mend: say('doctor.relay.stopped-mend', { why: ends[stopped] }),
    });
  if (trial === 'keys-missing')
    return line('relay', 'failure', say('doctor.relay.no-keys', { host }), {
      place: 'set-up',
      mend: say('doctor.relay.no-keys-mend'),
    });
  if (trial === 'clock')
    return line('relay', 'failure', say('doctor.relay.clock', { host }), {
      mend: say('doctor.relay.clock-mend'),
    });
  if (trial === 'unreachable' || trial === 'busy')
    return line(
      'relay',
      trial === 'busy' ? 'warning' : 'failure',
      trouble ?? say('doctor.relay.unreachable', { host }),
      {
        mend: say('doctor.relay.unreachable-mend', { host }),
      },
    );
  if (environment === 'production' && pairing?.account?.environment === 'sandbox')
    return line('relay', 'failure', say('doctor.relay.sandbox', { host }), {
      place: 'set-up',
      mend: say('doctor.relay.sandbox-mend'),
    });
  return null;
}

/** What the relay says of itself that somebody should hear. */
function judgeAccount({ pairing }: RelayFacts): Check | null {
  const account = pairing?.account;
  if (!pairing || !account) return null;
  const { strangers, acknowledgedTo } = account;
  if (acknowledgedTo > pairing.takenTo)
    return line('relay', 'warning', say('doctor.relay.read-elsewhere'), {
      place: 'set-up',
      mend: say('doctor.relay.read-elsewhere-mend'),
    });
  if (strangers > 0)
    return line('relay', 'warning', say('doctor.relay.strangers', { count: strangers }), {
      place: 'callbacks',
      mend: say('doctor.relay.strangers-mend'),
    });
  return null;
}

function judgeReached({ pairing, trial }: RelayFacts, now: UtcMs): Check {
  const host = pairing?.host ?? '';
  const reachedAt = trial === 'reached' ? now : (pairing?.reachedAt ?? null);
  const { waiting = 0, dropped = 0 } = pairing?.account ?? {};
  if (reachedAt === null)
    return line('relay', 'not-checked', say('doctor.relay.never', { host }), {
      mend: say('doctor.relay.unreachable-mend', { host }),
    });
  if (now - reachedAt > QUIET) {
    const finding = say('doctor.relay.quiet', { host, at: { at: reachedAt } });
    return pairing?.isListening === true
      ? line('relay', 'warning', finding, { mend: say('doctor.relay.unreachable-mend', { host }) })
      : line('relay', 'not-checked', finding);
  }
  return line('relay', 'ok', say('doctor.relay.ok', { host, at: { at: reachedAt }, waiting, dropped }));
}
