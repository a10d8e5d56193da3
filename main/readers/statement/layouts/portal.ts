import { normaliseHeader } from '../../cells/header.ts';
import type { HeadText, StatementLayout } from './layout.ts';

/**
 * The organisation portal's classic export: one account a file, six rows about it, then the header. Also met with
 * fewer rows above, or none, without `Currency`, and in any column order.
 */
export const PORTAL: StatementLayout = {
  id: (kind) => `portal-${kind}`,
  columns: {
    receipt: ['receipt no', 'receipt number', 'receipt'],
    completedAt: ['completion time'],
    initiatedAt: ['initiation time'],
    details: ['details'],
    status: ['transaction status', 'status'],
    paidIn: ['paid in'],
    withdrawn: ['withdrawn'],
    balance: ['balance'],
    reasonType: ['reason type'],
    otherParty: ['other party info'],
    linkedReceipt: ['linked transaction id'],
    accountReference: ['a/c no', 'account no'],
    currency: ['currency'],
    shortCode: ['short code', 'shortcode'],
    account: [],
  },
  required: ['receipt', 'completedAt', 'details', 'status', 'paidIn', 'withdrawn', 'balance'],
  telling: ['initiatedAt', 'reasonType', 'otherParty', 'linkedReceipt', 'accountReference'],
  dateSeparator: '-',
  hasManyAccounts: false,
  isPreamble: (cells) => LABELS.has(labelOf(cells[0] ?? '').label),
  readHead,
};

type Field = keyof HeadText;

const LABELS: ReadonlyMap<string, Field | null> = new Map([
  ['account holder', 'holder'],
  ['short code', 'shortCode'],
  ['account', 'account'],
  ['time period', null],
  ['from', 'from'],
  ['to', 'to'],
  ['operator', null],
  ['organization', null],
  ['date of report', 'reportAt'],
  ['opening balance', 'opening'],
  ['closing balance', 'closing'],
  ['available balance', null],
  ['total paid in', 'totalIn'],
  ['total withdrawn', 'totalOut'],
]);

/** `ORG_123456_Utility Account_Completed_20210302085708.csv`, with or without a browser's ` (1)`. */
const FILE_NAME = /^ORG_(\d{4,8})_([^_]+)_[^_]*_\d{14}/i;

function readHead(preamble: readonly (readonly string[])[], fileName: string): HeadText {
  const head: { [key in Field]?: string } = {};
  const named = FILE_NAME.exec(fileName);
  if (named?.[1]) head.shortCode = named[1];
  if (named?.[2]) head.account = named[2].trim();
  for (const cells of preamble) {
    cells.forEach((cell, index) => {
      const { label, rest } = labelOf(cell);
      const field = LABELS.get(label);
      if (!field) return;
      const next = cells[index + 1] ?? '';
      const value = rest !== '' ? rest : LABELS.has(labelOf(next).label) ? '' : next.trim();
      if (value !== '') head[field] = value;
    });
  }
  return head;
}

/** `Short Code:` and `Short Code: 123456` both; a holder's name may hold a colon, so only known labels are cut. */
function labelOf(cell: string): { label: string; rest: string } {
  const colon = cell.indexOf(':');
  if (colon === -1) return { label: normaliseHeader(cell), rest: '' };
  return { label: normaliseHeader(cell.slice(0, colon)), rest: cell.slice(colon + 1).trim() };
}
