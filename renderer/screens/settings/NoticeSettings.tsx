import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useToasts } from '#renderer/app/toasts.tsx';
import { useAppState } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import { parseAmount } from '#shared/domain/money.ts';
import styles from './SettingsScreen.module.css';
import { useSaveSettings } from './save-settings.ts';

/** From which amount on a payment that only a notice reports is asked about at once, and held back meanwhile. */
export function NoticeSettings({ canChange }: { canChange: boolean }) {
  const { t, money, kes } = useText();
  const { askAboveCents } = useAppState();
  const { say } = useToasts();
  const { mutate, isPending } = useSaveSettings();
  const [typed, setTyped] = useState(() => money(askAboveCents));
  const amount = parseAmount(typed);
  const isRight = amount.ok && amount.cents >= 0;
  const isChanged = !isRight || amount.cents !== askAboveCents;

  function save(event: FormEvent) {
    event.preventDefault();
    if (!isRight || !isChanged) return;
    mutate({ askAboveCents: amount.cents }, { onSuccess: () => say(t('app.saved')) });
  }

  return (
    <section className={styles.card}>
      <h2>{t('settings.notices')}</h2>
      {canChange ? (
        <form className={styles.form} onSubmit={save}>
          <TextInput
            label={t('settings.ask-above')}
            value={typed}
            maxLength={20}
            inputMode="decimal"
            leftSection="KES"
            leftSectionWidth={48}
            error={isRight ? null : t('settings.ask-above-wrong')}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Button type="submit" disabled={!isChanged || !isRight} loading={isPending}>
            {t('app.save')}
          </Button>
        </form>
      ) : (
        <div className={styles.line}>
          <span className={styles.name}>{t('settings.ask-above')}</span>
          <strong>{kes(askAboveCents)}</strong>
        </div>
      )}
      <p className={styles.hint}>{t('settings.ask-above-why')}</p>
      {!canChange && <p className={styles.hint}>{t('settings.owner-changes')}</p>}
    </section>
  );
}
