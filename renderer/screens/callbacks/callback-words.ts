import { Check, CircleDashed, Copy, FileQuestion, type LucideIcon, ShieldAlert } from 'lucide-react';
import type { Tone } from '#renderer/components/Chip.tsx';
import type { Text } from '#renderer/lib/text.tsx';
import type { CallbackKind, CallbackOutcome } from '#shared/ipc/callback-channels.ts';

/** The words, the sign and the colour of what became of a callback. */
export const OUTCOMES: Readonly<Record<CallbackOutcome, { words: string; tone: Tone; icon: LucideIcon }>> = {
  matched: { words: 'callbacks.outcome-matched', tone: 'good', icon: Check },
  unmatched: { words: 'callbacks.outcome-unmatched', tone: 'quiet', icon: CircleDashed },
  duplicate: { words: 'callbacks.outcome-duplicate', tone: 'quiet', icon: Copy },
  suspicious: { words: 'callbacks.outcome-suspicious', tone: 'bad', icon: ShieldAlert },
  unreadable: { words: 'callbacks.outcome-unreadable', tone: 'open', icon: FileQuestion },
};

export const KINDS: Readonly<Record<CallbackKind, string>> = {
  result: 'callbacks.kind-result',
  timeout: 'callbacks.kind-timeout',
  confirmation: 'callbacks.kind-confirmation',
  validation: 'callbacks.kind-validation',
  unreadable: 'callbacks.kind-unreadable',
};

/** What our question was about; null for what is answered at once and never by a callback. */
export const QUESTIONS: Readonly<Record<string, string>> = {
  status: 'callbacks.asked-status',
  reversal: 'callbacks.asked-reversal',
  balance: 'callbacks.asked-balance',
};

export const ALL_OUTCOMES = Object.keys(OUTCOMES) as CallbackOutcome[];
export const ALL_KINDS = Object.keys(KINDS) as CallbackKind[];

/** Why the relay turned something away. */
const REASONS: Readonly<Record<string, string>> = {
  address: 'relay.reason-address',
  path: 'relay.reason-path',
  method: 'relay.reason-method',
  size: 'relay.reason-size',
  slow: 'relay.reason-slow',
  broken: 'relay.reason-broken',
  unpaired: 'relay.reason-unpaired',
  revoked: 'relay.reason-revoked',
  storage: 'relay.reason-storage',
  signature: 'relay.reason-signature',
  clock: 'relay.reason-clock',
  replay: 'relay.reason-replay',
  pairing: 'relay.reason-pairing',
  form: 'relay.reason-form',
};

/** In words; what only a newer relay says is told by its own word. */
export function reasonWords(reason: string, t: Text['t']): string {
  const words = REASONS[reason];
  return words === undefined ? reason : t(words);
}
