import { readGatewayError } from '#shared/domain/daraja/gateway-error.ts';
import { tidyWords } from '#shared/domain/daraja/tidy-words.ts';
import { succeed } from '#shared/ipc/result.ts';
import type { HearToken, LineReply } from '../../daraja/line.ts';
import type { Actor } from '../../db/ledger.ts';
import { type CallStep, insertCall, stepCall } from '../../db/queries/api-calls.ts';
import type { Core } from '../core.ts';
import { sayLost, sayNotSent } from './call-words.ts';

type For = {
  readonly shortCode: string;
  /** What the request is for that needed it: `look-up:5`. */
  readonly subject: string;
};

/**
 * Writes down each token that had to be fetched for a request: a call of its own, in one entry. It is written when it
 * has ended, for the request that it was for is in the books before, and fetching one has no effect that could be missed.
 */
export function tokenNoter(
  { ledger, now }: Pick<Core, 'ledger' | 'now'>,
  actor: Actor,
  about: For,
): HearToken {
  const { shortCode, subject } = about;
  // The queue may hold it up: earlier than it was, never later than keys that were typed meanwhile.
  const askedAt = now();
  return (reply) => {
    const step = stepOfToken(reply);
    const noted = ledger.act(actor, 'call.token', 'call', (db) => {
      const { staffId } = actor;
      const call = { product: 'token', shortCode, subject, staffId, token: null, request: '{}' } as const;
      const id = insertCall(db, { ...call, at: askedAt });
      stepCall(db, id, { ...step, at: now() });
      const { state, code = null } = step;
      return succeed({
        value: undefined,
        subject: `call:${id}`,
        details: { shortCode, credential: 'app', for: subject, state, code },
      });
    });
    if (!noted.ok) throw new Error(`the fetching of a token cannot be written: ${noted.error.code}`);
  };
}

/** How asking for a token ended. */
export function stepOfToken(reply: LineReply): Omit<CallStep, 'at'> {
  const httpStatus = reply.status;
  if (reply.type === 'answered') return { state: 'answered', httpStatus };
  if (reply.type === 'lost') return { state: 'lost', httpStatus, why: sayLost(reply.reason, httpStatus) };
  const said = readGatewayError(reply.body);
  const why = sayNotSent(reply.reason, httpStatus);
  return {
    state: reply.reason === 'keys-refused' ? 'refused' : 'not-sent',
    httpStatus,
    why,
    code: tidyWords(said?.code ?? null, 100),
    text: tidyWords(said?.text ?? null, 500),
  };
}
