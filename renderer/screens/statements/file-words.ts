import { CircleAlert, CircleCheck, CircleDashed, type LucideIcon } from 'lucide-react';
import type { Tone } from '#renderer/components/Chip.tsx';
import type { ImportAccountView, ImportView, RowProblemView } from '#shared/ipc/views.ts';

const LAYOUTS: Readonly<Record<string, string>> = {
  'portal-csv': 'statements.layout-portal-csv',
  'portal-xls': 'statements.layout-portal-xls',
  'portal-xlsx': 'statements.layout-portal-xlsx',
  'statements-csv': 'statements.layout-statements-csv',
  'statements-xlsx': 'statements.layout-statements-xlsx',
  'portal-pdf': 'statements.layout-portal-pdf',
  'full-statement-xlsx': 'statements.layout-full-statement',
  'full-statement-xls': 'statements.layout-full-statement',
  'full-statement-csv': 'statements.layout-full-statement',
  'personal-pdf': 'statements.layout-personal-pdf',
  'account-statement-xls': 'statements.layout-account-statement',
  'account-statement-xlsx': 'statements.layout-account-statement',
  'account-statement-csv': 'statements.layout-account-statement',
  'pushed-csv': 'statements.layout-pushed',
  'pushed-stores-csv': 'statements.layout-pushed-stores',
  'odoo-orders': 'statements.layout-odoo-orders',
  generic: 'statements.layout-generic',
  'loyverse-receipts': 'statements.layout-loyverse-receipts',
  mapped: 'statements.layout-mapped',
};

/** The text id of a layout in words, or null for one that a newer reader named. */
export function layoutWords(layout: string): string | null {
  return LAYOUTS[layout] ?? null;
}

export type Verdict = { readonly tone: Tone; readonly icon: LucideIcon; readonly words: string };

/** Whether a file or an account adds up: by word, sign and colour. */
export function balanceVerdict(isBalanced: boolean | null): Verdict {
  if (isBalanced === null)
    return { tone: 'quiet', icon: CircleDashed, words: 'statements.balance-not-stated' };
  return isBalanced
    ? { tone: 'good', icon: CircleCheck, words: 'statements.balanced' }
    : { tone: 'bad', icon: CircleAlert, words: 'statements.not-balanced' };
}

/** A file that is not simply done says so; null for one that is. */
export const STATE_WORDS: Readonly<Record<ImportView['state'], string | null>> = {
  running: 'statements.state-running',
  done: null,
  undoing: 'statements.state-undoing',
  undone: 'statements.state-undone',
  failed: 'statements.state-failed',
  cancelled: 'statements.state-cancelled',
};

export const WITNESS_WORDS: Readonly<Record<ImportView['witness'], string>> = {
  none: 'statements.witness-none',
  some: 'statements.witness-some',
  all: 'statements.witness-all',
  code: 'statements.witness-code',
};

export const WITNESS_SENTENCES: Readonly<Record<ImportView['witness'], string>> = {
  none: 'statements.witness-none-long',
  some: 'statements.witness-some-long',
  all: 'statements.witness-all-long',
  code: 'statements.witness-code-long',
};

const NOT_STATED: Readonly<Record<string, string>> = {
  'short-code': 'statements.ns-short-code',
  account: 'statements.ns-account',
  period: 'statements.ns-period',
  'report-time': 'statements.ns-report-time',
  opening: 'statements.ns-opening',
  closing: 'statements.ns-closing',
  totals: 'statements.ns-totals',
  balances: 'statements.ns-balances',
};

/** Text ids of the checks that an account's layout cannot carry. */
export function notStatedWords(account: ImportAccountView): string[] {
  return account.notStated.map((name) => NOT_STATED[name] ?? name);
}

export const SEVERITY_WORDS: Readonly<Record<RowProblemView['severity'], { tone: Tone; words: string }>> = {
  refused: { tone: 'bad', words: 'statements.problem-refused' },
  warning: { tone: 'quiet', words: 'statements.problem-warning' },
  review: { tone: 'open', words: 'statements.problem-review' },
  break: { tone: 'bad', words: 'statements.problem-break' },
};
