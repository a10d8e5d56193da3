import type { StatementLayout } from './layout.ts';

/**
 * The portal's "Account Statement" from before 2015, for shops that keep old books: some twenty rows of text above
 * the header, and withdrawn before paid in. It names no short code.
 */
export const ACCOUNT_STATEMENT: StatementLayout = {
  id: (kind) => `account-statement-${kind}`,
  columns: {
    receipt: ['receipt', 'receipt no'],
    completedAt: ['date'],
    initiatedAt: [],
    details: ['details'],
    status: ['status'],
    paidIn: ['paid in'],
    withdrawn: ['withdrawn'],
    balance: ['balance'],
    reasonType: ['transaction type'],
    otherParty: ['other party info'],
    linkedReceipt: [],
    accountReference: [],
    currency: [],
    shortCode: [],
    account: [],
  },
  required: ['receipt', 'completedAt', 'details', 'status', 'paidIn', 'withdrawn', 'balance'],
  telling: ['reasonType', 'otherParty'],
  dateSeparator: 'iso',
  hasManyAccounts: false,
  isPreamble: () => false,
  readHead: () => ({}),
};
