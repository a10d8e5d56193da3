import { Button } from '@mantine/core';
import { CircleAlert, RotateCw } from 'lucide-react';
import { RequestFailure, referenceBeside } from '../lib/api.ts';
import { useText } from '../lib/text.tsx';
import styles from './Notice.module.css';

/** Why something could not be shown, and the way to try again. */
export function ErrorNotice({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t, tell } = useText();
  const failure = error instanceof RequestFailure ? error.failure : null;
  const reference = failure === null ? undefined : referenceBeside(failure);
  return (
    <div className={styles.notice} role="alert">
      <CircleAlert size={28} className={styles.bad} aria-hidden />
      <h2>{t('app.could-not-show')}</h2>
      <p>{failure === null ? t('app.unexpected') : tell(failure.message)}</p>
      {reference !== undefined && <p className={styles.fine}>{t('app.reference', { reference })}</p>}
      {onRetry !== undefined && (
        <Button variant="default" leftSection={<RotateCw size={16} aria-hidden />} onClick={onRetry}>
          {t('app.try-again')}
        </Button>
      )}
    </div>
  );
}
