import { KeyButton } from '../components/KeyButton.tsx';
import { useShownPhone } from '../lib/reveal.ts';
import { useText } from '../lib/text.tsx';
import styles from './PhoneFact.module.css';
import { type Revealable, useReveal } from './use-reveal.ts';

/** The customer's number among the facts of a payment or a sale: masked, with the way to see it for those who may. */
export function PhoneFact({ owner, masked }: { owner: Revealable; masked: string | null }) {
  const { t } = useText();
  const { isAllowed, run } = useReveal();
  const phone = useShownPhone(owner, masked);
  const isShown = phone !== masked;
  return (
    <span className={styles.line}>
      <span className={isShown ? styles.shown : undefined}>{phone ?? '–'}</span>
      {isAllowed && owner.hasFullPhone && !isShown && (
        <KeyButton stroke="V" size="compact-xs" onPress={() => run([owner])}>
          {t('privacy.reveal')}
        </KeyButton>
      )}
    </span>
  );
}
