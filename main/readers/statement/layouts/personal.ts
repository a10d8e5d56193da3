import { isPrintedLabel, readPrintedHead } from '../printed-head.ts';
import { PRINTED_COLUMNS } from './full-statement.ts';
import type { StatementLayout } from './layout.ts';

/**
 * A person's own "M-PESA Full Statement", for a merchant who is paid on a personal line. Only as a PDF: in a table
 * these seven columns could be any portal export with its other columns deleted.
 */
export const PERSONAL: StatementLayout = {
  id: (kind) => `personal-${kind}`,
  kinds: ['pdf'],
  columns: { ...PRINTED_COLUMNS, reasonType: [], otherParty: [] },
  required: ['receipt', 'completedAt', 'details', 'status', 'paidIn', 'withdrawn', 'balance'],
  telling: [],
  dateSeparator: 'iso',
  hasManyAccounts: false,
  isPreamble: isPrintedLabel,
  readHead: readPrintedHead,
};
