import type { BusinessDay } from '#shared/domain/time.ts';

/** The addresses inside the window (after the #, so that the same file answers all of them). */
export const paths = {
  reconcile: '/reconcile',
  lookUp: '/look-up',
  statements: '/statements',
  sales: '/sales',
  callbacks: '/callbacks',
  reversals: '/reversals',
  staff: '/staff',
  audit: '/audit',
  safaricom: '/safaricom',
  settings: '/settings',
  account: '/account',
} as const;

/** The reconcile screen on one day, or on the days from `from` to `to`. */
export function reconcilePath(from: BusinessDay, to: BusinessDay = from): string {
  return from === to ? `${paths.reconcile}/${from}` : `${paths.reconcile}/${from}/${to}`;
}

/** All reversals, or one of them. */
export function reversalsPath(id?: number): string {
  return id === undefined ? paths.reversals : `${paths.reversals}/${id}`;
}

/** The audit log, narrowed to what was done to one thing: `sale:12`. */
export function auditAboutPath(subject: string): string {
  return `${paths.audit}/about/${encodeURIComponent(subject)}`;
}

/** The audit log, searched for a word that its entries name: a receipt. */
export function auditFindPath(word: string): string {
  return `${paths.audit}/find/${encodeURIComponent(word)}`;
}
