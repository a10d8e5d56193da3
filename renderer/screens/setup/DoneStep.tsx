import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { OneTimeCodes } from '#renderer/components/OneTimeCodes.tsx';
import { useText } from '#renderer/lib/text.tsx';
import styles from '../access/Form.module.css';

type Props = { codes: readonly string[]; shopName: string; onDone: () => void };

/** The books are open; the codes for a lost phone are shown once before anything else. */
export function DoneStep({ codes, shopName, onDone }: Props) {
  const { t } = useText();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <div className={styles.form}>
      <div className={styles.head}>
        <h1 ref={title} tabIndex={-1}>
          {t('wizard.done-title', { shop: shopName })}
        </h1>
        <p className={styles.soft}>{t('wizard.done-why')}</p>
      </div>
      {codes.length > 0 && <OneTimeCodes codes={codes} shopName={shopName} />}
      <div className={styles.actions}>
        <Button onClick={onDone}>{t(codes.length > 0 ? 'wizard.codes-kept' : 'wizard.to-books')}</Button>
      </div>
    </div>
  );
}
