import { type Message, say } from '#shared/domain/message.ts';
import { type Receipt, receiptDate } from '#shared/domain/receipt.ts';
import {
  type BusinessDay,
  businessDayOf,
  DAY,
  fromNairobi,
  HOUR,
  MINUTE,
  SECOND,
  type TimePrecision,
  type UtcMs,
} from '#shared/domain/time.ts';
import { type DateCell, type DateReading, dayUnder, readDateCell, resolveDate } from '../cells/date.ts';
import type { DateSeparator } from './layouts/layout.ts';

export type RowTime =
  | {
      readonly type: 'time';
      readonly completedAt: UtcMs;
      readonly precision: TimePrecision;
      readonly initiatedAt: UtcMs | null;
      readonly isMended: boolean;
      readonly warning: Message | null;
    }
  | { readonly type: 'refused'; readonly reason: Message }
  | { readonly type: 'needs-dates' };

export type RowDates = {
  hasDate(cells: readonly string[]): boolean;
  read(cells: readonly string[], receipt: Receipt): RowTime;
};

type Found = { readonly at: UtcMs; readonly precision: TimePrecision; readonly isNative: boolean };

/** A payment that began just before midnight may complete after it. */
const MIDNIGHT_SLACK = 15 * MINUTE;

/** Reads the two times of a row; `reading` is null while nobody has had to decide the order of day and month. */
export function createRowDates(
  separator: DateSeparator,
  completedColumn: number,
  initiatedColumn: number,
  reading: DateReading | null,
): RowDates {
  const native = createNativeDates(separator);
  const receiptDays = createReceiptDays();

  function readCell(text: string, hint: BusinessDay | null): Found | DateCell | 'needs-dates' | null {
    const at = native(text);
    if (at !== null) {
      // Slashes, and the year first, are also what a spreadsheet writes: month first is possible, and the receipt would tell.
      const isDoubtful = separator !== '-' && hint !== null && reading === null && isSwapped(text, hint);
      if (isDoubtful) return 'needs-dates';
      if (separator === '-' || reading === null) return { at, precision: 'second', isNative: true };
    }
    const cell = readDateCell(text);
    if (cell === null || cell.form === 'time') return cell;
    if (reading === null) return 'needs-dates';
    const resolved = resolveDate(cell, reading);
    return resolved === null
      ? null
      : { at: resolved, precision: cell.precision, isNative: resolved === at || separator === 'any' };
  }

  function read(cells: readonly string[], receipt: Receipt): RowTime {
    const hint = receiptDays(receipt);
    const text = cells[completedColumn] ?? '';
    const initiatedText = initiatedColumn === -1 ? '' : (cells[initiatedColumn] ?? '');
    const completed = readCell(text, hint);
    const isSame = text === initiatedText;
    const initiated = initiatedText.trim() === '' ? null : isSame ? completed : readCell(initiatedText, hint);
    if (completed === 'needs-dates' || initiated === 'needs-dates') return { type: 'needs-dates' };
    const start = initiated !== null && 'at' in initiated ? initiated : null;
    const end = completed !== null && 'at' in completed ? completed : joinTime(completed, text, start);
    if (end === null || end.precision === 'day') {
      const id = end
        ? 'reading.row.no-time-of-day'
        : text.trim() === ''
          ? 'reading.row.no-date'
          : 'reading.row.date';
      return { type: 'refused', reason: say(id, { text: text.trim().slice(0, 40) }) };
    }
    return {
      type: 'time',
      completedAt: end.at,
      precision: end.precision,
      initiatedAt: start && start.precision !== 'day' ? start.at : null,
      isMended: !end.isNative || (start !== null && !start.isNative),
      warning: checkReceiptDay(hint, end.at, start?.at ?? null),
    };
  }

  const hasDate = (cells: readonly string[]) => {
    const cell = readDateCell(cells[completedColumn] ?? '');
    return cell !== null;
  };

  return { hasDate, read };
}

/** A time alone, with its date in the other column; a blank one takes the other's time. */
function joinTime(cell: DateCell | null, text: string, start: Found | null): Found | null {
  if (start === null || start.precision === 'day') return null;
  if (cell === null) return text.trim() === '' ? { ...start, isNative: false } : null;
  const midnight = start.at - ((start.at + 3 * HOUR) % DAY);
  let at = midnight + cell.hour * HOUR + cell.minute * MINUTE + cell.second60 * SECOND;
  const isBefore = at < start.at - (cell.precision === 'minute' ? MINUTE : 0);
  if (isBefore) at += DAY;
  return { at: at as UtcMs, precision: cell.precision, isNative: false };
}

function checkReceiptDay(
  hint: BusinessDay | null,
  completed: UtcMs,
  initiated: UtcMs | null,
): Message | null {
  if (hint === null) return null;
  const day = dayOf(completed);
  if (day === hint || dayOf((completed - MIDNIGHT_SLACK) as UtcMs) === hint) return null;
  if (initiated !== null && dayOf(initiated) === hint) return null;
  return say('reading.row.receipt-day', { receiptDay: { day: hint }, rowDay: { day } });
}

const dayNames = new Map<number, BusinessDay>();

function dayOf(at: UtcMs): BusinessDay {
  const number = Math.floor((at + 3 * HOUR) / DAY);
  let day = dayNames.get(number);
  if (day === undefined) {
    if (dayNames.size > 2_000) dayNames.clear();
    day = businessDayOf(at);
    dayNames.set(number, day);
  }
  return day;
}

/** `receiptDate` for a million rows: a day's receipts share their first three characters. */
function createReceiptDays(): (receipt: Receipt) => BusinessDay | null {
  const known = new Map<string, BusinessDay | null>();
  return (receipt) => {
    if (receipt.length !== 10) return null;
    const key = receipt.slice(0, 3);
    let day = known.get(key);
    if (day === undefined) {
      day = receiptDate(receipt);
      known.set(key, day);
    }
    return day;
  };
}

/** `yyyy-mm-dd HH:MM:SS`. */
function readIso(text: string): UtcMs | null {
  if (!/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text)) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = text.split(/[- :]/).map(Number);
  return fromNairobi({ year, month, day, hour, minute, second });
}

/** The layout's own form, `dd?mm?yyyy HH:MM:SS`, read without a regular expression; null for anything else. */
function createNativeDates(separator: DateSeparator): (text: string) => UtcMs | null {
  if (separator === 'iso') return readIso;
  if (separator === 'any') return () => null;
  const days = new Map<string, number | null>();
  const mark = separator.charCodeAt(0);
  const two = (text: string, index: number) => {
    const [tens, ones] = [text.charCodeAt(index) - 48, text.charCodeAt(index + 1) - 48];
    return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
  };
  return (text) => {
    if (text.length !== 19 || text.charCodeAt(2) !== mark || text.charCodeAt(5) !== mark) return null;
    if (text.charCodeAt(10) !== 32 || text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return null;
    const [hour, minute, second] = [two(text, 11), two(text, 14), two(text, 17)];
    if (!(hour < 24 && minute < 60 && second < 60)) return null;
    const key = text.slice(0, 10);
    let midnight = days.get(key);
    if (midnight === undefined) {
      const year = two(text, 6) * 100 + two(text, 8);
      const isDate = year >= 2007;
      const clock = { year, month: two(text, 3), day: two(text, 0), hour: 0, minute: 0, second: 0 };
      midnight = isDate ? fromNairobi(clock) : null;
      if (days.size > 5_000) days.clear();
      days.set(key, midnight);
    }
    return midnight === null ? null : ((midnight + hour * HOUR + minute * MINUTE + second * SECOND) as UtcMs);
  };
}

function isSwapped(text: string, hint: BusinessDay): boolean {
  const cell = readDateCell(text);
  if (cell === null) return false;
  // In a date with the year first the first of the other two is the month.
  const [own, other] = cell.form === 'iso' ? (['mdy', 'dmy'] as const) : (['dmy', 'mdy'] as const);
  return dayUnder(cell, own) !== hint && dayUnder(cell, other) === hint;
}
