import { type Message, say } from '../message.ts';
import type { UtcMs } from '../time.ts';
import { type CallFacts, quote } from './call-facts.ts';
import { type Check, line } from './check.ts';
import { others } from './shared-credential.ts';

/** Why no token came, where it is known: `offline` and `tls` say nothing about the keys. */
export type NoTokenReason = 'offline' | 'tls' | 'other';

export type TokenFacts = {
  /** When the keys that count now were typed. */
  readonly setAt: UtcMs;
  /** The last time that a token was asked for; null = never. */
  readonly call: (CallFacts & { readonly reason: NoTokenReason }) | null;
  /** Since their last change, something was answered with these keys. */
  readonly isProven: boolean;
  /** Why they are not used any more; null while they are. */
  readonly stopped: Message | null;
  /** Other numbers of the shop that have the same. */
  readonly sharedWith: readonly string[];
};

/** Whether Safaricom gives a token for the shop's consumer key and secret. */
export function judgeToken(shortCode: string, facts: TokenFacts): Check {
  const { call, setAt, isProven, stopped } = facts;
  const refusedMend = say('doctor.token.refused-mend', others(facts.sharedWith));
  const about = { about: shortCode } as const;
  const isSaidByCall = call !== null && call.askedAt >= setAt && call.state === 'refused';
  if (stopped !== null && !isSaidByCall)
    return line('token', 'failure', stopped, {
      ...about,
      place: 'set-up',
      mend: refusedMend,
    });
  if (call === null || call.askedAt < setAt)
    return isProven
      ? line('token', 'ok', say('doctor.token.proven'), about)
      : line('token', 'not-checked', say('doctor.token.unknown'), about);
  const at = { at: call.askedAt };
  if (call.state === 'answered') return line('token', 'ok', say('doctor.token.ok', { at }), about);
  if (call.state === 'refused')
    return line('token', 'failure', say('doctor.token.refused', { at, words: quote(call) }), {
      ...about,
      place: 'set-up',
      mend: refusedMend,
    });
  if (call.reason === 'offline')
    return line('token', 'failure', say('doctor.token.offline', { at }), {
      ...about,
      mend: say('doctor.token.offline-mend'),
    });
  if (call.reason === 'tls')
    return line('token', 'failure', say('doctor.token.tls', { at }), {
      ...about,
      mend: say('doctor.token.tls-mend'),
    });
  return line('token', 'warning', say('doctor.token.busy', { at, words: quote(call) }), {
    ...about,
    mend: say('doctor.token.busy-mend'),
  });
}
