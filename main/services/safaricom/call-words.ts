import type { LostReason, NotSentReason } from '#main/daraja/line.ts';
import type { VaultProblem } from '#main/vault/vault.ts';
import type { RefusalReason } from '#shared/domain/daraja/acknowledgement.ts';
import type { GatewayError } from '#shared/domain/daraja/gateway-error.ts';
import type { CredentialKind } from '#shared/domain/daraja/product.ts';
import { type Message, say } from '#shared/domain/message.ts';
import type { CannotAsk } from './question.ts';

/** Why nothing was asked, for a shopkeeper. */
export function sayCannotAsk(reason: CannotAsk, shortCode: string): Message {
  switch (reason) {
    case 'no-app':
      return say('safaricom.no-app', { shortCode });
    case 'no-operator':
      return say('safaricom.no-operator', { shortCode });
    case 'no-passkey':
      return say('safaricom.no-passkey', { shortCode });
    case 'credential-refused':
      return say('safaricom.credential-refused', { shortCode });
    case 'no-relay':
      return say('safaricom.no-relay');
    case 'keychain':
      return say('safaricom.keychain');
    case 'no-certificate':
      return say('safaricom.no-certificate');
    case 'silence':
      return say('safaricom.silence', { shortCode });
    case 'being-tried':
      return say('safaricom.being-tried', { shortCode });
  }
}

/** The keychain did not answer, or what it holds cannot be used. */
export function sayKeychain(problem: VaultProblem): Message {
  return problem === 'locked' ? say('safaricom.keychain-locked') : say('safaricom.keychain');
}

export function sayNotSent(reason: NotSentReason, status: number | undefined): Message {
  switch (reason) {
    case 'offline':
      return say('safaricom.not-sent-offline');
    case 'tls':
      return say('safaricom.not-sent-tls');
    case 'keys-refused':
      return say('safaricom.not-sent-keys-refused');
    case 'no-token':
      return status === undefined
        ? say('safaricom.not-sent-no-token')
        : say('safaricom.not-sent-no-token-status', { status: String(status) });
    case 'aborted':
      return say('safaricom.not-sent-aborted');
  }
}

export function sayLost(reason: LostReason, status: number | undefined): Message {
  switch (reason) {
    case 'time-out':
      return say('safaricom.lost-time-out');
    case 'cut-off':
      return say('safaricom.lost-cut-off');
    case 'no-json':
      return say('safaricom.lost-no-json', { status: String(status ?? '–') });
    case 'too-large':
      return say('safaricom.lost-too-large');
    case 'redirected':
      return say('safaricom.lost-redirected');
  }
}

/** Safaricom's own words and code, verbatim; a dash where it had none. */
export function quote({ code, text }: GatewayError): string {
  if (text === null) return code ?? '–';
  return code === null ? text : `${text} (${code})`;
}

export function sayRefused(
  reason: RefusalReason,
  credential: CredentialKind | null,
  error: GatewayError,
): Message {
  const said = quote(error);
  switch (reason) {
    case 'not-subscribed':
      return say('safaricom.refused-not-subscribed', { said });
    case 'token-refused':
      return say('safaricom.refused-token', { said });
    case 'credential':
      return credential === 'passkey'
        ? say('safaricom.refused-passkey', { said })
        : say('safaricom.refused-operator', { said });
    case 'busy':
      return say('safaricom.refused-busy', { said });
    case 'registered':
      return say('safaricom.refused-registered', { said });
    case 'request':
      return say('safaricom.refused-request', { said });
    case 'other':
      return say('safaricom.refused-other', { said });
  }
}
