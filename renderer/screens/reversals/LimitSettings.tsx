import { Button, Checkbox, Skeleton, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useToasts } from '#renderer/app/toasts.tsx';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { ask } from '#renderer/lib/api.ts';
import { keyOf, useAnswer } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import styles from '../settings/SettingsScreen.module.css';
import { asFields, type LimitFields, type Limits, readLimits } from './limit-fields.ts';

/** How much may go back, and how old it may be. */
export function LimitSettings({ canChange }: { canChange: boolean }) {
  const { t } = useText();
  const limits = useAnswer('reversal:limits', {});
  return (
    <section className={styles.card}>
      <h2>{t('reversals.limits')}</h2>
      <p className={styles.hint}>{t('reversals.limits-hint')}</p>
      {limits.error !== null && <ErrorNotice error={limits.error} onRetry={() => void limits.refetch()} />}
      {limits.data === undefined && limits.error === null && <Skeleton height={160} />}
      {limits.data !== undefined && (
        <Form key={JSON.stringify(limits.data)} limits={limits.data} canChange={canChange} />
      )}
    </section>
  );
}

const FIELDS: readonly (keyof Omit<LimitFields, 'mayBePart'>)[] = [
  'oldestDays',
  'dayCount',
  'dayAmount',
  'personDayCount',
  'personDayAmount',
  'notBackAfterHours',
];
const FIELD_WORDS: Readonly<Record<(typeof FIELDS)[number], string>> = {
  oldestDays: 'reversals.limit-oldest-days',
  dayCount: 'reversals.limit-day-count',
  dayAmount: 'reversals.limit-day-amount',
  personDayCount: 'reversals.limit-person-count',
  personDayAmount: 'reversals.limit-person-amount',
  notBackAfterHours: 'reversals.limit-hours',
};

function Form({ limits, canChange }: { limits: Limits; canChange: boolean }) {
  const { t } = useText();
  const client = useQueryClient();
  const { say, failed } = useToasts();
  const [fields, setFields] = useState<LimitFields>(asFields(limits));
  const read = readLimits(fields);
  const save = useMutation({
    mutationFn: (input: Limits) => ask('reversal:save-limits', input),
    onSuccess: (saved) => {
      client.setQueryData(keyOf('reversal:limits', {}), saved);
      say(t('app.saved'));
    },
    onError: failed,
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (read.ok) save.mutate(read.limits);
  }

  return (
    <form onSubmit={submit} className={styles.form}>
      {FIELDS.map((name) => (
        <TextInput
          key={name}
          label={t(FIELD_WORDS[name])}
          inputMode="decimal"
          placeholder={t('reversals.no-limit')}
          readOnly={!canChange}
          value={fields[name]}
          onChange={(event) => setFields({ ...fields, [name]: event.currentTarget.value })}
          error={!read.ok && read.wrong.includes(name) ? t('reversals.limit-wrong') : null}
        />
      ))}
      <Checkbox
        label={t('reversals.limit-part')}
        description={t('reversals.limit-part-hint')}
        disabled={!canChange}
        checked={fields.mayBePart}
        onChange={(event) => setFields({ ...fields, mayBePart: event.currentTarget.checked })}
      />
      {canChange && (
        <Button type="submit" disabled={!read.ok} loading={save.isPending}>
          {t('app.save')}
        </Button>
      )}
    </form>
  );
}
