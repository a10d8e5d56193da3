import { createRouter, type Handlers, type Refusal } from '#main/ipc/router.ts';
import type { Session } from '#main/ipc/session.ts';
import type { Role } from '#shared/domain/access/permissions.ts';
import { say } from '#shared/domain/message.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { ALL_CHANNELS } from '#shared/ipc/channels.ts';
import type { ChannelName, WindowName } from '#shared/ipc/contract.ts';
import { fail } from '#shared/ipc/result.ts';

const NOW = Date.UTC(2026, 10, 20) as UtcMs;

export type Reached = { channel: ChannelName; session: Session | null; input: unknown };

export function sessionOf(role: Role, window: WindowName = 'main'): Session {
  return { id: 'session-1', staffId: 1, name: 'Amina', role, window, confirmedUntil: (NOW + 1) as UtcMs };
}

/** A router whose handlers only note that they were reached, and answer with an expected failure. */
export function openTestRouter(options: { session: Session | null; handlers?: Partial<Handlers> }) {
  const reached: Reached[] = [];
  const refusals: Refusal[] = [];
  const logged: Record<string, unknown>[] = [];
  const noting = Object.fromEntries(
    ALL_CHANNELS.map((channel) => [
      channel,
      (session: Session | null, input: unknown) => {
        reached.push({ channel, session, input });
        return fail('ledger/not-found', say('error.unknown-channel'));
      },
    ]),
  ) as unknown as Handlers;
  const router = createRouter({
    handlers: { ...noting, ...options.handlers },
    sessionFor: (window) => (options.session?.window === window ? options.session : null),
    onRefusal: (refusal) => refusals.push(refusal),
    now: () => NOW,
    log: { error: (what, facts) => logged.push({ what, ...facts }) },
  });
  return { router, reached, refusals, logged };
}
