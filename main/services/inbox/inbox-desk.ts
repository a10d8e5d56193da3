import type { Actor } from '#main/db/ledger.ts';
import type { RelayLine } from '#main/inbox/relay-line.ts';
import type { RelayView } from '#shared/ipc/relay-channels.ts';
import { type Result, succeed } from '#shared/ipc/result.ts';
import type { CollectorParts } from './collector.ts';
import { type InboxLoop, type LoopOptions, openInboxLoop } from './inbox-loop.ts';
import { forgetRelay, pairRelay } from './pair-relay.ts';
import { showRelay } from './show-relay.ts';

/** The inbox as the windows and the start of the program know it. */
export type InboxDesk = InboxLoop & {
  readonly show: () => RelayView;
  readonly pair: (actor: Actor, pasted: string) => Promise<Result<RelayView>>;
  readonly forget: (actor: Actor) => Promise<Result<RelayView>>;
};

/** Begins to collect, if a relay is paired; else as soon as one is. */
export function openInboxDesk(parts: CollectorParts, line: RelayLine, options: LoopOptions = {}): InboxDesk {
  const { core } = parts;
  const loop = openInboxLoop(parts, line, options);
  const afterwards = (done: Result<undefined>): Result<RelayView> => {
    if (!done.ok) return done;
    loop.wake();
    return succeed(showRelay(core));
  };
  return {
    ...loop,
    show: () => showRelay(core),
    pair: async (actor, pasted) => afterwards(await pairRelay({ ...parts, line }, actor, pasted)),
    forget: async (actor) => afterwards(await forgetRelay(parts, actor)),
    close: async () => {
      line.close();
      await loop.close();
    },
  };
}
