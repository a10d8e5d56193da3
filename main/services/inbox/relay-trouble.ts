import { PROGRAM } from '#main/db/ledger.ts';
import { type RelayStop, readRelayPairing, stopRelay } from '#main/db/queries/relay-pairing.ts';
import type { RelayReply, Unreached } from '#main/inbox/relay-line.ts';
import { say } from '#shared/domain/message.ts';
import type { RelayError } from '#shared/domain/relay/answers.ts';
import { succeed } from '#shared/ipc/result.ts';
import { raiseAlert, tellAlerts } from '../alerts.ts';
import type { Core } from '../core.ts';
import { noteReach, problemOf, type RelayProblem } from './reach.ts';
import { correctRelayClock } from './relay-clock.ts';

/** How to go on: at once, after a pause, much later, or not before somebody acts. */
export type Next = 'at-once' | 'pause' | 'later' | 'never';

type Trouble = Exclude<RelayReply<unknown>, { type: 'answered' }>;

const UNREACHED: Readonly<Record<Exclude<Unreached, 'aborted'>, RelayProblem>> = {
  offline: 'offline',
  tls: 'tls',
  'not-secure': 'not-secure',
  'time-out': 'slow',
  'cut-off': 'offline',
  redirected: 'in-between',
  'too-large': 'not-understood',
};

/** So many unsigned refusals in a row are taken for what they say, though nothing proves it. */
const ENOUGH_HINTS = 3;

export type TroubleDesk = {
  /** What follows from an answer that is none. */
  readonly meet: (inbox: string, trouble: Trouble) => Next;
  /** The relay has answered, signed. */
  readonly clear: (inbox: string) => void;
};

/**
 * Decides what to do when the relay does not answer. Only what it signed is believed at once; an unsigned refusal may
 * come from something in between, so it is believed when it comes again and again, and looked at anew from time to time.
 */
export function openTroubleDesk(core: Core): TroubleDesk {
  let hints = 0;
  let hasCorrected = false;

  function meetRefusal(inbox: string, error: RelayError, now: number | null): Next {
    noteReach(core, { problem: problemOf(error) });
    switch (error) {
      case 'clock': {
        if (now === null || hasCorrected) return 'pause';
        hasCorrected = true;
        correctRelayClock(core, now);
        return 'at-once';
      }
      case 'revoked':
      case 'bad-signature':
      case 'not-found':
        stop(core, inbox, error === 'bad-signature' ? 'other-keys' : error);
        return 'never';
      case 'bad-request':
      case 'too-large':
        core.log.error('the relay does not understand this version', { error });
        return 'later';
      default:
        return 'pause';
    }
  }

  return {
    meet: (inbox, trouble) => {
      switch (trouble.type) {
        case 'refused':
          return meetRefusal(inbox, trouble.error, trouble.now);
        case 'unreached':
          if (trouble.reason !== 'aborted') noteReach(core, { problem: UNREACHED[trouble.reason] });
          return trouble.reason === 'not-secure' ? 'later' : 'pause';
        case 'unreadable':
          noteReach(core, { problem: 'not-understood' });
          core.log.warn('the relay answered in a form that is not known', { status: trouble.status });
          return 'pause';
        case 'unsigned': {
          const claim = claimOf(trouble.hint);
          hints = claim === null ? 0 : hints + 1;
          noteReach(core, { problem: claim !== null && hints >= ENOUGH_HINTS ? claim : 'in-between' });
          if (claim === null || hints < ENOUGH_HINTS) return 'pause';
          stop(core, inbox, claim);
          return 'later';
        }
      }
    },
    clear: (inbox) => {
      hints = 0;
      hasCorrected = false;
      noteReach(core, { problem: null });
      if (readRelayPairing(core.ledger.read)?.stopped) stop(core, inbox, null);
    },
  };
}

/** What the relay does not sign, because it does not know who asks. */
function claimOf(hint: RelayError | null): RelayStop | null {
  if (hint === 'bad-signature') return 'other-keys';
  return hint === 'not-found' ? 'not-found' : null;
}

/** Writes down that the owner must act, or that it is over. */
function stop(core: Core, inbox: string, stopped: RelayStop | null): void {
  if ((readRelayPairing(core.ledger.read)?.stopped ?? null) === stopped) return;
  const action = stopped === null ? 'relay.resumed' : 'relay.stopped';
  const written = core.ledger.act(PROGRAM, action, 'relay', (db) => {
    stopRelay(db, inbox, stopped);
    const at = core.now();
    const alert =
      stopped === null
        ? null
        : raiseAlert(db, {
            kind: 'relay-stopped',
            subject: `relay:${inbox}:${stopped}-${at}`,
            what: say(`alert.relay-${stopped}`),
            at,
          });
    return succeed({ value: alert, details: stopped === null ? {} : { why: stopped } });
  });
  if (!written.ok) return;
  tellAlerts(core, [written.value]);
  core.tell('ledger:changed', { areas: ['safaricom'] });
}
