import { Hourglass, Radio } from 'lucide-react';
import { useText } from '#renderer/lib/text.tsx';
import type { PaymentView } from '#shared/ipc/views.ts';
import styles from './Standing.module.css';

/** What a reader must know of a payment that no statement and no Pull has shown yet; nothing for one that is settled. */
export function Standing({ payments }: { payments: readonly Pick<PaymentView, 'standing'>[] }) {
  const { t } = useText();
  const standings = payments.map((payment) => payment.standing);
  if (standings.includes('wait')) {
    return (
      <span className={`${styles.mark} ${styles.wait}`} title={t('standing.wait-long')}>
        <Hourglass size={12} aria-hidden /> {t('standing.wait')}
      </span>
    );
  }
  if (!standings.includes('reported')) return null;
  return (
    <span className={styles.mark} title={t('standing.reported-long')}>
      <Radio size={12} aria-hidden /> {t('standing.reported')}
    </span>
  );
}
