import type { AppendQueue } from './append-queue.ts';
import type { RelayConfig } from './config.ts';
import type { RefusalBook } from './refusals.ts';
import type { RelayKey } from './relay-key.ts';
import type { Seal } from './seal.ts';
import type { Storage } from './storage/storage.ts';
import type { WaitingReaders } from './waiting-readers.ts';

/** What the server's parts work with. */
export type RelayServices = {
  readonly config: RelayConfig;
  readonly storage: Storage;
  readonly key: RelayKey;
  readonly seal: Seal;
  readonly queue: AppendQueue;
  readonly refusals: RefusalBook;
  readonly readers: WaitingReaders;
  readonly version: string;
  readonly now: () => number;
};
