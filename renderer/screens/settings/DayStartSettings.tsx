import { Button, NativeSelect } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useToasts } from '#renderer/app/toasts.tsx';
import { ask } from '#renderer/lib/api.ts';
import { keyOf, useAppState } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import { type BusinessDay, businessDayOf, parseBusinessDay, type UtcMs } from '#shared/domain/time.ts';
import type { Input } from '#shared/ipc/contract.ts';
import { listStartTimes, readTimeOfDay, writeTimeOfDay } from './day-start.ts';
import styles from './SettingsScreen.module.css';

/** When the shop's day begins: a bar that closes at 3 counts its night to the evening before. */
export function DayStartSettings({ canChange }: { canChange: boolean }) {
  const { t, day } = useText();
  const { dayStarts } = useAppState();
  return (
    <section className={styles.card}>
      <h2>{t('settings.day-start')}</h2>
      <p className={styles.hint}>{t('settings.day-start-hint')}</p>
      <ul className={styles.tills}>
        {dayStarts.length === 0 && <li>{t('settings.day-start-midnight')}</li>}
        {dayStarts.map((start) => (
          <li key={start.fromDay}>
            <strong>{writeTimeOfDay(start.minutes)}</strong>
            <span>{t('settings.day-start-from', { day: day(start.fromDay) })}</span>
          </li>
        ))}
      </ul>
      {canChange && <ChangeStart key={dayStarts.length} current={dayStarts.at(-1)?.minutes ?? 0} />}
    </section>
  );
}

function ChangeStart({ current }: { current: number }) {
  const { t } = useText();
  const client = useQueryClient();
  const { say, failed } = useToasts();
  const [time, setTime] = useState(writeTimeOfDay(current));
  const [from, setFrom] = useState<string>(businessDayOf(Date.now() as UtcMs));
  const minutes = readTimeOfDay(time);
  const fromDay: BusinessDay | null = parseBusinessDay(from);
  const { dayStarts } = useAppState();
  const last = dayStarts.at(-1);
  // Setting the same again for another day puts a wrong day right.
  const isSo = last === undefined ? minutes === 0 : last.minutes === minutes && last.fromDay === fromDay;
  const { mutate, isPending } = useMutation({
    mutationFn: (input: Input<'day-start:set'>) => ask('day-start:set', input),
    onSuccess: (state) => {
      client.setQueryData(keyOf('app:state', {}), state);
      say(t('app.saved'));
    },
    onError: failed,
  });

  function save(event: FormEvent) {
    event.preventDefault();
    if (minutes !== null && fromDay !== null) mutate({ fromDay, minutes });
  }

  return (
    <form className={styles.form} onSubmit={save}>
      <NativeSelect
        label={t('settings.day-start-at')}
        data={listStartTimes(current)}
        value={time}
        onChange={(event) => setTime(event.currentTarget.value)}
      />
      <DatePickerInput
        label={t('settings.day-start-from-day')}
        valueFormat="D MMM YYYY"
        value={from}
        onChange={(value) => value !== null && setFrom(value)}
        hideOutsideDates
        // The calendar would be a dialog without a name.
        popoverProps={{ withRoles: false }}
        previousLabel={t('days.previous-month')}
        nextLabel={t('days.next-month')}
      />
      <Button type="submit" loading={isPending} disabled={minutes === null || fromDay === null || isSo}>
        {t('app.save')}
      </Button>
    </form>
  );
}
