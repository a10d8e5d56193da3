/** Text ids of the months, January first. */
export const MONTH_WORDS = [
  'coverage.month-1',
  'coverage.month-2',
  'coverage.month-3',
  'coverage.month-4',
  'coverage.month-5',
  'coverage.month-6',
  'coverage.month-7',
  'coverage.month-8',
  'coverage.month-9',
  'coverage.month-10',
  'coverage.month-11',
  'coverage.month-12',
] as const;

/** Text ids of the days of the week, Monday first. */
export const WEEKDAY_WORDS = [
  'coverage.weekday-1',
  'coverage.weekday-2',
  'coverage.weekday-3',
  'coverage.weekday-4',
  'coverage.weekday-5',
  'coverage.weekday-6',
  'coverage.weekday-7',
] as const;
