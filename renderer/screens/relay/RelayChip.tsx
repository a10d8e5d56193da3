import { Radio, RadioTower } from 'lucide-react';
import { Link } from 'wouter';
import { paths } from '#renderer/app/routes.ts';
import { Chip } from '#renderer/components/Chip.tsx';
import { useText } from '#renderer/lib/text.tsx';
import styles from './Relay.module.css';
import { useRelay } from './use-relay.ts';

/** Whether what is shown is all that there is: when the relay was last reached. Leads to where it is set up. */
export function RelayChip() {
  const { t } = useText();
  const { data } = useRelay();
  if (data === undefined) return null;
  const { pairing } = data;
  return (
    <Link href={paths.safaricom} className={styles.chipLink ?? ''}>
      {pairing === null ? (
        <Chip tone="quiet" icon={Radio}>
          {t('relay.chip-none')}
        </Chip>
      ) : (
        <Chip tone={pairing.isStopped ? 'bad' : pairing.isFresh ? 'good' : 'open'} icon={RadioTower}>
          {pairing.isFresh
            ? t('relay.chip-fresh')
            : pairing.reachedAt === null
              ? t('relay.chip-never')
              : t('relay.chip-since', { at: { at: pairing.reachedAt } })}
        </Chip>
      )}
    </Link>
  );
}
