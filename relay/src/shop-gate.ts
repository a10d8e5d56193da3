import type { RefusalReason, RelayError } from '../../shared/domain/relay/answers.ts';
import { isHexOf } from '../../shared/domain/relay/hex.ts';
import { MAX_CLOCK_GAP, RELAY_HEADERS, requestToSign } from '../../shared/domain/relay/signed-request.ts';
import { isSignedBy, sha256 } from './relay-key.ts';
import type { RelayServices } from './services.ts';

/** The largest body of a shop's own request, in bytes. */
export const MAX_SHOP_BODY = 4_096;

export type ShopRequest = {
  readonly inbox: string;
  readonly method: 'GET' | 'POST';
  /** As it was sent. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Uint8Array;
};

/** What makes an answer hold for one request alone. */
export type SignedBy = { readonly inbox: string; readonly nonce: string };

export type ShopAnswer =
  | { readonly ok: true; readonly by: SignedBy }
  /** `by`: the signature held, so the answer can be signed too. */
  | {
      readonly ok: false;
      readonly reason: RefusalReason;
      readonly error: RelayError;
      readonly by: SignedBy | null;
    };

/** Whether a request was signed with this key, just now. It says nothing of replays: see `isReplay`. */
export function checkSignature(
  { key, now }: Pick<RelayServices, 'key' | 'now'>,
  request: ShopRequest,
  signKey: string,
): ShopAnswer {
  const time = request.headers[RELAY_HEADERS.time];
  const nonce = request.headers[RELAY_HEADERS.nonce];
  const signature = request.headers[RELAY_HEADERS.signature];
  const isWhole =
    typeof time === 'string' && /^\d{1,15}$/.test(time) && isHexOf(nonce, 16) && isHexOf(signature, 64);
  if (!isWhole) return { ok: false, reason: 'signature', error: 'bad-signature', by: null };
  const { inbox, method, target, body } = request;
  const at = Number(time);
  const bodyHash = sha256(body).toString('hex');
  const text = requestToSign({ relay: key.fingerprint, inbox, method, target, at, nonce, bodyHash });
  if (!isSignedBy(signKey, text, signature))
    return { ok: false, reason: 'signature', error: 'bad-signature', by: null };
  const by = { inbox, nonce };
  if (Math.abs(now() - at) > MAX_CLOCK_GAP) return { ok: false, reason: 'clock', error: 'clock', by };
  return { ok: true, by };
}

/** The same as `checkSignature`, and no request counts twice. */
export async function checkShop(
  services: Pick<RelayServices, 'key' | 'now' | 'storage'>,
  request: ShopRequest,
  signKey: string,
): Promise<ShopAnswer> {
  const checked = checkSignature(services, request, signKey);
  if (!checked.ok) return checked;
  const isNew = await services.storage.useNonce(request.inbox, checked.by.nonce, services.now());
  return isNew ? checked : { ok: false, reason: 'replay', error: 'replay', by: checked.by };
}
