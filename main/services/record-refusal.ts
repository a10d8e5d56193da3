import { type Result, succeed } from '#shared/ipc/result.ts';
import type { Core } from './core.ts';

/** A request that was turned away leaves an entry: who asked for what, and why it was refused. */
export function recordRefusal(
  core: Core,
  refusal: {
    channel: string;
    code: string;
    window: string | null;
    session: { staffId: number; id: string } | null;
  },
): Result<undefined> {
  const { channel, code, window, session } = refusal;
  const actor = session
    ? { staffId: session.staffId, session: session.id }
    : { staffId: null, session: null };
  return core.ledger.act(actor, 'access.refused', 'router', () =>
    succeed({ value: undefined, details: { channel: channel.slice(0, 60), code, window } }),
  );
}
