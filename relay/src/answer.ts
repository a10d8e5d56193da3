import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorAnswer, RefusalReason, RelayError } from '../../shared/domain/relay/answers.ts';
import { plainAddress } from './addresses.ts';
import type { RelayServices } from './services.ts';

/** On every answer: nothing is kept, embedded, guessed or read by a page of another origin. */
export const SAFE_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
} as const;

const STATUS: Readonly<Record<RelayError, number>> = {
  'not-found': 404,
  'too-large': 413,
  'too-many': 429,
  'bad-request': 400,
  'bad-signature': 401,
  clock: 401,
  replay: 401,
  'already-paired': 409,
  'beyond-last': 409,
  'code-expired': 410,
  revoked: 410,
  unavailable: 503,
};

export type Refuse = (
  request: FastifyRequest,
  reply: FastifyReply,
  refusal: { readonly inbox: string; readonly reason: RefusalReason; readonly error: RelayError },
) => FastifyReply;

/** Counts a refusal and answers it with its code and nothing else; the connection ends, read or unread. */
export function makeRefuse({ refusals, now }: Pick<RelayServices, 'refusals' | 'now'>): Refuse {
  return (request, reply, { inbox, reason, error }) => {
    const isTooMany = refusals.count({ inbox, reason, address: plainAddress(request.ip) });
    const said = isTooMany ? 'too-many' : error;
    const body: ErrorAnswer = said === 'clock' ? { error: said, now: now() } : { error: said };
    return reply.code(STATUS[said]).header('connection', 'close').send(body);
  };
}
