import type { Role } from '#shared/domain/access/permissions.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { WindowName } from '#shared/ipc/contract.ts';

/** Who is at the window now. Handlers and `act()` take the actor from here, never from the page. */
export type Session = {
  readonly id: string;
  readonly staffId: number;
  readonly name: string;
  readonly role: Role;
  readonly window: WindowName;
  /** Until when the password that was just given again counts; null = it must be given. */
  readonly confirmedUntil: UtcMs | null;
};

/** The live session of a window; null when nobody is signed in there. */
export type SessionFor = (window: WindowName) => Session | null;
