import type { BusinessDay } from '#shared/domain/time.ts';

/** The addresses inside the window (after the #, so that the same file answers all of them). */
export const paths = {
  reconcile: '/reconcile',
  statements: '/statements',
  sales: '/sales',
  settings: '/settings',
} as const;

/** The reconcile screen on one day, or on the days from `from` to `to`. */
export function reconcilePath(from: BusinessDay, to: BusinessDay = from): string {
  return from === to ? `${paths.reconcile}/${from}` : `${paths.reconcile}/${from}/${to}`;
}
