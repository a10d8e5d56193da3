import type { Core } from '../core.ts';

/** Something about reversals is otherwise than before: both windows ask again. */
export function tellReversals(core: Pick<Core, 'tell'>): void {
  core.tell('ledger:changed', { areas: ['reversals'] });
  core.tell('approval:changed', {});
}
