import type { EventListener } from '#main/ipc/events.ts';
import type { Sender } from '#main/ipc/router.ts';
import type { WindowName } from '#shared/ipc/contract.ts';
import type { Failure, Result } from '#shared/ipc/result.ts';

/** How the core started. A failed core answers every call with the same failure; nothing is deleted or re-created. */
export type Startup = { readonly state: 'ready' } | { readonly state: 'failed'; readonly failure: Failure };

/** A file that main has admitted for one window. The page holds the token, never the path. */
export type AdmittedFile = { readonly token: string; readonly name: string; readonly size: number };

/** The whole core as a host sees it. */
export type App = {
  readonly environment: 'production' | 'sandbox' | 'demo';
  startup(): Startup;
  call(sender: Sender, channel: string, input: unknown): Promise<Result<unknown>>;
  /** Passes events on; returns the way to stop. */
  subscribe(listener: EventListener): () => void;
  admitFile(window: WindowName, path: string): Promise<Result<AdmittedFile>>;
  /** The computer sleeps or its screen is locked: every session locks, and the windows forget what they showed. */
  lockAll(reason: 'suspended'): void;
  /** The computer slept and is awake again. */
  wake(): void;
  /** Finishes what is being written and closes the ledger. */
  close(): Promise<void>;
};
