import type { Permission } from '../domain/access/permissions.ts';
import type { Job } from './views.ts';

/** Who may see how a job goes and ends, and who may stop it: as much as it takes to start one, or to see what it does. */
export const JOB_PERMISSIONS: Readonly<
  Record<Job['kind'], { readonly see: Permission; readonly stop: Permission }>
> = {
  import: { see: 'ledger.read', stop: 'ledger.import' },
  undo: { see: 'ledger.read', stop: 'ledger.undo-import' },
  match: { see: 'ledger.read', stop: 'ledger.match' },
  verify: { see: 'audit.read', stop: 'audit.read' },
  export: { see: 'audit.export', stop: 'audit.export' },
  doctor: { see: 'safaricom.read', stop: 'safaricom.read' },
};
