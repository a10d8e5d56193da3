import { Button, Checkbox, Skeleton, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useToasts } from '#renderer/app/toasts.tsx';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { ask } from '#renderer/lib/api.ts';
import { keyOf, useAnswer } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import settings from '../settings/SettingsScreen.module.css';
import styles from './LimitSettings.module.css';
import { asFields, type LimitField, type LimitFields, type Limits, readLimits } from './limit-fields.ts';

/** How much may go back, and how old it may be. */
export function LimitSettings({ canChange }: { canChange: boolean }) {
  const { t } = useText();
  const limits = useAnswer('reversal:limits', {});
  return (
    <section className={settings.card}>
      <h2>{t('reversals.limits')}</h2>
      <p className={settings.hint}>{t('reversals.limits-hint')}</p>
      {limits.error !== null && <ErrorNotice error={limits.error} onRetry={() => void limits.refetch()} />}
      {limits.data === undefined && limits.error === null && <Skeleton height={160} />}
      {limits.data !== undefined && (
        <Form key={JSON.stringify(limits.data)} limits={limits.data} canChange={canChange} />
      )}
    </section>
  );
}

type Words = { readonly label: string; readonly isMoney?: true; readonly hint?: string };

/** In pairs, as they stand side by side. */
const FIELDS: Readonly<Record<LimitField, Words>> = {
  dayCount: { label: 'reversals.limit-day-count' },
  dayAmount: { label: 'reversals.limit-day-amount', isMoney: true },
  personDayCount: { label: 'reversals.limit-person-count' },
  personDayAmount: { label: 'reversals.limit-person-amount', isMoney: true },
  oldestDays: { label: 'reversals.limit-oldest-days' },
  notBackAfterHours: { label: 'reversals.limit-hours', hint: 'reversals.limit-hours-hint' },
};
const NAMES = Object.keys(FIELDS) as LimitField[];

function Form({ limits, canChange }: { limits: Limits; canChange: boolean }) {
  const { t } = useText();
  const client = useQueryClient();
  const { say, failed } = useToasts();
  const [fields, setFields] = useState<LimitFields>(() => asFields(limits));
  const read = readLimits(fields);
  const isChanged = !read.ok || JSON.stringify(read.limits) !== JSON.stringify(limits);
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
      {NAMES.map((name) => {
        const { label, isMoney, hint } = FIELDS[name];
        return (
          <TextInput
            key={name}
            label={t(label)}
            inputMode={isMoney ? 'decimal' : 'numeric'}
            maxLength={20}
            placeholder={t('reversals.no-limit')}
            readOnly={!canChange}
            value={fields[name]}
            onChange={(event) => setFields({ ...fields, [name]: event.currentTarget.value })}
            error={!read.ok && read.wrong.includes(name) ? t('reversals.limit-wrong') : null}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            {...(isMoney ? { leftSection: 'KES', leftSectionWidth: 48 } : {})}
            {...(hint ? { description: t(hint) } : {})}
          />
        );
      })}
      <Checkbox
        className={styles.wide ?? ''}
        label={t('reversals.limit-part')}
        description={t('reversals.limit-part-hint')}
        disabled={!canChange}
        checked={fields.mayBePart}
        onChange={(event) => setFields({ ...fields, mayBePart: event.currentTarget.checked })}
      />
      {canChange && (
        <Button
          type="submit"
          className={styles.save ?? ''}
          disabled={!read.ok || !isChanged}
          loading={save.isPending}
        >
          {t('app.save')}
        </Button>
      )}
    </form>
  );
}
