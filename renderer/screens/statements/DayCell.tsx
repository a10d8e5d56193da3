import {
  CircleCheck,
  CircleDashed,
  Clock,
  Hourglass,
  type LucideIcon,
  Satellite,
  TriangleAlert,
} from 'lucide-react';
import { useText } from '#renderer/lib/text.tsx';
import { ZERO } from '#shared/domain/money.ts';
import type { BusinessDay } from '#shared/domain/time.ts';
import styles from './CoverageCalendar.module.css';
import type { CalendarCell, CellState } from './coverage-calendar.ts';

const SIGNS: Readonly<Record<Exclude<CellState, 'ahead'>, { icon: LucideIcon; words: string }>> = {
  full: { icon: CircleCheck, words: 'coverage.full' },
  partial: { icon: Clock, words: 'coverage.partial' },
  pulled: { icon: Satellite, words: 'coverage.pulled' },
  'pulled-partly': { icon: Satellite, words: 'coverage.pulled-partly' },
  gap: { icon: TriangleAlert, words: 'coverage.gap' },
  uncovered: { icon: CircleDashed, words: 'coverage.uncovered' },
  today: { icon: Hourglass, words: 'coverage.today' },
};

/** One day: how far statements cover it, what was paid, what is still open. Pressing it opens the day. */
export function DayCell({ cell, onOpen }: { cell: CalendarCell; onOpen: (day: BusinessDay) => void }) {
  const { t, day, money, clock, count } = useText();
  if (cell.state === 'ahead') return <div className={`${styles.day} ${styles.ahead ?? ''}`}>{cell.date}</div>;
  const { icon: Icon, words } = SIGNS[cell.state];
  const coverage = cell.coverage;
  const state =
    cell.state === 'partial' && coverage !== null && coverage.coveredTo !== null
      ? t('coverage.partial-to', { time: clock(coverage.coveredTo) })
      : t(words);
  const lost = (coverage?.lost ?? []).map(({ from, to }) =>
    t('coverage.lost', { from: clock(from), to: clock(to) }),
  );
  const payments = t('coverage.payments', { count: coverage?.payments ?? 0 });
  const open = t('coverage.open', { count: coverage?.openCount ?? 0 });
  const label = t('coverage.day-label', {
    day: day(cell.day),
    state: [state, ...lost].join(', '),
    payments,
    money: money(coverage?.cents ?? ZERO),
    open,
  });
  return (
    <button
      type="button"
      className={`${styles.day} ${styles[cell.state] ?? ''}`}
      title={label}
      onClick={() => onOpen(cell.day)}
    >
      <span className={styles.top}>
        <span className={styles.date}>
          {cell.date}
          <span className="visually-hidden">{day(cell.day).slice(String(cell.date).length)}</span>
        </span>
        <span className={styles.sign}>
          <Icon size={14} aria-hidden />
          <span className={styles.words}>{state}</span>
        </span>
      </span>
      {lost.length > 0 && (
        <span className={styles.lost}>{lost.length === 1 ? lost[0] : t('coverage.lost-several')}</span>
      )}
      {coverage !== null && (coverage.payments > 0 || coverage.openCount > 0) && (
        <span className={styles.bottom}>
          <span>
            {count(coverage.payments)} · {money(coverage.cents)}
          </span>
          <span className={styles.openCount}>{coverage.openCount > 0 && open}</span>
        </span>
      )}
    </button>
  );
}
