import { Check, CircleAlert, CircleDashed, KeyRound, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { Tone } from '#renderer/components/Chip.tsx';
import type { CredentialKind } from '#shared/domain/daraja/product.ts';
import type { CredentialView, ShortCodeView } from '#shared/ipc/credential-channels.ts';

export const KINDS: readonly CredentialKind[] = ['app', 'look-up-operator', 'reversal-operator', 'passkey'];

export function hasSomething({ credentials }: ShortCodeView): boolean {
  return KINDS.some((kind) => credentials[kind] !== null);
}

/** How a secret stands, in one word with its sign. */
export type Standing = { readonly word: string; readonly tone: Tone; readonly icon: LucideIcon };

/** The worst that is known of it comes first. */
export function standingOf(view: CredentialView | null): Standing {
  if (view === null) return { word: 'not-set', tone: 'quiet', icon: CircleDashed };
  if (view.kept === 'no') return { word: 'lost', tone: 'bad', icon: TriangleAlert };
  if (view.kept === 'cannot-look') return { word: 'cannot-look', tone: 'open', icon: CircleAlert };
  if (view.state === 'refused') return { word: 'refused', tone: 'bad', icon: TriangleAlert };
  if (view.standing === 'overdue') return { word: 'overdue', tone: 'bad', icon: TriangleAlert };
  if (view.standing === 'due-soon') return { word: 'due-soon', tone: 'open', icon: CircleAlert };
  if (view.state === 'untried') return { word: 'untried', tone: 'likely', icon: KeyRound };
  return { word: 'working', tone: 'good', icon: Check };
}
