import { randomBytes } from 'node:crypto';
import { type Message, say } from '#shared/domain/message.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { APPROVAL_LIVES } from './send-reversal.ts';

/** A page as it was shown: of which reversal, and the hash of all that stood on it. */
export type ShownPage = { readonly reversalId: number; readonly hash: string };

/** A page in somebody's hand: nobody else decides with it meanwhile. It is spent by a decision, or put back without one. */
export type TakenPage = ShownPage & { readonly putBack: () => void };
export type Taken =
  | { readonly ok: true; readonly page: TakenPage }
  | { readonly ok: false; readonly why: Message };

/** What the approval window is about. That page never names a reversal: main remembers which one it was opened for. */
export type ApprovalDesk = {
  /** The reversal that is to be decided; null = the window is closed. */
  readonly about: () => number | null;
  /** Asks the host to open the window on this reversal, in place of any other. */
  readonly open: (reversalId: number) => void;
  readonly close: () => void;
  /** Remembers a page that is being shown; returns the token that must come back with the decision. */
  readonly notePage: (page: ShownPage, now: UtcMs) => string;
  /** Takes a page for one decision: single use, ten minutes old at most, and of the reversal that is on the desk. */
  readonly takePage: (token: string, now: UtcMs) => Taken;
  /** Hears when the window is to open or close; returns the way to stop. */
  readonly onWanted: (hear: (wanted: 'open' | 'close') => void) => () => void;
};

/** The window shows one at a time, anew with each change; more than these are nobody's any more. */
const MOST_PAGES = 20;

type KnownPage = ShownPage & {
  readonly at: UtcMs;
  readonly ticksAt: number;
  readonly isTaken: boolean;
};

/** `ticks` are milliseconds of a clock that nobody can set. */
export function openApprovalDesk(ticks: () => number = () => performance.now()): ApprovalDesk {
  let about: number | null = null;
  const pages = new Map<string, KnownPage>();
  const listeners = new Set<(wanted: 'open' | 'close') => void>();
  const ring = (wanted: 'open' | 'close') => {
    for (const hear of listeners) hear(wanted);
  };

  /** By both clocks: setting the one on the wall back makes no page young. */
  function isOld({ at, ticksAt }: KnownPage, now: UtcMs): boolean {
    return now < at || now - at > APPROVAL_LIVES || ticks() - ticksAt > APPROVAL_LIVES;
  }

  function takePage(token: string, now: UtcMs): Taken {
    const page = pages.get(token);
    // Spent, of a desk that was cleared since, or never shown.
    if (page === undefined || page.isTaken) return refuse(say('reversal.page-spent'));
    if (page.reversalId !== about) return refuse(say('reversal.page-of-another'));
    if (isOld(page, now)) {
      pages.delete(token);
      return refuse(say('reversal.page-old'));
    }
    pages.set(token, { ...page, isTaken: true });
    const { reversalId, hash } = page;
    const putBack = () => {
      if (pages.has(token)) pages.set(token, page);
    };
    return { ok: true, page: { reversalId, hash, putBack } };
  }

  return {
    about: () => about,
    open: (reversalId) => {
      about = reversalId;
      ring('open');
    },
    close: () => {
      about = null;
      pages.clear();
      ring('close');
    },
    notePage: (page, now) => {
      const token = randomBytes(32).toString('hex');
      pages.set(token, { ...page, at: now, ticksAt: ticks(), isTaken: false });
      const [oldest] = pages.keys();
      if (pages.size > MOST_PAGES && oldest !== undefined) pages.delete(oldest);
      return token;
    },
    takePage,
    onWanted: (hear) => {
      listeners.add(hear);
      return () => {
        listeners.delete(hear);
      };
    },
  };
}

function refuse(why: Message): Taken {
  return { ok: false, why };
}
