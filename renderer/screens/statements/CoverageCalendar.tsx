import { ActionIcon, Skeleton } from '@mantine/core';
import { ChevronLeft, ChevronRight, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { reconcilePath } from '#renderer/app/routes.ts';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { TillPicker } from '#renderer/components/TillPicker.tsx';
import { useAnswer, useAppState } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import { type BusinessDay, businessDayOf, type UtcMs } from '#shared/domain/time.ts';
import styles from './CoverageCalendar.module.css';
import { layOutMonth, monthOf, moveMonth, summariseMonth } from './coverage-calendar.ts';
import { DayCell } from './DayCell.tsx';
import { MONTH_WORDS, WEEKDAY_WORDS } from './month-words.ts';
import { PullStatus } from './PullStatus.tsx';

/** Which days the statements cover, month by month: whole, in part, or not at all. */
export function CoverageCalendar() {
  const { t } = useText();
  const { latestDay } = useAppState();
  const [, navigate] = useLocation();
  const today = businessDayOf(Date.now() as UtcMs);
  const [month, setMonth] = useState(() => monthOf(latestDay ?? today));
  const [tillId, setTillId] = useState<number | null>(null);
  const days = useAnswer('coverage:month', { month, tillId });
  const before = useAnswer('coverage:month', { month: moveMonth(month, -1), tillId });
  const isCoveredBefore = before.data?.days.some((day) => day.state !== 'none') ?? false;
  const isOfMonth = days.data !== undefined && !days.isPlaceholderData;
  const weeks = layOutMonth(month, isOfMonth ? days.data.days : [], today, isCoveredBefore);
  const summary = summariseMonth(weeks);
  const [year = '', number = '1'] = month.split('-');
  return (
    <div className={styles.calendar}>
      <div className={styles.head}>
        <MonthStep
          label={t('coverage.previous')}
          icon={ChevronLeft}
          onPress={() => setMonth(moveMonth(month, -1))}
        />
        <MonthStep
          label={t('coverage.next')}
          icon={ChevronRight}
          onPress={() => setMonth(moveMonth(month, 1))}
        />
        <h2 aria-live="polite">
          {t(MONTH_WORDS[Number(number) - 1] ?? '')} {year}
        </h2>
        <span className={styles.summary}>{isOfMonth && t('coverage.summary', summary)}</span>
        <TillPicker tillId={tillId} onChange={setTillId} />
      </div>
      <PullStatus />
      {days.error !== null ? (
        <ErrorNotice error={days.error} onRetry={() => void days.refetch()} />
      ) : (
        <table className={styles.month}>
          <thead>
            <tr>
              {WEEKDAY_WORDS.map((id) => (
                <th key={id} scope="col">
                  {t(id)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeks.map((week) => (
              <tr key={week.find((cell) => cell !== null)?.day ?? month}>
                {week.map((cell, place) => (
                  <td key={cell?.day ?? WEEKDAY_WORDS[place]}>
                    {cell !== null && !isOfMonth && <Skeleton height="100%" />}
                    {cell !== null && isOfMonth && (
                      <DayCell cell={cell} onOpen={(day: BusinessDay) => navigate(reconcilePath(day))} />
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className={styles.fine}>{t('coverage.gap-help')}</p>
    </div>
  );
}

function MonthStep({ label, icon: Icon, onPress }: { label: string; icon: LucideIcon; onPress: () => void }) {
  return (
    <ActionIcon variant="default" size={30} aria-label={label} onClick={onPress}>
      <Icon size={16} aria-hidden />
    </ActionIcon>
  );
}
