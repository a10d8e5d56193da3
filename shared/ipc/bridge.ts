import type { ChannelName, EventName, Input, Output, Payload } from './contract.ts';
import type { Failure, Result } from './result.ts';

/** What a page finds as `window.daftari`, in Electron from the preload, in the preview host from a small script. */
export type Bridge<File> = {
  /** Asks main; never rejects. */
  readonly call: { readonly [C in ChannelName]: (input: Input<C>) => Promise<Result<Output<C>>> };
  /** Listens to main; returns the way to stop. */
  readonly on: { readonly [E in EventName]: (listener: (payload: Payload<E>) => void) => () => void };
  /** Turns a file that the person chose or dropped into a token. No path ever reaches the page. */
  readonly admitFile: (file: File) => Promise<Result<{ token: string; name: string; size: number }>>;
  /** Saves a file that main offers, where the person says; `saved` is false when they thought better of it. */
  readonly saveFile: (token: string) => Promise<Result<{ saved: boolean }>>;
  /** How the core started: ready, or which of the start-up failures. */
  readonly startup: () => Promise<{ state: 'ready' } | { state: 'failed'; failure: Failure }>;
};
