import { SECOND } from '#shared/domain/time.ts';
import type { Access } from '../access/access.ts';
import type { LedgerCore } from './core.ts';
import { settleSessions } from './end-session.ts';

const EVERY = 5 * SECOND;

/** Locks and ends sessions when it is time, though nobody asks for anything. Returns the way to stop. */
export function watchSessions(core: LedgerCore, access: Access): () => void {
  const timer = setInterval(() => settleSessions(core, access), EVERY);
  timer.unref();
  return () => clearInterval(timer);
}
