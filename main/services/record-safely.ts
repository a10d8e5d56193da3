import type { Result } from '#shared/ipc/result.ts';
import type { Core } from './core.ts';

/**
 * Records what has already happened and must happen even where it cannot be recorded: a window that locks. A failure
 * is logged, and nothing is thrown.
 */
export function recordSafely(core: Pick<Core, 'log'>, trouble: string, record: () => Result<unknown>): void {
  try {
    const recorded = record();
    if (!recorded.ok) core.log.error(trouble, { code: recorded.error.code });
  } catch (error) {
    core.log.error(trouble, { error });
  }
}
