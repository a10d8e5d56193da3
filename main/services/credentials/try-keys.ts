import { type Message, say } from '#shared/domain/message.ts';
import { succeed } from '#shared/ipc/result.ts';
import type { LineReply } from '../../daraja/line.ts';
import type { Actor } from '../../db/ledger.ts';
import type { AppKeys } from '../safaricom/kept-secrets.ts';
import type { SafaricomParts } from '../safaricom/parts.ts';

export type KeysTried = {
  readonly step: 'good' | 'refused' | 'cannot-check';
  readonly why: Message | null;
};

/** Asks Safaricom for a token with these keys, which need not be the kept ones. It is on the record before it is sent. */
export async function tryKeys(
  { core, line }: Pick<SafaricomParts, 'core' | 'line'>,
  actor: Actor,
  shortCode: string,
  keys: AppKeys,
): Promise<KeysTried> {
  const note = (phase: 'asked' | KeysTried['step']) => {
    const noted = core.ledger.act(actor, 'credential.tried', `credential:${shortCode}`, () =>
      succeed({ value: undefined, details: { secret: 'app', result: phase } }),
    );
    if (!noted.ok) throw new Error(`a try of keys cannot be recorded: ${noted.error.code}`);
  };
  note('asked');
  const tried = read(await line.checkKeys(keys));
  note(tried.step);
  return tried;
}

function read(reply: LineReply): KeysTried {
  if (reply.type === 'answered') return { step: 'good', why: null };
  if (reply.type === 'not-sent' && reply.reason === 'keys-refused')
    return { step: 'refused', why: say('credential.rotate.keys-refused') };
  return { step: 'cannot-check', why: say('credential.rotate.no-token') };
}
