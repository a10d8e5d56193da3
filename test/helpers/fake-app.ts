import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { App, ApprovalListener, OfferedFile, Startup } from '#main/app-types.ts';
import type { EventListener } from '#main/ipc/events.ts';
import type { Sender } from '#main/ipc/router.ts';
import type { EventName, WindowName } from '#shared/ipc/contract.ts';
import { succeed } from '#shared/ipc/result.ts';

export type FakeApp = App & {
  readonly calls: { sender: Sender; channel: string; input: unknown }[];
  /** What the computer did: `suspended`, `awake`. */
  readonly woken: string[];
  /** What `findOffered` finds, by token. */
  readonly offered: Map<string, OfferedFile>;
  readonly admitted: { window: WindowName; path: string }[];
  /** The core wants the approval window open, or closed. */
  wantApproval: ApprovalListener;
  emit(event: EventName, payload: unknown, to: WindowName): void;
};

/** A core that only notes what reaches it: enough to test a host. */
export function createFakeApp(startup: Startup = { state: 'ready' }): FakeApp {
  const listeners = new Set<EventListener>();
  const calls: FakeApp['calls'] = [];
  const admitted: FakeApp['admitted'] = [];
  const offered: FakeApp['offered'] = new Map();
  const woken: string[] = [];
  const approvals = new Set<ApprovalListener>();
  return {
    environment: 'demo',
    calls,
    admitted,
    offered,
    woken,
    startup: () => startup,
    async call(sender, channel, input) {
      calls.push({ sender, channel, input });
      return succeed({ channel, input });
    },
    onApproval(listener) {
      approvals.add(listener);
      return () => approvals.delete(listener);
    },
    wantApproval: (wanted) => {
      for (const hear of approvals) hear(wanted);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async admitFile(window, path) {
      admitted.push({ window, path });
      return succeed({ token: 'a'.repeat(64), name: basename(path), size: statSync(path).size });
    },
    findOffered: (_window, token) => offered.get(token) ?? null,
    emit(event, payload, to) {
      for (const listener of listeners) listener(event, payload, to);
    },
    lockAll: (reason) => {
      woken.push(reason);
    },
    wake: () => {
      woken.push('awake');
    },
    close: async () => undefined,
  };
}
