import { Button, Skeleton } from '@mantine/core';
import { Hash } from 'lucide-react';
import { useLocation } from 'wouter';
import { paths } from '#renderer/app/routes.ts';
import { EmptyState } from '#renderer/components/EmptyState.tsx';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { useAnswer, useAppState } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import { RelayCard } from '../relay/RelayCard.tsx';
import { CertificateCard } from './CertificateCard.tsx';
import styles from './Safaricom.module.css';
import { ShortCodeCard } from './ShortCodeCard.tsx';
import { hasSomething } from './standing.ts';

/** A card for each number of the shop; beside them what all of them share. */
export function SetUpTab() {
  const { t } = useText();
  const [, navigate] = useLocation();
  const { permissions } = useAppState();
  const canChange = permissions.includes('safaricom.write');
  const { data, error, isPending, refetch } = useAnswer('credential:list', {});
  const registrations = useAnswer('registration:list', {});
  if (isPending) return <Skeleton className={styles.waiting ?? ''} height={320} />;
  if (error !== null) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  const { codes, environment } = data;
  const isFresh = !codes.some(hasSomething);
  return (
    <div className={styles.columns}>
      <div className={styles.column}>
        {codes.length === 0 && (
          <EmptyState
            icon={Hash}
            title={t('safaricom-screen.no-numbers')}
            actions={
              <Button onClick={() => navigate(paths.settings)}>{t('safaricom-screen.to-settings')}</Button>
            }
          >
            {t('safaricom-screen.no-numbers-text')}
          </EmptyState>
        )}
        {isFresh && codes.length > 0 && <p className={styles.lead}>{t('safaricom-screen.fresh')}</p>}
        {codes.map((code, index) => (
          <ShortCodeCard
            key={code.shortCode}
            code={code}
            environment={environment}
            registrations={registrations.data ?? null}
            canChange={canChange}
            // Head office and store numbers have rarely credentials of their own.
            startsOpen={hasSomething(code) || (isFresh && index === 0)}
          />
        ))}
      </div>
      <div className={styles.column}>
        <RelayCard />
        <CertificateCard canChange={canChange} />
      </div>
    </div>
  );
}
