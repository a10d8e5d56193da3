/** An instant: milliseconds since the epoch, UTC. What the ledger stores. */
export type UtcMs = number & { readonly __brand: 'UtcMs' };
/** A shop's day, `YYYY-MM-DD`. It begins when the owner says, 00:00 Nairobi by default. */
export type BusinessDay = string & { readonly __brand: 'BusinessDay' };
/** How exactly a source stated a time: some spreadsheets drop the seconds, some shops write the date alone. */
export type TimePrecision = 'second' | 'minute' | 'day';
/** Which of two numbers comes first in a date such as 03/04/2026. */
export type DateOrder = 'dmy' | 'mdy';

export const SECOND = 1_000;
export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;
/** Africa/Nairobi is UTC+3 all year. */
export const NAIROBI_OFFSET = 3 * HOUR;

export type WallClock = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
};

/** The instant of a Nairobi wall-clock time, or null when no such date exists (31 February). */
export function fromNairobi(clock: WallClock): UtcMs | null {
  const { year, month, day, hour, minute, second } = clock;
  if (year < 2007 || year > 2100 || hour > 23 || minute > 59 || second > 59) return null;
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  const back = new Date(ms);
  if (back.getUTCFullYear() !== year || back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day)
    return null;
  return (ms - NAIROBI_OFFSET) as UtcMs;
}

export function toNairobi(at: UtcMs): WallClock {
  const date = new Date(at + NAIROBI_OFFSET);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  };
}

/** `2026-03-14T23:59:59+03:00`: the machine form of an instant, always with its zone. */
export function toIsoNairobi(at: UtcMs): string {
  return `${new Date(at + NAIROBI_OFFSET).toISOString().slice(0, 19)}+03:00`;
}

/** The business day an instant belongs to, for a day that begins `startMinutes` after Nairobi midnight. */
export function businessDayOf(at: UtcMs, startMinutes = 0): BusinessDay {
  return new Date(at + NAIROBI_OFFSET - startMinutes * MINUTE).toISOString().slice(0, 10) as BusinessDay;
}

/** The first instant of a business day. */
export function startOfDay(day: BusinessDay, startMinutes = 0): UtcMs {
  return (Date.parse(`${day}T00:00:00Z`) - NAIROBI_OFFSET + startMinutes * MINUTE) as UtcMs;
}

export function addDays(day: BusinessDay, days: number): BusinessDay {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10) as BusinessDay;
}

/** Brands text as a business day, or null when it is not a real `YYYY-MM-DD` date. */
export function parseBusinessDay(text: string): BusinessDay | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== text ? null : (text as BusinessDay);
}

/** From a day on, the business day begins so many minutes after midnight in Nairobi. */
export type DayStart = { readonly fromDay: BusinessDay; readonly minutes: number };

/** How many minutes after midnight a day begins, by the starts the owner has set (oldest first). */
export function startMinutesOf(day: BusinessDay, starts: readonly DayStart[]): number {
  let minutes = 0;
  for (const start of starts) if (start.fromDay <= day) minutes = start.minutes;
  return minutes;
}
