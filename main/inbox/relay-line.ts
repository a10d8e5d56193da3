import type {
  AckAnswer,
  MessagesAnswer,
  PairAnswer,
  RelayError,
  StatusAnswer,
} from '#shared/domain/relay/answers.ts';
import type { PairingCode } from '#shared/domain/relay/pairing-code.ts';
import type { PrivateKeys } from './keys.ts';

/** An inbox that this PC is paired with. */
export type RelayAccess = {
  readonly origin: string;
  readonly inbox: string;
  /** The relay's Ed25519 key, raw, in hex: what it must sign with. */
  readonly relayKey: string;
  readonly keys: PrivateKeys;
};

/** Why nothing can be said of what the relay holds. */
export type Unreached =
  /** No network, no such name, no connection. */
  | 'offline'
  /** Somebody between shows another certificate. */
  | 'tls'
  /** Plain HTTP to anywhere but this computer: nothing was sent. */
  | 'not-secure'
  | 'time-out'
  | 'cut-off'
  | 'redirected'
  | 'too-large'
  /** Daftari is closing, or the pairing changed. */
  | 'aborted';

/**
 * How one request ended. Never thrown. Only `answered` and `refused` were signed by the relay for this very request, and
 * only they say anything; `hint` is what an unsigned refusal claims.
 */
export type RelayReply<T> =
  | { readonly type: 'answered'; readonly value: T }
  | { readonly type: 'refused'; readonly error: RelayError; readonly now: number | null }
  | {
      readonly type: 'unsigned';
      readonly status: number;
      readonly hint: RelayError | null;
      readonly now: number | null;
    }
  /** Signed, and of a form that this version does not know. */
  | { readonly type: 'unreadable'; readonly status: number }
  | { readonly type: 'unreached'; readonly reason: Unreached };

/** The port to the relay: docs/relay-protocol.md. */
export type RelayLine = {
  /**
   * The answer's key is held against the fingerprint in the code before anything of it is believed. `at`: the time to sign
   * with, where the relay has said that this PC's is wrong.
   */
  readonly pair: (code: PairingCode, keys: PrivateKeys, at?: number) => Promise<RelayReply<PairAnswer>>;
  /** What came after `after`; waits up to `wait` seconds for something to come. */
  readonly messages: (
    access: RelayAccess,
    ask: { readonly after: number; readonly wait: number },
    signal?: AbortSignal,
  ) => Promise<RelayReply<MessagesAnswer>>;
  readonly ack: (access: RelayAccess, upTo: number, signal?: AbortSignal) => Promise<RelayReply<AckAnswer>>;
  readonly status: (access: RelayAccess, signal?: AbortSignal) => Promise<RelayReply<StatusAnswer>>;
  /** Ends what is under way. */
  readonly close: () => void;
};
