import { PROGRAM } from '#main/db/ledger.ts';
import {
  advanceTaken,
  noteRelayStatus,
  putTakenBack,
  type RelayPairing,
  readRelayPairing,
} from '#main/db/queries/relay-pairing.ts';
import { say } from '#shared/domain/message.ts';
import type { StatusAnswer } from '#shared/domain/relay/answers.ts';
import { HOUR } from '#shared/domain/time.ts';
import { succeed } from '#shared/ipc/result.ts';
import { raiseAlert, tellAlerts } from '../alerts.ts';
import type { Core } from '../core.ts';
import { alertOfGap, type Gap } from './gap.ts';
import { noteReach, readReach } from './reach.ts';

/** So many refusals are kept, the latest first, and so many addresses: a flood comes from thousands. */
const MOST_REFUSALS = 80;
const MOST_ADDRESSES = 60;
/** An address of IPv6 with the width of its network. */
const LONGEST_ADDRESS = 45;
/** How often an account that says nothing new is written down all the same. */
const WRITE_EVERY = HOUR;

/**
 * Takes the relay's account of itself: for the screen, and to find what no message shows. Numbers that were given away
 * and are not there any more, another reader with the same keys, a relay that was put back to an earlier state.
 */
export function takeStatus(core: Core, pairing: RelayPairing, status: StatusAnswer): void {
  noteReach(core, { reachedAt: core.now(), status });
  const { inbox, takenTo } = pairing;
  const { lastSequence, acknowledgedTo, waiting } = status;
  if (lastSequence < takenTo) {
    putBack(core, inbox, lastSequence);
    return;
  }
  if (acknowledgedTo > takenTo) tellOfOtherReader(core, inbox, acknowledgedTo);
  if (waiting.messages === 0 && lastSequence > takenTo)
    noteGap(core, inbox, { from: takenTo + 1, to: lastSequence });
  keepStatus(core, pairing, status);
}

function noteGap(core: Core, inbox: string, gap: Gap): void {
  const noted = core.ledger.act(PROGRAM, 'relay.gap', 'relay', (db) => {
    advanceTaken(db, inbox, gap.to);
    const alert = alertOfGap(db, inbox, gap, core.now());
    return succeed({ value: alert, details: { first: gap.from, last: gap.to } });
  });
  if (noted.ok) tellAlerts(core, [noted.value]);
}

function tellOfOtherReader(core: Core, inbox: string, upTo: number): void {
  const told = core.ledger.act(PROGRAM, 'relay.other-reader', 'relay', (db) => {
    const what = say('alert.relay-other-reader');
    const at = core.now();
    const alert = raiseAlert(db, { kind: 'relay-other-reader', subject: `relay:${inbox}:${upTo}`, what, at });
    return succeed({ value: alert, details: { upTo } });
  });
  if (told.ok) tellAlerts(core, [told.value]);
}

/** Its numbers begin again where it was put back to; what has the same number and other words is not the same. */
function putBack(core: Core, inbox: string, lastSequence: number): void {
  const put = core.ledger.act(PROGRAM, 'relay.put-back', 'relay', (db) => {
    putTakenBack(db, inbox, lastSequence);
    const what = say('alert.relay-put-back');
    const at = core.now();
    const subject = `relay:${inbox}:back-${at}`;
    const alert = raiseAlert(db, { kind: 'relay-put-back', subject, what, at });
    return succeed({ value: alert, details: { lastSequence } });
  });
  if (put.ok) tellAlerts(core, [put.value]);
}

function keepStatus(core: Core, pairing: RelayPairing, status: StatusAnswer): void {
  const text = JSON.stringify(shorten(status));
  const isOld = pairing.reachedAt === null || core.now() - pairing.reachedAt >= WRITE_EVERY;
  if (!isOld && saysNothingNew(pairing.status, text)) return;
  const kept = core.ledger.act(PROGRAM, 'relay.status-noted', 'relay', (db) => {
    noteRelayStatus(db, pairing.inbox, { status: text, reachedAt: core.now() });
    const refused = status.refused.reduce((sum, { count }) => sum + count, 0);
    return succeed({ value: undefined, details: { waiting: status.waiting.messages, refused } });
  });
  if (kept.ok) core.tell('ledger:changed', { areas: ['safaricom', 'callbacks'] });
}

/** What changes with every look is no news: its clock, and what waits for a moment. */
function saysNothingNew(before: string | null, now: string): boolean {
  if (before === null) return false;
  const still = (text: string) => {
    const {
      now: _now,
      waiting: _waiting,
      lastSequence: _last,
      acknowledgedTo: _to,
      ...rest
    } = JSON.parse(text);
    return JSON.stringify(rest);
  };
  return still(before) === still(now);
}

function shorten(status: StatusAnswer): StatusAnswer {
  const refused = [...status.refused]
    .sort((a, b) => b.lastAt - a.lastAt)
    .slice(0, MOST_REFUSALS)
    .map((each) => ({ ...each, address: each.address.slice(0, LONGEST_ADDRESS) }));
  const addresses = status.addresses
    ?.slice(0, MOST_ADDRESSES)
    .map((address) => address.slice(0, LONGEST_ADDRESS));
  return { ...status, refused, addresses: addresses ?? null };
}

/** The newest account of itself that the relay has given: of this start, else as it was written down. */
export function readLastStatus(core: Core): StatusAnswer | null {
  const fresh = readReach(core).status;
  if (fresh !== null) return shorten(fresh);
  const stored = readRelayPairing(core.ledger.read)?.status ?? null;
  return stored === null ? null : (JSON.parse(stored) as StatusAnswer);
}
