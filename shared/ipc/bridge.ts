import type { APPROVAL_CHANNELS, APPROVAL_EVENTS, CHANNELS, EVENTS } from './channels.ts';
import type { ChannelName, EventName, Input, Output, Payload } from './contract.ts';
import type { Failure, Result } from './result.ts';

type Calls<C extends ChannelName> = { readonly [N in C]: (input: Input<N>) => Promise<Result<Output<N>>> };
type Listeners<E extends EventName> = {
  readonly [N in E]: (listener: (payload: Payload<N>) => void) => () => void;
};

/** What the approval page finds as `window.daftari`: its own few requests, no file, no start-up. */
export type ApprovalBridge = {
  readonly call: Calls<(typeof APPROVAL_CHANNELS)[number]>;
  readonly on: Listeners<(typeof APPROVAL_EVENTS)[number]>;
};

/** What the main window may ask and hear: everything but the decisions of the approval window. */
export type MainChannel = (typeof CHANNELS)[number];
export type MainEvent = (typeof EVENTS)[number];

/** What the main page finds as `window.daftari`, in Electron from the preload, in the preview host from a small script. */
export type Bridge<File> = {
  /** Asks main; never rejects. */
  readonly call: Calls<MainChannel>;
  /** Listens to main; returns the way to stop. */
  readonly on: Listeners<MainEvent>;
  /** Turns a file that the person chose or dropped into a token. No path ever reaches the page. */
  readonly admitFile: (file: File) => Promise<Result<{ token: string; name: string; size: number }>>;
  /** Saves a file that main offers, where the person says; `saved` is false when they thought better of it. */
  readonly saveFile: (token: string) => Promise<Result<{ saved: boolean }>>;
  /** How the core started: ready, or which of the start-up failures. */
  readonly startup: () => Promise<{ state: 'ready' } | { state: 'failed'; failure: Failure }>;
};
