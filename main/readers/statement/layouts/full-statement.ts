import { isPrintedLabel, readPrintedHead } from '../printed-head.ts';
import type { StatementColumn, StatementLayout } from './layout.ts';

/** Columns that printed statements share. */
export const PRINTED_COLUMNS: Readonly<Record<StatementColumn, readonly string[]>> = {
  receipt: ['receipt no', 'receipt number', 'receipt'],
  completedAt: ['completion time'],
  initiatedAt: [],
  details: ['details'],
  status: ['transaction status', 'status'],
  paidIn: ['paid in'],
  withdrawn: ['withdrawn', 'withdraw', 'paid out'],
  balance: ['balance'],
  reasonType: ['transaction type'],
  otherParty: ['other party'],
  linkedReceipt: [],
  accountReference: [],
  currency: [],
  shortCode: [],
  account: [],
};

/**
 * The statement of a till or PayBill as a PDF, and its twin as a workbook: a table an account, below a head with a
 * summary. `Other Party` is the merchant's own till; the payer stands in `Details`.
 */
export const FULL_STATEMENT: StatementLayout = {
  id: (kind) => (kind === 'pdf' ? 'portal-pdf' : `full-statement-${kind}`),
  columns: PRINTED_COLUMNS,
  required: ['receipt', 'completedAt', 'details', 'status', 'paidIn', 'withdrawn', 'balance'],
  telling: ['reasonType', 'otherParty'],
  dateSeparator: 'iso',
  hasManyAccounts: false,
  isPreamble: isPrintedLabel,
  readHead: readPrintedHead,
};
