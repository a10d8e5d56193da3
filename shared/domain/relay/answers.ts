/** The body of POST /inbox/ID/pair. Keys are 32 raw bytes in hex, the proof an HMAC-SHA-256 in hex. */
export type PairRequest = { readonly boxKey: string; readonly signKey: string; readonly proof: string };

export type PairAnswer = {
  readonly inbox: string;
  /** The relay's Ed25519 key, raw, in hex: its fingerprint must be that of the pairing code. */
  readonly relayKey: string;
  readonly environment: RelayEnvironment;
  /** The last number that was given away before this pairing; the first message has a greater one. */
  readonly lastSequence: number;
  readonly version: string;
};

/** Production: Safaricom's addresses only. Sandbox: any address, for its addresses are not known. */
export type RelayEnvironment = 'production' | 'sandbox';

export type RelayMessage = {
  /** Counts up by one in each inbox, for ever: a gap is a message that this reader did not get. */
  readonly sequence: number;
  /** When it came, by the relay's clock: UTC, ms. */
  readonly at: number;
  /** Sealed box (libsodium) over `packArrival`, in base64. */
  readonly sealed: string;
};

/** GET /inbox/ID/messages: what came after `after`, in order. `hasMore`: ask again at once. */
export type MessagesAnswer = { readonly messages: readonly RelayMessage[]; readonly hasMore: boolean };

/** The body of POST /inbox/ID/ack: everything up to this number is safe with the shop and may go. */
export type AckRequest = { readonly upTo: number };
export type AckAnswer = { readonly acknowledgedTo: number; readonly removed: number };

/**
 * Why something was turned away. Towards Safaricom: `address` not on the list, `path` or `method` wrong, `size` over
 * the limit, `slow` or `broken` on the way, `unpaired`, `revoked`, `storage` could not be written. Towards the PC:
 * `signature`, `clock`, `replay`, `pairing`, `form` of the request.
 */
export type RefusalReason =
  | 'address'
  | 'path'
  | 'method'
  | 'size'
  | 'slow'
  | 'broken'
  | 'unpaired'
  | 'revoked'
  | 'storage'
  | 'signature'
  | 'clock'
  | 'replay'
  | 'pairing'
  | 'form';

export type Refusal = {
  readonly reason: RefusalReason;
  /** Empty for the many addresses of a flood that were counted together. */
  readonly address: string;
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
};

/** GET /inbox/ID/status. Times in UTC ms by the relay's clock. */
export type StatusAnswer = {
  readonly inbox: string;
  readonly environment: RelayEnvironment;
  readonly version: string;
  readonly now: number;
  readonly pairedAt: number;
  readonly waiting: { readonly messages: number; readonly bytes: number; readonly oldestAt: number | null };
  readonly lastSequence: number;
  /** Greater than what this PC acknowledged: another PC reads with the same keys. */
  readonly acknowledgedTo: number;
  /** Callbacks that came again, byte for byte, and were kept once. */
  readonly repeated: number;
  /** Messages that nobody fetched in time, or that had to make room. */
  readonly dropped: { readonly tooOld: number; readonly noRoom: number; readonly newKeys: number };
  readonly refused: readonly Refusal[];
  /** Turned away at addresses that are no shop's, by reason, for the whole relay. */
  readonly refusedElsewhere: readonly { readonly reason: RefusalReason; readonly count: number }[];
  /** Who may deliver to this inbox; null in a sandbox inbox: anybody. */
  readonly addresses: readonly string[] | null;
};

/** What every refusal of the relay says, and nothing more. `now` comes with `clock`. */
export type ErrorAnswer = { readonly error: RelayError; readonly now?: number };

export type RelayError =
  | 'not-found'
  | 'too-large'
  | 'too-many'
  | 'bad-request'
  | 'bad-signature'
  | 'clock'
  | 'replay'
  | 'already-paired'
  | 'code-expired'
  | 'revoked'
  | 'beyond-last'
  | 'unavailable';
