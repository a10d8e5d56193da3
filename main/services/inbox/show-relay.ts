import { type Message, say } from '#shared/domain/message.ts';
import type { StatusAnswer } from '#shared/domain/relay/answers.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { RelayView } from '#shared/ipc/relay-channels.ts';
import { readRelayPairing } from '../../db/queries/relay-pairing.ts';
import type { Core } from '../core.ts';
import { asRefusal } from './callback-list.ts';
import { isRelayFresh, readReach } from './reach.ts';
import { readLastStatus } from './relay-status.ts';

/** How it stands with the relay; never its secret path or a key. */
export function showRelay(core: Core): RelayView {
  const pairing = readRelayPairing(core.ledger.read);
  if (pairing === null) return { pairing: null };
  const { origin, inbox, pairedAt, pairedBy, stopped } = pairing;
  const reach = readReach(core);
  const status = readLastStatus(core);
  return {
    pairing: {
      origin,
      inbox,
      pairedAt,
      pairedBy,
      reachedAt: reach.reachedAt ?? pairing.reachedAt,
      isFresh: isRelayFresh(core),
      problem: sayProblem(stopped ?? reach.problem, new URL(origin).hostname),
      isStopped: stopped !== null,
      status: status && describeStatus(status),
    },
  };
}

function sayProblem(problem: string | null, host: string): Message | null {
  return problem === null ? null : say(`relay.problem-${problem}`, { host });
}

function describeStatus(status: StatusAnswer): NonNullable<NonNullable<RelayView['pairing']>['status']> {
  const { waiting, dropped } = status;
  return {
    asOf: status.now as UtcMs,
    version: status.version,
    environment: status.environment,
    waiting: waiting.messages,
    oldestWaitingAt: waiting.oldestAt as UtcMs | null,
    repeated: status.repeated,
    dropped: dropped.tooOld + dropped.noRoom + dropped.newKeys,
    refused: status.refused.map(asRefusal),
    addresses: status.addresses === null ? null : [...status.addresses],
  };
}
