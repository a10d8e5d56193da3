import type { EventListener } from '#main/ipc/events.ts';
import type { Sender } from '#main/ipc/router.ts';
import type { AdmittedFile } from '#main/services/file-tokens.ts';
import type { OfferedFile } from '#main/services/offered-files.ts';
import type { WindowName } from '#shared/ipc/contract.ts';
import type { Failure, Result } from '#shared/ipc/result.ts';

/** How the core started. A failed core answers every call with the same failure; nothing is deleted or re-created. */
export type Startup = { readonly state: 'ready' } | { readonly state: 'failed'; readonly failure: Failure };

export type { AdmittedFile, OfferedFile };

export type ApprovalListener = (wanted: 'open' | 'close') => void;

/** The whole core as a host sees it. */
export type App = {
  readonly environment: 'production' | 'sandbox' | 'demo';
  startup(): Startup;
  call(sender: Sender, channel: string, input: unknown): Promise<Result<unknown>>;
  /** Passes events on; returns the way to stop. */
  subscribe(listener: EventListener): () => void;
  admitFile(window: WindowName, path: string): Promise<Result<AdmittedFile>>;
  /** A file that main made for whoever is signed in at this window; null for any other token. */
  findOffered(window: WindowName, token: string): OfferedFile | null;
  /** Hears when the approval window is to open, or to close; returns the way to stop. */
  onApproval(listener: ApprovalListener): () => void;
  /** The computer sleeps or its screen is locked: every session locks, and the windows forget what they showed. */
  lockAll(reason: 'suspended'): void;
  /** The computer slept and is awake again. */
  wake(): void;
  /** Finishes what is being written and closes the ledger. */
  close(): Promise<void>;
};
