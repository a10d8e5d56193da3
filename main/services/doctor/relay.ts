import { judgeAddress, judgeRegistrations } from '#shared/domain/doctor/callback-urls.ts';
import type { Check } from '#shared/domain/doctor/check.ts';
import { judgeRelay, type RelayAccount, type RelayTrial } from '#shared/domain/doctor/relay.ts';
import { type Message, say } from '#shared/domain/message.ts';
import type { StatusAnswer } from '#shared/domain/relay/answers.ts';
import { DAY, type UtcMs } from '#shared/domain/time.ts';
import { selectCredential } from '../../db/queries/credentials.ts';
import { selectToldOf } from '../../db/queries/doctor.ts';
import { readRelayPairing } from '../../db/queries/relay-pairing.ts';
import type { Core } from '../core.ts';
import { type RelayProblem, readReach } from '../inbox/reach.ts';
import { readLastStatus } from '../inbox/relay-status.ts';

/** Refusals are counted for ever; an old one is no news. */
const RECENT = 7 * DAY;

/** The way in: the relay, and where Safaricom was told to report payments. By what the inbox last saw of it. */
export function checkRelay(core: Core, codes: readonly string[]): Check[] {
  const db = core.ledger.read;
  const { environment } = core.ledger;
  const pairing = readRelayPairing(db);
  const reach = readReach(core);
  const status = readLastStatus(core);
  const isNeeded = codes.some((code) => selectCredential(db, code, 'look-up-operator') !== null);
  const relay = judgeRelay(
    {
      environment,
      isNeeded,
      pairing: pairing && {
        host: new URL(pairing.origin).hostname,
        reachedAt: reach.reachedAt ?? pairing.reachedAt,
        isListening: reach.reachedAt !== null || reach.problem !== null,
        takenTo: pairing.takenTo,
        stopped: pairing.stopped,
        account: status && describeAccount(status, core.now()),
      },
      trial: trialOf(reach.problem),
      trouble: pairing && describeTrouble(reach.problem, pairing.origin),
    },
    core.now(),
  );
  const address = pairing && judgeAddress(pairing.origin, environment);
  const told = codes.map((code) => {
    const registrations = selectToldOf(db, code).map(({ kind, state, details }) => ({
      kind,
      state,
      origin: kind === 'c2b' && details.startsWith('http') ? details : null,
    }));
    return judgeRegistrations(code, registrations, pairing?.origin ?? null);
  });
  return [relay, ...(address ? [address] : []), ...told];
}

function describeAccount(status: StatusAnswer, now: UtcMs): RelayAccount {
  const { environment, waiting, acknowledgedTo, dropped, refused } = status;
  const strangers = refused.filter(({ reason, lastAt }) => reason === 'address' && now - lastAt < RECENT);
  return {
    environment,
    waiting: waiting.messages,
    oldestAt: waiting.oldestAt as UtcMs | null,
    acknowledgedTo,
    dropped: dropped.tooOld + dropped.noRoom,
    strangers: strangers.reduce((sum, { count }) => sum + count, 0),
  };
}

/** The inbox's own words for what keeps it from the relay; null where the doctor has better ones. */
function describeTrouble(problem: RelayProblem | null, origin: string): Message | null {
  switch (problem) {
    case 'tls':
    case 'not-secure':
    case 'slow':
    case 'in-between':
    case 'not-understood':
    case 'busy':
      return say(`relay.problem-${problem}`, { host: new URL(origin).hostname });
    default:
      return null;
  }
}

/** Full disks are a line of their own. */
function trialOf(problem: RelayProblem | null): RelayTrial | null {
  switch (problem) {
    case null:
    case 'disk':
      return null;
    case 'busy':
    case 'clock':
    case 'revoked':
    case 'other-keys':
    case 'not-found':
      return problem;
    case 'keychain':
      return 'keys-missing';
    default:
      return 'unreachable';
  }
}
