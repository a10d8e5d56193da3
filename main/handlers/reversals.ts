import { say } from '#shared/domain/message.ts';
import { fail, succeed } from '#shared/ipc/result.ts';
import { readReversal } from '../db/queries/reversals.ts';
import type { HandlerParts } from '../handlers.ts';
import type { Handlers } from '../ipc/router.ts';
import { actorOf } from '../services/core.ts';
import { cancelReversal } from '../services/reversals/cancel-reversal.ts';
import { decideNotReversed } from '../services/reversals/decide-not-reversed.ts';
import { handOver } from '../services/reversals/hand-over.ts';
import { saveLimits, showLimits } from '../services/reversals/limits.ts';
import { checkReversal, requestReversal } from '../services/reversals/request-reversal.ts';
import { listReversals, offerAttachment, showReversal } from '../services/reversals/show-reversals.ts';

type ReversalChannel = Extract<keyof Handlers, `reversal:${string}`>;

/** Money that goes back: asked for and followed here; decided in the approval window alone. */
export function connectReversals(parts: HandlerParts): Pick<Handlers, ReversalChannel> {
  const { core, files, offered, approvalDesk } = parts;
  return {
    'reversal:check': (session, input) => checkReversal(core, session, input),
    'reversal:request': (session, input) => requestReversal(core, files, session, input),
    'reversal:list': (session, input) => listReversals(core, session, input),
    'reversal:show': (session, input) => showReversal(core, session, input),
    'reversal:attachment': (session, input) => offerAttachment(core, offered, session, input),
    'reversal:cancel': (session, input) => cancelReversal(core, session, input),
    'reversal:hand-over': (session, input) => handOver(core, session, input),
    'reversal:not-reversed': (session, input) => decideNotReversed(core, session, input),
    'reversal:open-approval': (_, { reversalId }) => {
      if (readReversal(core.ledger.read, reversalId) === null)
        return fail('ledger/not-found', say('reversal.not-found'));
      approvalDesk.open(reversalId);
      return succeed({});
    },
    'reversal:limits': () => showLimits(core),
    'reversal:save-limits': (session, input) => saveLimits(core, actorOf(session), input),
  };
}
