import { succeed } from '#shared/ipc/result.ts';
import type { Actor } from '../../db/ledger.ts';
import { insertCall, stepCall } from '../../db/queries/api-calls.ts';
import { noteProof, noteRefusal } from '../safaricom/credential-news.ts';
import type { AppKeys } from '../safaricom/kept-secrets.ts';
import { stepOfToken } from '../safaricom/note-token.ts';
import type { SafaricomParts } from '../safaricom/parts.ts';

/** Asks for a token with the kept keys, whatever token is there already. On record like every other request. */
export async function checkKeys(
  { core, line }: Pick<SafaricomParts, 'core' | 'line'>,
  actor: Actor,
  shortCode: string,
  keys: AppKeys,
): Promise<void> {
  const askedAt = core.now();
  const about = { product: 'token', shortCode } as const;
  const asked = core.ledger.act(actor, 'call.asked', 'call', (db) => {
    const { staffId } = actor;
    const call = { ...about, subject: 'doctor', staffId, token: null, request: '{}', at: askedAt };
    const id = insertCall(db, call);
    return succeed({
      value: id,
      subject: `call:${id}`,
      details: { ...about, credential: 'app', for: 'doctor' },
    });
  });
  if (!asked.ok) throw new Error(`a call cannot be written: ${asked.error.code}`);
  const step = stepOfToken(await line.checkKeys(keys));
  const at = core.now();
  const ended = core.ledger.act(actor, 'call.ended', `call:${asked.value}`, (db) => {
    stepCall(db, asked.value, { ...step, at });
    const credential = { shortCode, kind: 'app', askedAt, at } as const;
    if (step.state === 'answered') noteProof(db, credential);
    if (step.state === 'refused' && step.why) noteRefusal(db, credential, step.why);
    const refused = step.state === 'refused' ? 'app' : null;
    return succeed({
      value: undefined,
      details: { ...about, state: step.state, code: step.code ?? null, refused },
    });
  });
  if (!ended.ok) throw new Error(`the end of a call cannot be written: ${ended.error.code}`);
}
