import { useCallback, useMemo } from 'react';
import { useAppState } from '../lib/queries.ts';
import { type PhoneOwner, revealPhone, SHOWN_SECONDS } from '../lib/reveal.ts';
import { useText } from '../lib/text.tsx';
import { useToasts } from './toasts.tsx';

export type Revealable = PhoneOwner & { readonly hasFullPhone: boolean };

export type Reveal = {
  /** Whether the role may; the core decides again. */
  readonly isAllowed: boolean;
  /** Shows the first full number among what is in focus, or says that there is none. */
  readonly run: (candidates: readonly Revealable[]) => void;
};

/** One key, one number, one entry in the log. */
export function useReveal(): Reveal {
  const { t } = useText();
  const { permissions } = useAppState();
  const { say, failed } = useToasts();
  const run = useCallback(
    (candidates: readonly Revealable[]) => {
      const found = candidates.find((candidate) => candidate.hasFullPhone);
      if (found === undefined) return say(t('privacy.only-masked'));
      const { type, id } = found;
      revealPhone({ type, id }).then(
        ({ phone, leftToday }) => say(t('privacy.shown', { phone, seconds: SHOWN_SECONDS, left: leftToday })),
        failed,
      );
    },
    [t, say, failed],
  );
  const isAllowed = permissions.includes('phones.reveal');
  return useMemo(() => ({ isAllowed, run }), [isAllowed, run]);
}
