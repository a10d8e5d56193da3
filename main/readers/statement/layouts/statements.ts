import type { StatementLayout } from './layout.ts';

/** `Statements for 123456 from 2026-03-14 to 2026-03-15.csv`, with or without a browser's ` (1)`. */
const FILE_NAME = /Statements for (\d{4,8}) from (\d{4}-\d{2}-\d{2}) to (\d{4}-\d{2}-\d{2})/i;

/**
 * The portal's newer template: the header is the first row, everything about a payment is packed into `Details`,
 * rows of all accounts stand together, and only the file's name says the short code and the period.
 */
export const STATEMENTS: StatementLayout = {
  id: (kind) => `statements-${kind}`,
  columns: {
    receipt: ['receipt no', 'receipt number', 'receipt'],
    completedAt: ['completion time'],
    initiatedAt: [],
    details: ['details'],
    status: ['transaction status', 'status'],
    paidIn: ['paid in (kshs)', 'paid in (ksh)', 'paid in (kes)'],
    withdrawn: ['withdrawn (kshs)', 'withdrawn (ksh)', 'withdrawn (kes)'],
    balance: ['balance (kshs)', 'balance (ksh)', 'balance (kes)'],
    reasonType: [],
    otherParty: [],
    linkedReceipt: [],
    accountReference: [],
    currency: [],
    shortCode: ['short code', 'shortcode'],
    account: [],
  },
  required: ['receipt', 'completedAt', 'details', 'status', 'paidIn', 'withdrawn', 'balance'],
  telling: ['paidIn'],
  dateSeparator: '/',
  hasManyAccounts: true,
  isPreamble: () => false,
  readHead(_preamble, fileName) {
    const named = FILE_NAME.exec(fileName);
    if (!named) return {};
    const [, shortCode = '', from = '', to = ''] = named;
    return { shortCode, from: `${from} 00:00:00`, to: `${to} 23:59:59` };
  },
};
