import { readGatewayError } from '#shared/domain/daraja/gateway-error.ts';
import { succeed } from '#shared/ipc/result.ts';
import type { LineReply } from '../../daraja/line.ts';
import type { Actor } from '../../db/ledger.ts';
import { type CallStep, insertCall, stepCall } from '../../db/queries/api-calls.ts';
import { sayLost, sayNotSent } from '../safaricom/call-words.ts';
import { noteProof, noteRefusal } from '../safaricom/credential-news.ts';
import type { AppKeys } from '../safaricom/kept-secrets.ts';
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
  const step = readEnd(await line.checkKeys(keys));
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

function readEnd(reply: LineReply): Omit<CallStep, 'at'> {
  const httpStatus = reply.status;
  if (reply.type === 'answered') return { state: 'answered', httpStatus };
  if (reply.type === 'lost') return { state: 'lost', httpStatus, why: sayLost(reply.reason, httpStatus) };
  const { code = null, text = null } = readGatewayError(reply.body) ?? {};
  const why = sayNotSent(reply.reason, httpStatus);
  return { state: reply.reason === 'keys-refused' ? 'refused' : 'not-sent', httpStatus, why, code, text };
}
