import {
  Check,
  CircleAlert,
  CircleCheck,
  CirclePause,
  CircleQuestionMark,
  CircleX,
  type LucideIcon,
  Split,
} from 'lucide-react';
import type { Tone } from '#renderer/components/Chip.tsx';
import type { ReconcileRow } from '#shared/ipc/views.ts';

/** Text ids of every rule and every kind of exception, in the words of a shop. */
const KIND_WORDS: Readonly<Record<string, string>> = {
  'same-receipt': 'kind.same-receipt',
  'receipt-slip': 'kind.receipt-slip',
  'account-reference': 'kind.account-reference',
  'shop-rule': 'kind.shop-rule',
  'amount-time': 'kind.amount-time',
  'one-for-many': 'kind.one-for-many',
  'many-for-one': 'kind.many-for-one',
  sweep: 'kind.sweep',
  'charge-of': 'kind.charge-of',
  'reversal-of': 'kind.reversal-of',
  'day-total': 'kind.day-total',
  'by-hand': 'kind.by-hand',
  'paid-not-sold': 'kind.paid-not-sold',
  'sold-not-paid': 'kind.sold-not-paid',
  'amount-differs': 'kind.amount-differs',
  'receipt-used-twice': 'kind.receipt-used-twice',
  'wrong-day': 'kind.wrong-day',
  'reversed-after-sale': 'kind.reversed-after-sale',
  'unexpected-charge': 'kind.unexpected-charge',
  'unknown-receipt': 'kind.unknown-receipt',
};

/** The text id of a rule or an exception kind. */
export function kindWord(kind: string): string {
  return KIND_WORDS[kind] ?? 'kind.other';
}

const MOVEMENT_WORDS: Readonly<Record<string, string>> = {
  'customer-payment': 'movement.customer-payment',
  charge: 'movement.charge',
  reversal: 'movement.reversal',
  sweep: 'movement.sweep',
  loan: 'movement.loan',
  'loan-repayment': 'movement.loan-repayment',
  withdrawal: 'movement.withdrawal',
  'business-payment': 'movement.business-payment',
};

/** The text id of what a movement is. */
export function movementWord(kind: string): string {
  return MOVEMENT_WORDS[kind] ?? 'movement.other';
}

/** These say that money or goods may be missing; the other kinds only ask to be looked at. */
const SERIOUS = new Set(['sold-not-paid', 'receipt-used-twice', 'reversed-after-sale', 'unknown-receipt']);

export type Badge = {
  readonly tone: Tone;
  readonly icon: LucideIcon;
  readonly word: string;
  readonly rule: string | null;
};

/** The sign in the middle of a row: how sure, or what is wrong; `rule` says on what ground. */
export function badgeOf(row: ReconcileRow, isChoice: boolean): Badge {
  const rule = kindWord(row.kind);
  if (row.state === 'parked') return { tone: 'quiet', icon: CirclePause, word: 'reconcile.parked', rule };
  if (row.state === 'matched') return { tone: 'good', icon: Check, word: rule, rule: null };
  if (row.type === 'exception') {
    const isSerious = SERIOUS.has(row.kind);
    return {
      tone: isSerious ? 'bad' : 'open',
      icon: isSerious ? CircleX : CircleAlert,
      word: rule,
      rule: null,
    };
  }
  if (isChoice) return { tone: 'open', icon: Split, word: 'reconcile.ambiguous', rule };
  if (row.band === 'possible')
    return { tone: 'quiet', icon: CircleQuestionMark, word: 'reconcile.possible', rule };
  if (row.band === 'certain') return { tone: 'good', icon: CircleCheck, word: 'reconcile.certain', rule };
  return { tone: 'likely', icon: CircleCheck, word: 'reconcile.likely', rule };
}
