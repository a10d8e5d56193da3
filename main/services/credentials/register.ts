import { readNominatedNumber, readPullRegistration } from '#shared/domain/daraja/pull-registration.ts';
import { type Message, say } from '#shared/domain/message.ts';
import type { Output } from '#shared/ipc/contract.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { Actor } from '../../db/ledger.ts';
import {
  type RegistrationKind,
  type RegistrationState,
  saveRegistration,
  selectRegistration,
  selectRegistrations,
  selectRelayOrigin,
} from '../../db/queries/registrations.ts';
import { tillOfNumber } from '../../db/queries/tills.ts';
import { ask } from '../safaricom/ask.ts';
import type { SafaricomParts } from '../safaricom/parts.ts';
import type { Asked } from '../safaricom/question.ts';

type Registered = Result<Output<'registration:notices'>>;
/** How the line says that the addresses are taken. */
const TAKEN = 'safaricom.refused-registered';

/** What Safaricom was told of each short code, and where its notices would go. */
export function listRegistrations({ core }: SafaricomParts): Result<Output<'registration:list'>> {
  const db = core.ledger.read;
  return succeed({ registrations: selectRegistrations(db), relay: selectRelayOrigin(db) });
}

/** Asks Safaricom to hand over the payments of the last days when it is asked: once for a short code. */
export async function registerPull(
  parts: SafaricomParts,
  actor: Actor,
  { shortCode, nominatedNumber: typed }: { readonly shortCode: string; readonly nominatedNumber: string },
): Promise<Registered> {
  const nominatedNumber = readNominatedNumber(typed);
  if (nominatedNumber === null) return fail('credential/bad-input', say('registration.bad-number'));
  const stranger = refuseStranger(parts, shortCode);
  if (stranger) return stranger;
  const question = { product: 'pull-register', shortCode, nominatedNumber } as const;
  const asked = await ask(parts, actor, question, { subject: `registration:${shortCode}` });
  const about = { shortCode, kind: 'pull', details: nominatedNumber.slice(-3) } as const;
  if (asked.type !== 'answered') return settle(parts, actor, about, asked);
  const { isRegistered, said } = readPullRegistration(asked.body);
  if (isRegistered) return settle(parts, actor, about, asked);
  return succeed({ outcome: 'refused', why: say('registration.refused', { said: said ?? '–' }) });
}

/** Gives Safaricom the relay's addresses for every payment to a short code. Production takes them once. */
export async function registerC2b(
  parts: SafaricomParts,
  actor: Actor,
  { shortCode }: { readonly shortCode: string },
): Promise<Registered> {
  const stranger = refuseStranger(parts, shortCode);
  if (stranger) return stranger;
  const relay = selectRelayOrigin(parts.core.ledger.read);
  if (relay === null) return fail('access/out-of-order', say('registration.no-relay'));
  const question = { product: 'c2b-register', shortCode } as const;
  const asked = await ask(parts, actor, question, { subject: `registration:${shortCode}` });
  return settle(parts, actor, { shortCode, kind: 'c2b', details: relay }, asked);
}

type About = {
  readonly shortCode: string;
  readonly kind: RegistrationKind;
  readonly details: string;
};

/** Keeps what is known now. A plain refusal leaves what was known before. */
function settle(parts: SafaricomParts, actor: Actor, about: About, asked: Asked): Registered {
  switch (asked.type) {
    case 'answered':
      return keep(parts, actor, about, 'registered', null);
    case 'refused':
      if (asked.why.id !== TAKEN) return succeed({ outcome: 'refused', why: asked.why });
      return keep(parts, actor, about, 'elsewhere', say('registration.elsewhere'));
    case 'lost':
      return keep(parts, actor, about, 'unknown', asked.why);
    case 'not-sent':
    case 'cannot-ask':
      return succeed({ outcome: asked.type, why: asked.why });
    case 'accepted':
      throw new Error('a registration is answered at once');
  }
}

function keep(
  { core }: SafaricomParts,
  actor: Actor,
  about: About,
  found: RegistrationState,
  why: Message | null,
): Registered {
  const { shortCode, kind, details } = about;
  const kept = core.ledger.act(actor, 'registration.noted', `registration:${shortCode}`, (db) => {
    const before = selectRegistration(db, shortCode, kind);
    // We did it ourselves: "already registered", or silence, takes nothing back of that.
    const isOurs = before?.state === 'registered' && before.details === details;
    const state = isOurs ? 'registered' : found;
    if (!isOurs || found === 'registered')
      saveRegistration(db, { ...about, state, at: core.now(), staffId: actor.staffId });
    const value =
      before !== null && isOurs && found === 'elsewhere'
        ? { outcome: 'registered' as const, why: say('registration.already-ours', { at: { at: before.at } }) }
        : { outcome: found === 'unknown' ? ('lost' as const) : found, why };
    return succeed({ value, details: { registration: kind, result: state } });
  });
  if (kept.ok) core.tell('ledger:changed', { areas: ['safaricom'] });
  return kept;
}

function refuseStranger({ core }: SafaricomParts, shortCode: string): Result<never> | null {
  return tillOfNumber(core.ledger.read, shortCode) === null
    ? fail('ledger/not-found', say('credential.not-our-number', { shortCode }))
    : null;
}
