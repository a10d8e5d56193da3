import { fromNairobi, toIsoNairobi, type UtcMs } from '#shared/domain/time.ts';

/** `2026-03-14 10:42`, Nairobi time; nothing for no time. */
export function writeClock(at: UtcMs | null): string {
  return at === null ? '' : toIsoNairobi(at).slice(0, 16).replace('T', ' ');
}

const CLOCK = /^(\d{4})-(\d{1,2})-(\d{1,2})[ T](\d{1,2}):(\d{2})$/;

/** What was typed as a time: nothing is no time, and what cannot be read is said. */
export function readClock(text: string): UtcMs | null | 'unreadable' {
  const tidy = text.trim();
  if (tidy === '') return null;
  const [, year, month, day, hour, minute] = CLOCK.exec(tidy) ?? [];
  if (year === undefined) return 'unreadable';
  const at = fromNairobi({
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: 0,
  });
  return at ?? 'unreadable';
}
