import type { HeadText, StatementColumn, StatementLayout } from './layout.ts';

/** `Mpesa_123456_20190314235959.csv`: the day's file that Safaricom sends to larger merchants. */
const FILE_NAME = /^Mpesa_(\d{4,8})_(\d{4})(\d{2})(\d{2})\d{6}/i;

function readFileName(_preamble: readonly (readonly string[])[], fileName: string): HeadText {
  const named = FILE_NAME.exec(fileName);
  if (!named) return {};
  const [, shortCode = '', year, month, day] = named;
  const date = `${year}-${month}-${day}`;
  return { shortCode, from: `${date} 00:00:00`, to: `${date} 23:59:59` };
}

const NO_COLUMNS: Readonly<Record<StatementColumn, readonly string[]>> = {
  receipt: [],
  completedAt: [],
  initiatedAt: [],
  details: [],
  status: [],
  paidIn: [],
  withdrawn: [],
  balance: [],
  reasonType: [],
  otherParty: [],
  linkedReceipt: [],
  accountReference: [],
  currency: [],
  shortCode: [],
  account: [],
};

const NAMES: StatementLayout['columns'] = {
  ...NO_COLUMNS,
  receipt: ['receipt', 'receipt no', 'receipt number', 'receipt_no', 'receipt_number'],
  completedAt: ['date', 'time', 'completion time', 'completion_time', 'transaction date', 'transaction_date'],
  details: ['details'],
  status: ['status', 'transaction status', 'transaction_status'],
  withdrawn: ['withdrawn', 'withdrawal'],
  paidIn: ['paid in', 'paid_in', 'paidin'],
  balance: ['balance'],
};

/**
 * A PayBill's daily file: one line of names, withdrawn before paid in, nothing quoted. A comma in a name makes the
 * line a cell longer; the cells of `Details` are joined again where the status behind them tells.
 */
export const PUSHED: StatementLayout = {
  id: (kind) => `pushed-${kind}`,
  columns: NAMES,
  required: ['receipt', 'completedAt', 'details', 'status', 'withdrawn', 'paidIn'],
  telling: [],
  // Exactly these columns: a portal export that lost some of its own must not pass for this.
  fits: (cells, columns) => {
    const filled = cells.filter((cell) => cell.trim() !== '').length;
    return filled === columns.size && (columns.get('withdrawn') ?? 0) < (columns.get('paidIn') ?? 0);
  },
  dateSeparator: 'any',
  hasManyAccounts: false,
  isUnquoted: true,
  isPreamble: () => false,
  readHead: readFileName,
};

/**
 * The daily file of a head office with many tills: a row names its store and its account, but no status. Its names
 * are one cell out of step with what stands below them; which way, the rows tell.
 */
export const PUSHED_STORES: StatementLayout = {
  id: (kind) => `pushed-stores-${kind}`,
  columns: {
    ...NO_COLUMNS,
    shortCode: ['store_name', 'store name'],
    receipt: ['receipt_number', 'receipt number'],
    account: ['account_type_name', 'account type name'],
    details: ['transaction_type', 'transaction type'],
    completedAt: ['start_timestamp', 'start timestamp'],
    otherParty: ['transaction_party_details', 'transaction party details'],
    paidIn: ['credit_amount', 'credit amount'],
    withdrawn: ['debit_amount', 'debit amount'],
    balance: ['balance'],
    linkedReceipt: ['linked_transaction_id', 'linked transaction id'],
  },
  required: ['receipt', 'completedAt', 'details', 'paidIn', 'withdrawn'],
  telling: ['account', 'shortCode'],
  dateSeparator: 'any',
  hasManyAccounts: false,
  mayBeOutOfStep: true,
  statusOfAll: 'completed',
  isPreamble: () => false,
  readHead: readFileName,
};
