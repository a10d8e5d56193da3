import { randomBytes } from 'node:crypto';
import { encryptPassword, stkPassword } from '#main/daraja/security-credential.ts';
import { readIdentity, readRelayOrigin } from '#main/db/queries/asking.ts';
import type { VaultAnswer } from '#main/vault/vault.ts';
import * as requests from '#shared/domain/daraja/requests.ts';
import { toStamp } from '#shared/domain/daraja/stamps.ts';
import type { Message } from '#shared/domain/message.ts';
import { c2bUrls, resultUrls } from '#shared/domain/relay/callback-url.ts';
import { sayCannotAsk, sayKeychain } from './call-words.ts';
import {
  type AppKeys,
  hideSecret,
  type OperatorSecret,
  readAppKeys,
  readOperator,
  readPasskey,
  readRelayKeys,
} from './kept-secrets.ts';
import type { SafaricomParts } from './parts.ts';
import type { CannotAsk, Question } from './question.ts';
import { usedCertificate } from './used-certificate.ts';

/** A question with everything that it is sent with. */
export type PreparedCall = {
  readonly keys: AppKeys;
  readonly body: requests.RequestBody;
  /** Of its own, for its answer; null where the answer comes at once. */
  readonly token: string | null;
};

export type Prepared<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: CannotAsk; readonly why: Message };

/** What stands in every question's remarks: never a person's words. */
const REMARKS = 'Daftari';

/**
 * Fetches the secrets of a question and writes its body; with `candidate` as its operator in the place of the kept one.
 * Nothing is sent, nothing is written down.
 */
export async function prepareCall(
  parts: SafaricomParts,
  question: Question,
  candidate?: OperatorSecret,
): Promise<Prepared<PreparedCall>> {
  const { secrets } = parts;
  const { shortCode } = question;
  const keys = needed(await readAppKeys(secrets, shortCode), 'no-app', shortCode);
  if (!keys.ok) return keys;
  const body = await writeBody(parts, question, candidate);
  return body.ok ? { ok: true, value: { keys: keys.value, ...body.value } } : body;
}

type Written = Prepared<Pick<PreparedCall, 'body' | 'token'>>;

async function writeBody(
  parts: SafaricomParts,
  question: Question,
  candidate: OperatorSecret | undefined,
): Promise<Written> {
  const { shortCode } = question;
  switch (question.product) {
    case 'status':
    case 'balance':
      return writeQuestion(parts, question, candidate);
    case 'pull-query':
      return atOnce(requests.pullQueryBody(shortCode, question));
    case 'pull-register':
    case 'c2b-register':
      return writeRegistration(parts, question);
    case 'stk-query': {
      const passkey = needed(await readPasskey(parts.secrets, shortCode), 'no-passkey', shortCode);
      if (!passkey.ok) return passkey;
      const at = parts.core.now();
      const password = stkPassword(shortCode, passkey.value, toStamp(at));
      return atOnce(requests.stkQueryBody(shortCode, question.checkoutRequestId, { at, password }));
    }
  }
}

function atOnce(body: requests.RequestBody): Written {
  return { ok: true, value: { body, token: null } };
}

async function writeQuestion(
  parts: SafaricomParts,
  question: Extract<Question, { product: 'status' | 'balance' }>,
  candidate: OperatorSecret | undefined,
): Promise<Written> {
  const { core, secrets } = parts;
  const { shortCode } = question;
  const db = core.ledger.read;
  const operator = candidate
    ? { ok: true as const, value: candidate }
    : needed(await readOperator(secrets, shortCode), 'no-operator', shortCode);
  if (!operator.ok) return operator;
  const relay = await findRelay(parts, shortCode);
  if (!relay.ok) return relay;
  const securityCredential = sealPassword(parts, operator.value);
  if (securityCredential === null) return cannot('no-certificate', shortCode);
  const token = randomBytes(16).toString('hex');
  const urls = resultUrls(relay.value.origin, relay.value.path, token);
  const asker = { initiator: operator.value.name, securityCredential, urls, remarks: REMARKS };
  if (question.product === 'balance')
    return { ok: true, value: { body: requests.balanceBody(asker, shortCode), token } };
  const identity = question.identity ??
    readIdentity(db, shortCode) ?? { party: shortCode, identifierType: '4' };
  const body =
    'receipt' in question
      ? requests.statusBody(asker, question.receipt, identity)
      : requests.outcomeBody(asker, question.conversationId, identity);
  return { ok: true, value: { body, token } };
}

async function writeRegistration(
  parts: SafaricomParts,
  question: Extract<Question, { product: 'pull-register' | 'c2b-register' }>,
): Promise<Written> {
  const { shortCode } = question;
  const relay = await findRelay(parts, shortCode);
  if (!relay.ok) return relay;
  const urls = c2bUrls(relay.value.origin, relay.value.path);
  return atOnce(
    question.product === 'c2b-register'
      ? requests.c2bRegisterBody(shortCode, urls)
      : requests.pullRegisterBody(shortCode, question.nominatedNumber, urls.confirmation),
  );
}

/** Where answers come to: the relay's address is in the books, the secret path in the keychain. */
async function findRelay(
  { core, secrets }: SafaricomParts,
  shortCode: string,
): Promise<Prepared<{ readonly origin: string; readonly path: string }>> {
  const keys = needed(await readRelayKeys(secrets), 'no-relay', shortCode);
  if (!keys.ok) return keys;
  const origin = readRelayOrigin(core.ledger.read);
  return origin === null
    ? cannot('no-relay', shortCode)
    : { ok: true, value: { origin, path: keys.value.path } };
}

/** As Safaricom takes it: encrypted for this environment, or what the owner had encrypted elsewhere. */
export function sealPassword({ core }: Pick<SafaricomParts, 'core'>, secret: OperatorSecret): string | null {
  hideSecret(secret);
  if ('securityCredential' in secret) return secret.securityCredential;
  const certificate = usedCertificate(core.ledger.read, core.ledger.environment);
  return certificate === null ? null : encryptPassword(certificate, secret.password);
}

function needed<T>(kept: VaultAnswer<T | null>, missing: CannotAsk, shortCode: string): Prepared<T> {
  if (!kept.ok) return { ok: false, reason: 'keychain', why: sayKeychain(kept.problem) };
  return kept.value === null ? cannot(missing, shortCode) : { ok: true, value: kept.value };
}

function cannot(reason: CannotAsk, shortCode: string): { ok: false; reason: CannotAsk; why: Message } {
  return { ok: false, reason, why: sayCannotAsk(reason, shortCode) };
}
