import { type RequestBody, reversalBody } from '#shared/domain/daraja/requests.ts';
import type { Message } from '#shared/domain/message.ts';
import { say } from '#shared/domain/message.ts';
import { resultUrls } from '#shared/domain/relay/callback-url.ts';
import { reversalName } from '#shared/domain/reversal/binding.ts';
import { readRelayOrigin } from '../../db/queries/asking.ts';
import type { ReversalRow } from '../../db/queries/reversals.ts';
import { sayCannotAsk, sayKeychain } from '../safaricom/call-words.ts';
import { type AppKeys, type OperatorSecret, readAppKeys, readRelayKeys } from '../safaricom/kept-secrets.ts';
import { sealPassword } from '../safaricom/prepare-call.ts';
import { operatorName } from './bind-approval.ts';
import type { ReversalParts } from './parts.ts';

/** The one call of an approval, with everything that it is sent with. */
export type PreparedSending = { readonly keys: AppKeys; readonly body: RequestBody };
type Prepared =
  | { readonly ok: true; readonly value: PreparedSending }
  | { readonly ok: false; readonly why: Message };

/** Fetches what the call needs from the keychain and writes its body from the books. Nothing is sent or written down. */
export async function prepareSending(
  parts: ReversalParts,
  reversal: ReversalRow,
  operator: OperatorSecret,
): Promise<Prepared> {
  const { core, secrets } = parts;
  const db = core.ledger.read;
  const { shortCode, resultToken, receipt, amountCents } = reversal;
  if (resultToken === null) throw new Error('an approval without a result token');
  const keys = await readAppKeys(secrets, shortCode);
  const relay = await readRelayKeys(secrets);
  if (!keys.ok) return { ok: false, why: sayKeychain(keys.problem) };
  if (!relay.ok) return { ok: false, why: sayKeychain(relay.problem) };
  const origin = readRelayOrigin(db);
  if (keys.value === null) return { ok: false, why: sayCannotAsk('no-app', shortCode) };
  if (relay.value === null || origin === null) return { ok: false, why: sayCannotAsk('no-relay', shortCode) };
  const securityCredential = sealPassword(parts, operator);
  if (securityCredential === null) return { ok: false, why: sayCannotAsk('no-certificate', shortCode) };
  const initiator = operatorName(db, shortCode);
  if (initiator === '') return { ok: false, why: say('reversal.no.no-operator') };
  // The name lies in the books in clear, the one beside the password does not: they must be one operator's.
  if (operator.name !== initiator) return { ok: false, why: say('reversal.approval-void') };
  const asker = {
    initiator,
    securityCredential,
    urls: resultUrls(origin, relay.value.path, resultToken),
    remarks: reversalName(reversal.id),
  };
  const body = reversalBody(asker, { receipt, amount: amountCents, shortCode });
  return { ok: true, value: { keys: keys.value, body } };
}
