import { Button, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { useAppState } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { RelayView } from '#shared/ipc/relay-channels.ts';
import { ForgetRelay } from './ForgetRelay.tsx';
import { PairForm } from './PairForm.tsx';
import styles from './Relay.module.css';
import { RelayState } from './RelayState.tsx';
import { useRelay } from './use-relay.ts';

/** The relay that Safaricom's answers come through: pairing, how it stands, what its operator can and cannot see. */
export function RelayCard() {
  const { t } = useText();
  const { data, error, refetch } = useRelay();
  return (
    <section className={styles.card} aria-labelledby="relay-title">
      <h2 id="relay-title">{t('relay.title')}</h2>
      <p className={styles.hint}>{t('relay.what')}</p>
      {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <Skeleton height={96} />}
      {data !== undefined && <Loaded view={data} />}
      <details className={styles.trust}>
        <summary>{t('relay.trust-title')}</summary>
        <ul>
          <li>{t('relay.trust-sees')}</li>
          <li>{t('relay.trust-stores')}</li>
          <li>{t('relay.trust-could')}</li>
          <li>{t('relay.trust-unsigned')}</li>
          <li>{t('relay.trust-without')}</li>
        </ul>
      </details>
    </section>
  );
}

function Loaded({ view: { pairing } }: { view: RelayView }) {
  const { t } = useText();
  const mayWrite = useAppState().permissions.includes('safaricom.write');
  const [isPairing, setPairing] = useState(false);
  const [isForgetting, setForgetting] = useState(false);
  if (pairing === null)
    return mayWrite ? <PairForm onDone={() => undefined} /> : <p>{t('relay.owner-pairs')}</p>;
  return (
    <>
      <RelayState pairing={pairing} />
      {mayWrite && !isPairing && (
        <div className={styles.acts}>
          <Button size="xs" variant="default" onClick={() => setPairing(true)}>
            {t('relay.pair-again')}
          </Button>
          <Button size="xs" variant="default" onClick={() => setForgetting(true)}>
            {t('relay.forget')}
          </Button>
        </div>
      )}
      {isPairing && <PairForm onDone={() => setPairing(false)} onCancel={() => setPairing(false)} />}
      {isForgetting && <ForgetRelay onClose={() => setForgetting(false)} />}
    </>
  );
}
