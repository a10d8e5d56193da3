import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { CircleHelp, Search } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Amount } from '#renderer/components/Amount.tsx';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { ask } from '#renderer/lib/api.ts';
import { useText } from '#renderer/lib/text.tsx';
import { parseAmount, toDecimal } from '#shared/domain/money.ts';
import type { NoReceipt } from '#shared/ipc/look-up-channels.ts';
import type { PaymentView } from '#shared/ipc/views.ts';
import { readClock, writeClock } from './clock-field.ts';
import styles from './LookUp.module.css';

type Props = {
  read: NoReceipt;
  /** Null for whoever may only read. */
  onLookUp: ((receipt: string) => void) | null;
};

/** No M-PESA receipt, perhaps a bank's or another network's: what came in may still be found by amount and time. */
export function NoReceiptCard({ read, onLookUp }: Props) {
  const { t } = useText();
  return (
    <div className={styles.answer}>
      <section
        className={`${styles.card} ${styles.quiet}`}
        aria-labelledby="verdict-title"
        data-testid="verdict"
        data-kind="not-a-receipt"
      >
        <span className={styles.medal}>
          <CircleHelp size={26} aria-hidden />
        </span>
        <div className={styles.words}>
          {read.code !== null && <p className={styles.receipt}>{read.code}</p>}
          <h2 id="verdict-title">{t('look-up-screen.no-receipt')}</h2>
          <p>{t('look-up-screen.no-receipt-text')}</p>
          {read.saysFailed && <p className={styles.question}>{t('look-up-screen.says-failed')}</p>}
        </div>
      </section>
      <AmountSearch read={read} onLookUp={onLookUp} />
    </div>
  );
}

function AmountSearch({ read, onLookUp }: Props) {
  const { t } = useText();
  const [amount, setAmount] = useState(read.amountCents === null ? '' : toDecimal(read.amountCents));
  const [at, setAt] = useState(writeClock(read.at));
  const cents = parseAmount(amount);
  const time = readClock(at);
  const isReady = cents.ok && cents.cents > 0 && time !== 'unreadable';
  const search = useMutation({
    mutationFn: () => {
      if (!cents.ok || time === 'unreadable') throw new Error('searched before there was an amount');
      return ask('look-up:search', { amountCents: cents.cents, at: time });
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isReady) search.mutate();
  }

  return (
    <section className={styles.search} aria-labelledby="search-title">
      <h3 id="search-title">{t('look-up-screen.search-title')}</h3>
      <form className={styles.searchForm} onSubmit={submit}>
        <TextInput
          label={t('look-up-screen.amount')}
          leftSection="KES"
          leftSectionWidth={44}
          inputMode="decimal"
          autoComplete="off"
          maxLength={20}
          value={amount}
          onChange={(event) => setAmount(event.currentTarget.value)}
        />
        <TextInput
          label={t('look-up-screen.search-time')}
          placeholder="2026-03-14 10:42"
          autoComplete="off"
          maxLength={20}
          value={at}
          error={time === 'unreadable' ? t('look-up-screen.search-time-wrong') : null}
          onChange={(event) => setAt(event.currentTarget.value)}
        />
        <Button
          type="submit"
          variant="default"
          disabled={!isReady}
          loading={search.isPending}
          leftSection={<Search size={16} aria-hidden />}
        >
          {t('look-up-screen.search')}
        </Button>
      </form>
      {search.error !== null && <ErrorNotice error={search.error} />}
      <div role="status">
        {search.data !== undefined && <Found payments={search.data.payments} onLookUp={onLookUp} />}
      </div>
    </section>
  );
}

type FoundProps = Pick<Props, 'onLookUp'> & { payments: readonly PaymentView[] };

function Found({ payments, onLookUp }: FoundProps) {
  const { t, time, day } = useText();
  if (payments.length === 0) return <p className={styles.fine}>{t('look-up-screen.search-none')}</p>;
  return (
    <ul className={styles.found}>
      {payments.map((payment) => (
        <li key={payment.id}>
          <span>
            {payment.receipt}
            <small>
              {[payment.precision === 'day' ? day(payment.day) : time(payment.at), payment.till, payment.name]
                .filter((part) => part !== null)
                .join(' · ')}
            </small>
          </span>
          <Amount cents={payment.amountCents} withCurrency isStrong />
          {onLookUp !== null && (
            <Button
              size="compact-sm"
              variant="default"
              aria-label={t('look-up-screen.show-found', { receipt: payment.receipt })}
              onClick={() => onLookUp(payment.receipt)}
            >
              {t('look-up-screen.show')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
