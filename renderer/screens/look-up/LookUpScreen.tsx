import { useQueryClient } from '@tanstack/react-query';
import { SearchCheck } from 'lucide-react';
import { useState } from 'react';
import { useLocation, useParams } from 'wouter';
import { paths } from '#renderer/app/routes.ts';
import { EmptyState } from '#renderer/components/EmptyState.tsx';
import { PageHeader } from '#renderer/components/PageHeader.tsx';
import { keyOf, useAppState } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { LookUpView, NoReceipt } from '#shared/ipc/look-up-channels.ts';
import { AskField } from './AskField.tsx';
import { DemoExamples } from './DemoExamples.tsx';
import styles from './LookUp.module.css';
import { NoReceiptCard } from './NoReceiptCard.tsx';
import { OpenReceipt } from './OpenReceipt.tsx';
import { type LookUpPlace, readPlace } from './place.ts';
import { RecentLookUps } from './RecentLookUps.tsx';
import { VerdictView } from './VerdictView.tsx';

/** "Is this payment real?": one field that takes anything, the answer in one glance, and what speaks for it. */
export function LookUpScreen() {
  const { t } = useText();
  const { what } = useParams<{ what?: string }>();
  const { permissions, environment } = useAppState();
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [noReceipt, setNoReceipt] = useState<NoReceipt | null>(null);
  const mayAsk = permissions.includes('payments.look-up');
  const place = readPlace(what);
  const isDemo = environment === 'demo';

  function show(lookUp: LookUpView, how: { replace?: boolean } = {}) {
    const shown = keyOf('look-up:show', { lookUpId: lookUp.id });
    client.setQueryData(shown, lookUp);
    // News of it may have come before it did.
    void client.invalidateQueries({ queryKey: shown });
    setNoReceipt(null);
    navigate(`${paths.lookUp}/${lookUp.id}`, how);
  }

  function lookUpReceipt(receipt: string) {
    setNoReceipt(null);
    navigate(`${paths.lookUp}/${receipt}`);
  }

  return (
    <div className={styles.screen}>
      <PageHeader title={t('look-up-screen.title')} sub={t('look-up-screen.subtitle')} />
      <div className={styles.columns}>
        <div className={styles.main}>
          {mayAsk ? (
            <AskField onFound={show} onNoReceipt={setNoReceipt} />
          ) : (
            <p className={styles.fine}>{t('look-up-screen.read-only')}</p>
          )}
          {noReceipt === null ? (
            <Answer place={place} mayAsk={mayAsk} onFound={(lookUp) => show(lookUp, { replace: true })} />
          ) : (
            <NoReceiptCard
              key={JSON.stringify(noReceipt)}
              read={noReceipt}
              onLookUp={mayAsk ? lookUpReceipt : null}
            />
          )}
          {mayAsk && isDemo && <DemoExamples onFound={show} onNoReceipt={setNoReceipt} />}
        </div>
        <RecentLookUps
          openId={place.type === 'look-up' && noReceipt === null ? place.id : null}
          onOpen={(id) => {
            setNoReceipt(null);
            navigate(`${paths.lookUp}/${id}`);
          }}
        />
      </div>
    </div>
  );
}

type AnswerProps = { place: LookUpPlace; mayAsk: boolean; onFound: (lookUp: LookUpView) => void };

function Answer({ place, mayAsk, onFound }: AnswerProps) {
  const { t } = useText();
  if (place.type === 'look-up') return <VerdictView key={place.id} lookUpId={place.id} mayAsk={mayAsk} />;
  if (place.type === 'receipt' && mayAsk)
    return <OpenReceipt key={place.receipt} receipt={place.receipt} onFound={onFound} />;
  return (
    <EmptyState icon={SearchCheck} title={t('look-up-screen.empty-title')}>
      {t('look-up-screen.empty-text')}
    </EmptyState>
  );
}
