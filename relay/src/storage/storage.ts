import type { Refusal, RefusalReason, RelayEnvironment } from '../../../shared/domain/relay/answers.ts';

/** The keys of a paired shop: raw, in hex. */
export type ShopKeys = { readonly boxKey: string; readonly signKey: string };

export type Inbox = {
  readonly id: string;
  /** The operator's own word for the shop. */
  readonly name: string;
  readonly environment: RelayEnvironment;
  /** SHA-256 of the secret path, which is not stored. */
  readonly pathHash: Uint8Array;
  readonly createdAt: number;
  /** Which pairing code counts: each new one raises it. */
  readonly round: number;
  readonly codeExpiresAt: number;
  readonly pairedAt: number | null;
  /** The round whose code was used; less than `round` while a new code waits. */
  readonly pairedRound: number | null;
  /** The last number that had been given when these keys came. */
  readonly pairedAfter: number;
  readonly keys: ShopKeys | null;
  readonly revokedAt: number | null;
  readonly lastSequence: number;
  readonly acknowledgedTo: number;
  readonly lastHeardAt: number | null;
  readonly waiting: number;
  readonly waitingBytes: number;
  readonly repeated: number;
  readonly droppedOld: number;
  readonly droppedRoom: number;
  readonly droppedKeys: number;
};

export type NewInbox = Pick<
  Inbox,
  'id' | 'name' | 'environment' | 'pathHash' | 'createdAt' | 'codeExpiresAt'
>;

/** A sealed callback on its way into the storage. */
export type SealedArrival = {
  readonly inbox: string;
  readonly at: number;
  /** Keyed hash of path and body. */
  readonly hash: Uint8Array;
  readonly sealed: Uint8Array;
  /** The round whose key it was sealed to. */
  readonly round: number;
};

/** `gone`: the inbox was revoked or paired anew meanwhile. `no-room`: the limit of all inboxes is reached. */
export type AppendOutcome = 'stored' | 'repeated' | 'gone' | 'no-room';

export type StoredMessage = { readonly sequence: number; readonly at: number; readonly sealed: Uint8Array };

export type RefusalCount = {
  /** Empty when it concerns no shop. */
  readonly inbox: string;
  readonly reason: RefusalReason;
  /** Empty when many are counted together. */
  readonly address: string;
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
};

export type Room = { readonly inboxBytes: number; readonly totalBytes: number };

export type DropBefore = {
  readonly messages: number;
  readonly hashes: number;
  readonly nonces: number;
  readonly refusals: number;
};

/**
 * Where the relay keeps what it must. All writes are durable when their promise resolves. SQLite is behind it today;
 * the methods are asynchronous so that a database shared by several servers can be.
 */
export type Storage = {
  readonly createInbox: (inbox: NewInbox) => Promise<void>;
  readonly listInboxes: () => Promise<readonly Inbox[]>;
  readonly findInbox: (id: string) => Promise<Inbox | null>;
  readonly findByPathHash: (hash: Uint8Array) => Promise<Inbox | null>;
  /** Lets the inbox be paired again, with a new code; the old keys count until then. */
  readonly renewCode: (id: string, expiresAt: number) => Promise<Inbox | null>;
  /** Sets the keys if `round` has not been used; drops what was sealed to other keys. False when it has. */
  readonly pair: (id: string, round: number, keys: ShopKeys, at: number) => Promise<boolean>;
  /** Ends an inbox and removes its messages. False when there is none, or it has ended. */
  readonly revoke: (id: string, at: number) => Promise<boolean>;

  /** One transaction: an outcome for each, in order. */
  readonly append: (batch: readonly SealedArrival[]) => Promise<readonly AppendOutcome[]>;
  readonly readMessages: (
    inbox: string,
    after: number,
    limit: number,
    maxBytes: number,
  ) => Promise<readonly StoredMessage[]>;
  /** Removes up to and with `upTo`; how many went, or null when the inbox never gave such a number. */
  readonly acknowledge: (inbox: string, upTo: number) => Promise<number | null>;
  /** Notes that the shop was heard from. False when the nonce was used before. */
  readonly useNonce: (inbox: string, nonce: string, at: number) => Promise<boolean>;

  readonly countRefusals: (counts: readonly RefusalCount[]) => Promise<void>;
  readonly readRefusals: (inbox: string) => Promise<readonly Refusal[]>;

  /** Who may deliver in production; null until the operator chose. */
  readonly readAddresses: () => Promise<readonly string[] | null>;
  readonly writeAddresses: (list: readonly string[] | null) => Promise<void>;

  readonly dropOld: (before: DropBefore) => Promise<number>;
  readonly close: () => Promise<void>;
};
