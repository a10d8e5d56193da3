import { type Message, say } from '#shared/domain/message.ts';
import { succeed } from '#shared/ipc/result.ts';
import type { LineReply } from '../../daraja/line.ts';
import type { Actor, WriteDb } from '../../db/ledger.ts';
import { insertCall, ROTATION, stepCall } from '../../db/queries/api-calls.ts';
import type { AppKeys } from '../safaricom/kept-secrets.ts';
import { stepOfToken } from '../safaricom/note-token.ts';
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
  const note = <T>(result: 'asked' | KeysTried['step'], write: (db: WriteDb) => T): T => {
    const noted = core.ledger.act(actor, 'credential.tried', `credential:${shortCode}`, (db) =>
      succeed({ value: write(db), details: { secret: 'app', result } }),
    );
    if (!noted.ok) throw new Error(`a try of keys cannot be recorded: ${noted.error.code}`);
    return noted.value;
  };
  const { staffId } = actor;
  const subject = `${ROTATION}${shortCode}`;
  const call = { product: 'token', shortCode, subject, staffId, token: null, request: '{}' } as const;
  const id = note('asked', (db) => insertCall(db, { ...call, at: core.now() }));
  const reply = await line.checkKeys(keys);
  const tried = read(reply);
  note(tried.step, (db) => stepCall(db, id, { ...stepOfToken(reply), at: core.now() }));
  return tried;
}

function read(reply: LineReply): KeysTried {
  if (reply.type === 'answered') return { step: 'good', why: null };
  if (reply.type === 'not-sent' && reply.reason === 'keys-refused')
    return { step: 'refused', why: say('credential.rotate.keys-refused') };
  return { step: 'cannot-check', why: say('credential.rotate.no-token') };
}
