import {
  Ban,
  Check,
  CircleHelp,
  Clock,
  Hand,
  type LucideIcon,
  Send,
  Undo2,
  UserCheck,
  X,
} from 'lucide-react';
import type { Tone } from '#renderer/components/Chip.tsx';
import type { Output } from '#shared/ipc/contract.ts';

export type Reversal = Output<'reversal:list'>['reversals'][number];
export type ReversalDetail = Output<'reversal:show'>;
export type ReversalTab = 'waiting' | 'open' | 'history';

type StateLook = { readonly tone: Tone; readonly icon: LucideIcon; readonly word: string };

/** How a state is shown in a list: sign, colour and word, which say the same. */
export const STATE_LOOK: Readonly<Record<Reversal['state'], StateLook>> = {
  requested: { tone: 'open', icon: Clock, word: 'reversals.state.requested' },
  approved: { tone: 'likely', icon: UserCheck, word: 'reversals.state.approved' },
  sending: { tone: 'likely', icon: Send, word: 'reversals.state.sending' },
  accepted: { tone: 'likely', icon: Send, word: 'reversals.state.accepted' },
  unknown: { tone: 'open', icon: CircleHelp, word: 'reversals.state.unknown' },
  'by-hand': { tone: 'open', icon: Hand, word: 'reversals.state.by-hand' },
  done: { tone: 'good', icon: Check, word: 'reversals.state.done' },
  already: { tone: 'good', icon: Undo2, word: 'reversals.state.already' },
  failed: { tone: 'bad', icon: X, word: 'reversals.state.failed' },
  'not-reversed': { tone: 'quiet', icon: X, word: 'reversals.state.not-reversed' },
  rejected: { tone: 'quiet', icon: Ban, word: 'reversals.state.rejected' },
  expired: { tone: 'quiet', icon: Clock, word: 'reversals.state.expired' },
  cancelled: { tone: 'quiet', icon: Ban, word: 'reversals.state.cancelled' },
};

export const METHOD_WORDS: Readonly<Record<Reversal['method'], string>> = {
  daraja: 'reversals.method.daraja',
  'by-hand': 'reversals.method.by-hand',
  cash: 'reversals.method.cash',
  'send-money': 'reversals.method.send-money',
};

export const REASON_WORDS: Readonly<Record<Reversal['reason'], string>> = {
  'goods-returned': 'reversals.reason.goods-returned',
  'paid-twice': 'reversals.reason.paid-twice',
  'wrong-amount': 'reversals.reason.wrong-amount',
  'wrong-shop': 'reversals.reason.wrong-shop',
  'not-delivered': 'reversals.reason.not-delivered',
  other: 'reversals.reason.other',
};

/** Customer and masked number, as far as the books know them. */
export function customerOf({ customer, phone }: Reversal): string {
  return [customer, phone].filter((part) => part !== null).join(' · ') || '–';
}
