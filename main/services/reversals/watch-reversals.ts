import { SECOND } from '#shared/domain/time.ts';
import { PROGRAM } from '../../db/ledger.ts';
import { readAuditEntry } from '../../db/queries/audit-log.ts';
import { selectDaysToMatch } from '../../db/queries/days.ts';
import { recordBug } from '../../ipc/bug.ts';
import { mayBook } from '../booking-turn.ts';
import type { Core } from '../core.ts';
import { matchChangedDays } from '../match-days.ts';
import type { SafaricomParts } from '../safaricom/parts.ts';
import { followUp } from './follow-up.ts';
import { raiseReversalAlerts } from './raise-alerts.ts';
import { passTime, recoverReversals } from './recover-reversals.ts';
import { lookInStatements } from './take-sights.ts';

const EVERY = 20 * SECOND;
/** An import or a matching ends with several entries: they are looked at together. */
const SOON = SECOND;
/** After these the statements may show something else than before. */
const SHOWS_MORE = ['import.finished', 'import.undone', 'match.applied', 'reconcile.review'];

/** Days whose payments went back, or did not after all. A file that is at work matches them itself. */
async function matchWhatChanged(core: Core): Promise<void> {
  const { read } = core.ledger;
  if (mayBook(read) && selectDaysToMatch(read).length > 0) await matchChangedDays(core, PROGRAM);
}

export type ReversalWatch = {
  /** Does at once what time and news ask for; resolves when it is done. */
  readonly look: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Keeps the state of every reversal true while the program runs, beginning with what its last end left. */
export function watchReversals(parts: SafaricomParts): ReversalWatch {
  const { core } = parts;
  let isClosed = false;
  let running: Promise<void> = Promise.resolve();
  let soon: NodeJS.Timeout | null = null;
  recoverReversals(core);

  const lookOnce = async () => {
    if (isClosed) return;
    try {
      passTime(core);
      lookInStatements(core);
      raiseReversalAlerts(core);
      await matchWhatChanged(core);
      await followUp(parts);
    } catch (error) {
      // The next look tries again: a full disk must not end the watch.
      recordBug(core.log, 'the watch over reversals', error);
    }
  };
  const look = () => {
    running = running.then(lookOnce);
    return running;
  };
  core.ledger.onEntry(({ seq }) => {
    if (isClosed || soon !== null) return;
    const action = readAuditEntry(core.ledger.read, seq)?.action;
    if (action === undefined || !SHOWS_MORE.includes(action)) return;
    soon = setTimeout(() => {
      soon = null;
      void look();
    }, SOON);
    soon.unref();
  });
  const timer = setInterval(() => void look(), EVERY);
  timer.unref();
  void look();
  return {
    look,
    close: async () => {
      isClosed = true;
      clearInterval(timer);
      if (soon !== null) clearTimeout(soon);
      await running;
    },
  };
}
