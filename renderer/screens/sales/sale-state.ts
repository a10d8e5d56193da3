import { CircleCheck, CircleDashed, CircleSlash, Hourglass, type LucideIcon } from 'lucide-react';
import type { Tone } from '#renderer/components/Chip.tsx';
import type { SaleView } from '#shared/ipc/views.ts';

export type SaleState = { readonly tone: Tone; readonly icon: LucideIcon; readonly words: string };

/** How a sale stands, in one word: gone, not yet closed, not ours to match, matched, or open. */
export function describeSale(sale: SaleView, isMatched: boolean): SaleState {
  if (sale.isUndone) return { tone: 'quiet', icon: CircleSlash, words: 'sales.undone' };
  if (sale.status === 'void') return { tone: 'quiet', icon: CircleSlash, words: 'sales.status-void' };
  if (sale.status === 'cancelled')
    return { tone: 'quiet', icon: CircleSlash, words: 'sales.status-cancelled' };
  if (isMatched) return { tone: 'good', icon: CircleCheck, words: 'sales.matched' };
  if (sale.status === 'open') return { tone: 'quiet', icon: Hourglass, words: 'sales.status-open' };
  if (sale.tender !== 'mpesa') return { tone: 'quiet', icon: CircleDashed, words: 'sales.not-expected' };
  return { tone: 'open', icon: CircleDashed, words: 'sales.unmatched' };
}

/** A sale that no longer counts: it stays on the list, crossed out. */
export function isGone(sale: SaleView): boolean {
  return sale.isUndone || sale.status === 'void' || sale.status === 'cancelled';
}

/** Whether the Reconcile screen has a row for this sale: cash, and what no longer counts, is not compared there. */
export function canBeReconciled(sale: SaleView, isMatched: boolean): boolean {
  return isMatched || (sale.tender === 'mpesa' && sale.status === 'closed' && !sale.isUndone);
}
