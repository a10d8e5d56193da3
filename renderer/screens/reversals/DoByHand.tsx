import { Button, CopyButton } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { useText } from '#renderer/lib/text.tsx';
import { toDecimal } from '#shared/domain/money.ts';
import styles from './Reversals.module.css';
import { METHOD_WORDS, type Reversal } from './reversal-words.ts';

/** What a person does outside Daftari, with what must be typed there to copy. */
export function DoByHand({ reversal }: { reversal: Reversal }) {
  const { t } = useText();
  return (
    <section className={styles.byHand} aria-label={t(METHOD_WORDS[reversal.method])}>
      <p>{t('reversals.by-hand-how', { method: reversal.method.replace('-', '_') })}</p>
      {reversal.method === 'by-hand' && (
        <div className={styles.buttons}>
          <CopyValue label={t('reversals.copy-receipt')} value={reversal.receipt} />
          <CopyValue label={t('reversals.copy-amount')} value={toDecimal(reversal.amountCents)} />
        </div>
      )}
    </section>
  );
}

function CopyValue({ label, value }: { label: string; value: string }) {
  const { t } = useText();
  return (
    <CopyButton value={value} timeout={2_000}>
      {({ copied, copy }) => (
        <Button
          size="xs"
          variant="default"
          onClick={copy}
          leftSection={copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
        >
          {copied ? t('reversals.copied') : `${label}: ${value}`}
        </Button>
      )}
    </CopyButton>
  );
}
