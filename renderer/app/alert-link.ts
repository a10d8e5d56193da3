import type { Permission } from '#shared/domain/access/permissions.ts';
import type { AlertView } from '#shared/ipc/alert-channels.ts';
import { paths, reconcilePath } from './routes.ts';

type Link = { readonly path: string; readonly needs: Permission };

/** Where an alert's own matter is shown, and who may look there; null when there is no such place. */
export function alertLink({ subject, day }: Pick<AlertView, 'subject' | 'day'>): Link | null {
  const [what = '', which = ''] = subject.split(':');
  if (what === 'callback' && /^\d+$/.test(which))
    return { path: `${paths.callbacks}/${which}`, needs: 'callbacks.read' };
  if (what === 'callbacks') return { path: paths.callbacks, needs: 'callbacks.read' };
  if (what === 'movement')
    return { path: day === null ? paths.reconcile : reconcilePath(day), needs: 'ledger.read' };
  if (what === 'import') return { path: `${paths.statements}/files/${which}`, needs: 'ledger.read' };
  if (what === 'receipt') return { path: `${paths.lookUp}/${which}`, needs: 'payments.look-up' };
  const isSetUp = ['relay', 'credential', 'registration', 'certificate', 'short-code'].includes(what);
  return isSetUp ? { path: paths.safaricom, needs: 'safaricom.read' } : null;
}
