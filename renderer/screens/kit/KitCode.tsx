import { Button } from '@mantine/core';
import { Printer } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { numberGroups } from '#renderer/components/code-groups.ts';
import { PrintSheet } from '#renderer/components/PrintSheet.tsx';
import { useText } from '#renderer/lib/text.tsx';
import styles from '../access/Form.module.css';
import kitStyles from './Kit.module.css';
import { KitSheet } from './KitSheet.tsx';
import type { Kit } from './RecoveryKit.tsx';

type Props = { kit: Kit; shopName: string; onNext: () => void; onBack: () => void; backLabel: string };

/** The eight groups, to print or to write down. */
export function KitCode({ kit, shopName, onNext, onBack, backLabel }: Props) {
  const { t } = useText();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <div className={styles.form}>
      <div className={styles.head}>
        <h1 ref={title} tabIndex={-1} data-autofocus>
          {t('kit.title')}
        </h1>
        <p className={styles.soft}>{t('kit.why')}</p>
      </div>
      <ol className={kitStyles.code} aria-label={t('rescue.code')} data-testid="recovery-code">
        {numberGroups(kit.groups).map(({ number, text }) => (
          <li key={number}>
            <span aria-hidden>{number}</span>
            <code>{text}</code>
          </li>
        ))}
      </ol>
      <p className={styles.fine}>{t('kit.fingerprint', { fingerprint: kit.fingerprint })}</p>
      <ul className={kitStyles.rules}>
        <li>{t('kit.rule-1')}</li>
        <li>{t('kit.rule-2')}</li>
        <li>{t('kit.rule-3')}</li>
      </ul>
      <div className={styles.actions}>
        <Button onClick={onNext}>{t('kit.have-it')}</Button>
        <Button
          variant="default"
          leftSection={<Printer size={16} aria-hidden />}
          onClick={() => window.print()}
        >
          {t('kit.print')}
        </Button>
        <Button variant="default" onClick={onBack}>
          {t(backLabel)}
        </Button>
      </div>
      <PrintSheet>
        <KitSheet kit={kit} shopName={shopName} />
      </PrintSheet>
    </div>
  );
}
