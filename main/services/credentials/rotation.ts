import { meaningOf } from '#shared/domain/daraja/codes.ts';
import { say } from '#shared/domain/message.ts';
import { MINUTE, type UtcMs } from '#shared/domain/time.ts';
import type { Input } from '#shared/ipc/contract.ts';
import type { RotationView } from '#shared/ipc/credential-channels.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { Actor } from '../../db/ledger.ts';
import { type CallRow, ROTATION, selectCall } from '../../db/queries/api-calls.ts';
import { selectCredential } from '../../db/queries/credentials.ts';
import { ask } from '../safaricom/ask.ts';
import { PROVES } from '../safaricom/credential-news.ts';
import type { SafaricomParts } from '../safaricom/parts.ts';
import type { OfCredential } from './end-credential.ts';
import { type ReadCredential, readCredential } from './read-credential.ts';
import { setCredential } from './set-credential.ts';
import { tryKeys } from './try-keys.ts';

/** Long enough to wait for Safaricom's answer; then it is forgotten, and typed again if need be. */
const LIVES_MS = 30 * MINUTE;

/** A new secret that waits, in memory alone, to take the place of the one in use. */
type Candidate = {
  readonly credential: Extract<ReadCredential, { kind: 'app' | 'look-up-operator' }>;
  readonly acceptsOneOperator: boolean;
  readonly at: UtcMs;
  /** The question that was put with it, or what came of it at once. */
  readonly check: { readonly callId: number } | RotationView | null;
};

export type Rotations = {
  readonly begin: (given: Input<'credential:rotate'>) => Result<RotationView>;
  /** Asks Safaricom once with it: an app for a token, an operator for the balance. */
  readonly check: (actor: Actor, of: OfCredential) => Promise<Result<RotationView>>;
  readonly show: (of: OfCredential) => RotationView;
  readonly finish: (actor: Actor, of: OfCredential) => Promise<Result<Record<string, never>>>;
  readonly cancel: (of: OfCredential) => void;
};

const GONE: RotationView = { step: 'gone', why: null, at: null };

/** Secrets on their way in. One that is not put into use is gone with the program, or after half an hour. */
export function openRotations(parts: SafaricomParts): Rotations {
  const { core } = parts;
  const candidates = new Map<string, Candidate>();
  const nameOf = ({ shortCode, kind }: OfCredential) => `${shortCode}/${kind}`;
  const find = (of: OfCredential): Candidate | null => {
    const found = candidates.get(nameOf(of));
    if (found && core.now() - found.at < LIVES_MS) return found;
    candidates.delete(nameOf(of));
    return null;
  };
  const show = (of: OfCredential): RotationView => {
    const candidate = find(of);
    return candidate ? viewOf(core.ledger.read, candidate) : GONE;
  };

  return {
    begin: ({ shortCode, credential: typed }) => {
      const read = readCredential(typed, core.now());
      if (!read.ok) return read;
      const { value: credential } = read;
      if (credential.kind !== 'app' && credential.kind !== 'look-up-operator')
        throw new Error(`a ${credential.kind} is replaced, not rotated`);
      if (!selectCredential(core.ledger.read, shortCode, credential.kind))
        return fail('credential/not-set', say('credential.not-set'));
      const acceptsOneOperator = typed.kind === 'look-up-operator' && typed.acceptsOneOperator;
      const of = { shortCode, kind: credential.kind };
      candidates.set(nameOf(of), { credential, acceptsOneOperator, at: core.now(), check: null });
      return succeed(show(of));
    },
    check: async (actor, of) => {
      const candidate = find(of);
      if (candidate === null) return succeed(GONE);
      // One try: while an answer is awaited there is no second one.
      if (show(of).step === 'asked') return succeed(show(of));
      const check = await askWith(parts, actor, of.shortCode, candidate);
      if (candidates.get(nameOf(of)) === candidate) candidates.set(nameOf(of), { ...candidate, check });
      return succeed(show(of));
    },
    show,
    finish: async (actor, of) => {
      const candidate = find(of);
      if (candidate === null) return fail('access/out-of-order', say('credential.rotate.gone'));
      const { credential, acceptsOneOperator } = candidate;
      const { step, at } = show(of);
      const provenAt = step === 'good' ? at : null;
      const { shortCode } = of;
      const setting = { shortCode, credential, acceptsOneOperator, isRotation: true, provenAt };
      const done = await setCredential(parts, actor, setting);
      if (done.ok) candidates.delete(nameOf(of));
      return done;
    },
    cancel: (of) => {
      candidates.delete(nameOf(of));
    },
  };
}

async function askWith(
  parts: SafaricomParts,
  actor: Actor,
  shortCode: string,
  { credential }: Candidate,
): Promise<Candidate['check']> {
  const { core } = parts;
  if (credential.kind === 'app') {
    const { step, why } = await tryKeys(parts, actor, shortCode, credential.secret);
    return { step, why, at: core.now() };
  }
  const options = { subject: `${ROTATION}${shortCode}`, candidate: credential.secret };
  const asked = await ask(parts, actor, { product: 'balance', shortCode }, options);
  if (asked.type === 'cannot-ask') return { step: 'cannot-check', why: asked.why, at: core.now() };
  return { callId: asked.callId };
}

function viewOf(db: SafaricomParts['core']['ledger']['read'], { check, at }: Candidate): RotationView {
  if (check === null) return { step: 'typed', why: null, at };
  return 'callId' in check ? readCheck(selectCall(db, check.callId)) : check;
}

/** What the answer says of the password. Whatever says nothing of it is no answer. */
function readCheck(call: CallRow | null): RotationView {
  if (call === null) throw new Error('a question that was put is not in the books');
  const { state, stateAt: at, code, text, why } = call;
  if (state === 'intended' || state === 'accepted') return { step: 'asked', why: null, at };
  if (state === 'not-sent') return { step: 'cannot-check', why, at };
  if (code !== null && (state === 'answered' || state === 'refused')) {
    const meaning = meaningOf(code);
    const said = say('credential.rotate.said', { code, text: text ?? '–' });
    if (meaning === 'credential-refused') return { step: 'refused', why: said, at };
    if (state === 'answered' && PROVES.includes(meaning)) return { step: 'good', why: null, at };
    return { step: 'no-answer', why: why ?? said, at };
  }
  return { step: 'no-answer', why, at };
}
