import { Button } from '@mantine/core';
import { Check, Copy, Printer } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../lib/text.tsx';
import styles from './OneTimeCodes.module.css';
import { PrintSheet } from './PrintSheet.tsx';

type Props = { codes: readonly string[]; shopName: string; person?: string };

/** Recovery codes of the second factor: shown once, each good for one sign-in without the phone. */
export function OneTimeCodes({ codes, shopName, person }: Props) {
  const { t } = useText();
  const [copied, setCopied] = useState<'no' | 'yes' | 'refused'>('no');

  async function copy() {
    try {
      await navigator.clipboard.writeText(codes.join('\n'));
      setCopied('yes');
    } catch {
      // The system keeps its clipboard to itself; the codes can be printed or written down.
      setCopied('refused');
    }
  }

  return (
    <div className={styles.codes}>
      <p>{t('totp.codes-why')}</p>
      <ul>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={styles.actions}>
        <Button
          variant="default"
          size="xs"
          leftSection={<Printer size={14} aria-hidden />}
          onClick={() => window.print()}
        >
          {t('kit.print')}
        </Button>
        <Button
          variant="default"
          size="xs"
          leftSection={copied === 'yes' ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
          onClick={() => void copy()}
        >
          {t(copied === 'yes' ? 'totp.copied' : 'totp.copy')}
        </Button>
        <span role="status" className={styles.hint}>
          {copied === 'refused' && t('totp.copy-refused')}
        </span>
      </div>
      <PrintSheet>
        <h1>{t('totp.sheet-title')}</h1>
        <p>
          <strong>{shopName}</strong>
          {person !== undefined && ` · ${person}`}
        </p>
        <p>{t('totp.codes-why')}</p>
        <ul>
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ul>
      </PrintSheet>
    </div>
  );
}
