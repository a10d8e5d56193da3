import { Skeleton } from '@mantine/core';
import { ShieldCheck } from 'lucide-react';
import { EmptyState } from '#renderer/components/EmptyState.tsx';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { useAnswer } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import styles from './Callbacks.module.css';
import { RefusedTable } from './RefusedTable.tsx';

/** What the relay turned away before anything of it reached the books, by its own account. */
export function RefusedList() {
  const { t } = useText();
  const { data, error, refetch } = useAnswer('callback:refused', {});
  if (error !== null) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton height={200} m={24} />;
  const { asOf, refused } = data;
  if (refused.length === 0) {
    return (
      <EmptyState icon={ShieldCheck} title={t('callbacks.none-refused')}>
        {asOf === null ? t('callbacks.refused-unknown') : t('callbacks.refused-as-of', { at: { at: asOf } })}
      </EmptyState>
    );
  }
  return (
    <div className={styles.scroll}>
      <p className={styles.fine}>{t('callbacks.refused-hint')}</p>
      {asOf !== null && <p className={styles.fine}>{t('callbacks.refused-as-of', { at: { at: asOf } })}</p>}
      <RefusedTable refused={refused} />
    </div>
  );
}
