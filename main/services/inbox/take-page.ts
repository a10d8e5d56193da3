import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { PROGRAM } from '#main/db/ledger.ts';
import type { OpenBox } from '#main/inbox/open-box.ts';
import type { RelayMessage } from '#shared/domain/relay/answers.ts';
import { tellAlerts } from '../alerts.ts';
import { mayBook } from '../booking-turn.ts';
import { countTransaction } from '../checkpoint.ts';
import type { Core } from '../core.ts';
import { isDiskTrouble } from '../import-writing.ts';
import { tellAnswersTaken } from '../look-up/go-on.ts';
import { matchChangedDays } from '../match-days.ts';
import { tellReversals } from '../reversals/tell.ts';
import { gapBefore } from './gap.ts';
import { type Handed, keepUntaken, type Taken, takeMessage } from './take-message.ts';

export type Page = {
  readonly inbox: string;
  readonly open: OpenBox;
  readonly messages: readonly RelayMessage[];
  /** The last number that is in the books. */
  readonly after: number;
};

/** How far it came: all up to `upTo` is in the books. `isWhole` is false where the disk or the end of the program was before it. */
export type PageTaken = { readonly upTo: number; readonly isWhole: boolean };

/** While a file comes in or is undone, messages wait this long between two looks (ms). */
const LOOK_AGAIN = 250;

/**
 * Takes what the relay handed over, in the order of its numbers whatever order it came in. One that the program stumbles
 * over is kept untaken, so that it holds up nothing that comes after it.
 */
export async function takePage(core: Core, page: Page, signal: AbortSignal): Promise<PageTaken> {
  const { inbox, open, after } = page;
  const inOrder = [...page.messages].sort((one, other) => one.sequence - other.sequence);
  const taken: Taken[] = [];
  let upTo = after;
  let isWhole = true;
  for (const message of inOrder) {
    const gap = gapBefore(upTo, message.sequence);
    const handed = { inbox, message, arrival: open(message.sealed), gap };
    const done = (await hasTurn(core, signal)) ? takeOne(core, handed) : null;
    if (done === null) {
      isWhole = false;
      break;
    }
    if (done !== 'known') taken.push(done);
    upTo = Math.max(upTo, message.sequence);
    countTransaction(core);
    await nextTurn();
  }
  tellWhatChanged(core, taken);
  return { upTo, isWhole };
}

/** False when the program ends meanwhile. */
async function hasTurn(core: Core, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted && !mayBook(core.ledger.read)) await sleep(LOOK_AGAIN);
  return !signal.aborted;
}

/** Null when the disk takes nothing more: the message stays with the relay. */
function takeOne(core: Core, handed: Handed): Taken | 'known' | null {
  try {
    return takeMessage(core, handed);
  } catch (error) {
    if (isDiskTrouble(error)) return null;
    core.log.error('a message of the relay could not be taken', { error });
  }
  try {
    return keepUntaken(core, handed);
  } catch (error) {
    core.log.error('a message of the relay could not be kept', { error });
    return null;
  }
}

function tellWhatChanged(core: Core, taken: readonly Taken[]): void {
  if (taken.length === 0) return;
  const hasNews = taken.some(({ outcome }) => outcome === 'matched');
  core.tell('ledger:changed', {
    areas: hasNews
      ? ['callbacks', 'safaricom', 'look-ups', 'balances', 'matches', 'reviews']
      : ['callbacks', 'reviews'],
  });
  tellAlerts(
    core,
    taken.flatMap(({ alerts }) => alerts),
  );
  // The approval window may still be open on what was just answered.
  if (hasNews) tellReversals(core);
  if (hasNews) tellAnswersTaken(core);
  if (hasNews) void matchChangedDays(core, PROGRAM);
}
