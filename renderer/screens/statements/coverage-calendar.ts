import { addDays, type BusinessDay, parseBusinessDay } from '#shared/domain/time.ts';
import type { CoverageDay } from '#shared/ipc/views.ts';

/** `2026-03`. */
export type Month = string;

/**
 * What a calendar cell says. `gap`: nothing covers this past day although statements exist on both sides of it,
 * or before it; `pulled`, `pulled-partly`: no statement covers it, and Pull listed all or some of its payments;
 * `uncovered`: nothing covers it and nothing came before; `today`: it is not over; `ahead`: it has not begun.
 */
export type CellState =
  | 'full'
  | 'partial'
  | 'pulled'
  | 'pulled-partly'
  | 'gap'
  | 'uncovered'
  | 'today'
  | 'ahead';
export type CalendarCell = {
  readonly day: BusinessDay;
  readonly date: number;
  readonly state: CellState;
  readonly coverage: CoverageDay | null;
};

export function monthOf(day: BusinessDay): Month {
  return day.slice(0, 7);
}

export function moveMonth(month: Month, by: number): Month {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const index = year * 12 + number - 1 + by;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}

export function firstDayOf(month: Month): BusinessDay {
  const day = parseBusinessDay(`${month}-01`);
  if (day === null) throw new RangeError(`not a month: ${month}`);
  return day;
}

/** Weeks from Monday to Sunday; null where a cell belongs to another month. */
export function layOutMonth(
  month: Month,
  days: readonly CoverageDay[],
  today: BusinessDay,
  isCoveredBefore: boolean,
): (CalendarCell | null)[][] {
  const byDay = new Map(days.map((day) => [day.day, day]));
  const cells: (CalendarCell | null)[] = Array.from({ length: mondayIndex(firstDayOf(month)) }, () => null);
  let hasCoverageBefore = isCoveredBefore;
  for (let day = firstDayOf(month); monthOf(day) === month; day = addDays(day, 1)) {
    const coverage = byDay.get(day) ?? null;
    const state = cellState(day, coverage, today, hasCoverageBefore);
    if (state === 'full' || state === 'partial') hasCoverageBefore = true;
    cells.push({ day, date: Number(day.slice(8)), state, coverage });
  }
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

function cellState(
  day: BusinessDay,
  coverage: CoverageDay | null,
  today: BusinessDay,
  hasCoverageBefore: boolean,
): CellState {
  if (coverage && coverage.state !== 'none') return coverage.state;
  if (coverage && coverage.pulled !== 'none' && day <= today)
    return coverage.pulled === 'full' ? 'pulled' : 'pulled-partly';
  if (day >= today) return day === today ? 'today' : 'ahead';
  return hasCoverageBefore ? 'gap' : 'uncovered';
}

function mondayIndex(day: BusinessDay): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

export type MonthSummary = {
  readonly full: number;
  readonly partial: number;
  /** Without a statement, and listed by Pull, whole or in part. */
  readonly pulled: number;
  readonly gaps: number;
  readonly open: number;
};

export function summariseMonth(weeks: readonly (readonly (CalendarCell | null)[])[]): MonthSummary {
  const cells = weeks.flat().filter((cell) => cell !== null);
  const count = (state: CellState) => cells.filter((cell) => cell.state === state).length;
  const open = cells.reduce((sum, cell) => sum + (cell.coverage?.openCount ?? 0), 0);
  const pulled = count('pulled') + count('pulled-partly');
  return { full: count('full'), partial: count('partial'), pulled, gaps: count('gap'), open };
}
