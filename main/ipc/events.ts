import type { z } from 'zod';
import { isAllowed, type Permission } from '#shared/domain/access/permissions.ts';
import { type EventName, events, type Payload, type WindowName } from '#shared/ipc/contract.ts';
import { type BugLog, recordBug } from './bug.ts';
import type { SessionFor } from './session.ts';

/** A host's ear: it passes the payload on to the window named. */
export type EventListener = (event: EventName, payload: unknown, to: WindowName) => void;

export type Events = {
  /** Tells the declared window, if somebody with the permission is signed in there. Throws on a payload of another shape. */
  emit<E extends EventName>(event: E, payload: Payload<E>): void;
  /** Returns the way to stop. */
  subscribe(listener: EventListener): () => void;
};

type Declared<E extends EventName> = {
  readonly to: WindowName;
  readonly needs: Permission | null;
  /** What this one payload asks for beyond `needs`. */
  readonly alsoNeeds?: (payload: Payload<E>) => Permission;
  readonly payload: z.ZodType<Payload<E>>;
};

const DECLARED: { readonly [E in EventName]: Declared<E> } = events;

/** From the core to the windows: the same contract as the other way, so nothing undeclared leaves. */
export function createEvents(options: { readonly sessionFor: SessionFor; readonly log: BugLog }): Events {
  const listeners = new Set<EventListener>();
  return {
    emit<E extends EventName>(event: E, payload: Payload<E>) {
      const declared = DECLARED[event];
      const parsed = declared.payload.parse(payload);
      if (declared.needs !== null) {
        const session = options.sessionFor(declared.to);
        if (session === null || !isAllowed(session.role, declared.needs)) return;
        const also = declared.alsoNeeds?.(parsed);
        if (also !== undefined && !isAllowed(session.role, also)) return;
      }
      for (const listener of listeners) {
        try {
          listener(event, parsed, declared.to);
        } catch (bug) {
          recordBug(options.log, `event ${event}`, bug);
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
