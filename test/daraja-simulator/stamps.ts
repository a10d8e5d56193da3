import { fromNairobi, toNairobi, type UtcMs } from '#shared/domain/time.ts';

export function pad(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}

/** `20250117170614`, East Africa Time. */
export function toStamp(at: UtcMs): string {
  const { year, month, day, hour, minute, second } = toNairobi(at);
  return `${year}${[month, day, hour, minute, second].map((part) => pad(part, 2)).join('')}`;
}

/** `2026-09-28 17:06:14`, with or without its seconds, as a Pull asks; null when it is no such time. */
export function readAsked(text: string): UtcMs | null {
  const [, year, month, day, hour, minute, second = '0'] =
    /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2})(?::(\d{2}))?$/.exec(text.trim()) ?? [];
  if (year === undefined) return null;
  return fromNairobi({
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
  });
}
