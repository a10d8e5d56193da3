/** Headers of the shop's requests and of the relay's answers to them. */
export const RELAY_HEADERS = {
  /** When the request was signed: UTC, ms. */
  time: 'daftari-time',
  /** 128 random bits in hex, never used twice. */
  nonce: 'daftari-nonce',
  /** Ed25519 over `requestToSign`, in hex. */
  signature: 'daftari-signature',
  /** Ed25519 of the relay over `answerToSign`, in hex; on every answer to a request whose signature held. */
  answerSignature: 'daftari-relay-signature',
} as const;

/** How far the clock of a request may be from the relay's, either way (ms). */
export const MAX_CLOCK_GAP = 5 * 60_000;

/** What a request says, as it is signed. */
export type RequestToSign = {
  /** Fingerprint of the relay it is meant for, so that no other relay can use it. */
  readonly relay: string;
  readonly inbox: string;
  readonly method: 'GET' | 'POST';
  /** Path and query as they are sent. */
  readonly target: string;
  readonly at: number;
  readonly nonce: string;
  /** SHA-256 of the body in hex; of no bytes when there is none. */
  readonly bodyHash: string;
};

/** What an answer says, as the relay signs it: it holds for this request alone. */
export type AnswerToSign = {
  readonly relay: string;
  readonly inbox: string;
  readonly nonce: string;
  readonly status: number;
  readonly bodyHash: string;
};

/** What pairing proves with the secret of the code. Keys are 32 raw bytes in hex. */
export type PairingToProve = {
  readonly relay: string;
  readonly inbox: string;
  readonly boxKey: string;
  readonly signKey: string;
};

/** The text that a shop's PC signs with its Ed25519 key (ASCII). */
export function requestToSign(request: RequestToSign): string {
  const { relay, inbox, method, target, at, nonce, bodyHash } = request;
  return ['daftari-relay-request-1', relay, inbox, method, target, String(at), nonce, bodyHash].join('\n');
}

/** The text that the relay signs with its Ed25519 key (ASCII). */
export function answerToSign({ relay, inbox, nonce, status, bodyHash }: AnswerToSign): string {
  return ['daftari-relay-answer-1', relay, inbox, nonce, String(status), bodyHash].join('\n');
}

/** The text whose HMAC-SHA-256 under the pairing secret proves that these keys are the shop's (ASCII). */
export function pairingToProve({ relay, inbox, boxKey, signKey }: PairingToProve): string {
  return ['daftari-relay-pairing-1', relay, inbox, boxKey, signKey].join('\n');
}
