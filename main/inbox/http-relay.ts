import type { PairAnswer } from '#shared/domain/relay/answers.ts';
import type { PairingCode } from '#shared/domain/relay/pairing-code.ts';
import { messagesTarget, shopTarget } from '#shared/domain/relay/shop-url.ts';
import { answerToSign, RELAY_HEADERS, requestToSign } from '#shared/domain/relay/signed-request.ts';
import { SECOND } from '#shared/domain/time.ts';
import { openExchange } from './exchange.ts';
import {
  fingerprintOf,
  isSignedBy,
  makeNonce,
  type PrivateKeys,
  provePairing,
  publicKeysOf,
  sha256,
  signText,
} from './keys.ts';
import {
  type ReadAnswer,
  readAck,
  readError,
  readMessages,
  readPairAnswer,
  readStatus,
} from './read-answers.ts';
import type { RelayAccess, RelayLine, RelayReply } from './relay-line.ts';

export type RelayLineOptions = {
  /** The relay's time, as well as this PC knows it: UTC, ms. */
  readonly now: () => number;
  /** True in the demo and in tests: plain HTTP is allowed, to this computer only. */
  readonly allowsLoopback: boolean;
  /** Where an invented relay really is; for the demo and tests. */
  readonly carry?: (origin: string) => string;
  /** A certificate that tests trust beside the usual ones. */
  readonly ca?: string;
  /** How long an answer may take beyond the wait that was asked for (ms). */
  readonly patience?: number;
};

/** A page of the relay is a megabyte of sealed bytes and one message more, in base64. */
const LARGEST = { messages: 4_000_000, other: 1_000_000 };
const PATIENCE = 15 * SECOND;

type Request<T> = {
  readonly method: 'GET' | 'POST';
  readonly target: string;
  readonly body: string | null;
  readonly wait: number;
  readonly largestBody: number;
  readonly read: ReadAnswer<T>;
  /** When it is signed; now, by the line's clock, unless it says otherwise. */
  readonly at?: number;
};

/** Whom an answer must be signed by. In pairing, the answer itself brings the key, and the code its fingerprint. */
type Whom = Pick<RelayAccess, 'origin' | 'inbox' | 'keys'> & {
  readonly relay: string;
  readonly keyOf: (body: unknown) => string | null;
};

/** The relay over HTTP. Nothing is sent before somebody asks. */
export function openRelayLine(options: RelayLineOptions): RelayLine {
  const { now, allowsLoopback, carry = (origin: string) => origin, patience = PATIENCE } = options;
  const exchange = openExchange(options.ca === undefined ? {} : { ca: options.ca });

  async function ask<T>(whom: Whom, request: Request<T>, signal?: AbortSignal): Promise<RelayReply<T>> {
    const origin = carry(whom.origin);
    if (!isSecure(origin, allowsLoopback)) return { type: 'unreached', reason: 'not-secure' };
    const { method, target, body, wait, largestBody } = request;
    const [at, nonce] = [request.at ?? now(), makeNonce()];
    const { relay, inbox } = whom;
    const bodyHash = sha256(body ?? '');
    const text = requestToSign({ relay, inbox, method, target, at, nonce, bodyHash });
    const answer = await exchange.send(
      {
        method,
        url: origin + target,
        headers: {
          [RELAY_HEADERS.time]: String(at),
          [RELAY_HEADERS.nonce]: nonce,
          [RELAY_HEADERS.signature]: signText(whom.keys, text),
          ...(body === null ? {} : { 'Content-Type': 'application/json' }),
        },
        body,
        totalMs: wait * SECOND + patience,
        largestBody,
      },
      signal,
    );
    if (answer.type === 'unreached') return answer;
    const { status } = answer;
    const parsed = parseJson(answer.body);
    const key = whom.keyOf(parsed);
    const said = answerToSign({ relay, inbox, nonce, status, bodyHash: sha256(answer.body) });
    const isTheirs = key !== null && isSignedBy(key, said, answer.header(RELAY_HEADERS.answerSignature));
    if (!isTheirs) {
      const claim = readError(parsed);
      return { type: 'unsigned', status, hint: claim?.error ?? null, now: claim?.now ?? null };
    }
    if (status === 200) {
      const value = request.read(parsed);
      return value === undefined ? { type: 'unreadable', status } : { type: 'answered', value };
    }
    const refusal = readError(parsed);
    return refusal === undefined
      ? { type: 'unreadable', status }
      : { type: 'refused', error: refusal.error, now: refusal.now ?? null };
  }

  return {
    pair: (code, keys, at) =>
      ask(asStranger(code, keys), { ...pairRequest(code, keys), ...(at === undefined ? {} : { at }) }),
    messages: (access, { after, wait }, signal) => {
      const target = messagesTarget(access.inbox, after, wait);
      const request = { method: 'GET', target, body: null, wait, largestBody: LARGEST.messages } as const;
      return ask(asFriend(access), { ...request, read: readMessages }, signal);
    },
    ack: (access, upTo, signal) => {
      const target = shopTarget(access.inbox, 'ack');
      const body = JSON.stringify({ upTo });
      const request = { method: 'POST', target, body, wait: 0, largestBody: LARGEST.other } as const;
      return ask(asFriend(access), { ...request, read: readAck }, signal);
    },
    status: (access, signal) => {
      const target = shopTarget(access.inbox, 'status');
      const request = { method: 'GET', target, body: null, wait: 0, largestBody: LARGEST.messages } as const;
      return ask(asFriend(access), { ...request, read: readStatus }, signal);
    },
    close: exchange.close,
  };
}

function asFriend({ origin, inbox, keys, relayKey }: RelayAccess): Whom {
  return { origin, inbox, keys, relay: fingerprintOf(relayKey), keyOf: () => relayKey };
}

/**
 * Before pairing only the fingerprint is known. A refusal does not bring the key, so it cannot be checked: what it says
 * is a hint, and nothing is believed of it.
 */
function asStranger({ origin, inbox, relay }: PairingCode, keys: PrivateKeys): Whom {
  const keyOf = (body: unknown) => {
    const key = readPairAnswer(body)?.relayKey ?? null;
    return key !== null && fingerprintOf(key) === relay ? key : null;
  };
  return { origin, inbox, keys, relay, keyOf };
}

function pairRequest(code: PairingCode, keys: PrivateKeys): Request<PairAnswer> {
  const { relay, inbox, secret } = code;
  const halves = publicKeysOf(keys);
  const proof = provePairing(secret, { relay, inbox, ...halves });
  return {
    method: 'POST',
    target: shopTarget(inbox, 'pair'),
    body: JSON.stringify({ ...halves, proof }),
    wait: 0,
    largestBody: LARGEST.other,
    read: (body) => {
      const answer = readPairAnswer(body);
      return answer?.inbox === inbox ? answer : undefined;
    },
  };
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost']);

function isSecure(origin: string, allowsLoopback: boolean): boolean {
  const { protocol, hostname } = new URL(origin);
  return protocol === 'https:' || (allowsLoopback && LOOPBACK.has(hostname));
}

/** Undefined for what is no JSON. */
function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
