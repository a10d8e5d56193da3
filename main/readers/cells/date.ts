import {
  type BusinessDay,
  type DateOrder,
  fromNairobi,
  parseBusinessDay,
  type TimePrecision,
  type UtcMs,
  type WallClock,
} from '#shared/domain/time.ts';

/**
 * A date cell before anyone has decided what its first two numbers mean. `form` says who may have written it:
 * `iso` states its order but may come from a spreadsheet that had already swapped day and month, `numeric`
 * (`3/4/2026`) leaves the order open, `time` has no date.
 */
export type DateCell = {
  readonly form: 'iso' | 'numeric' | 'time';
  readonly year: number;
  /** As written: in `iso` the month and the day. */
  readonly first: number;
  readonly second: number;
  readonly hour: number;
  readonly minute: number;
  readonly second60: number;
  readonly precision: TimePrecision;
};

/** How a file's dates are to be read: the order of `numeric` ones, and whether `iso` ones are swapped. */
export type DateReading = { readonly numeric: DateOrder; readonly areIsoSwapped: boolean };

const TIME = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:\s*([ap])\.?m\.?)?$/i;
const ISO = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]+(.+?))?$/;
const NUMERIC = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:,?[T ]+(.+?))?$/;
const ZONE = /\s*(?:\+03:?00|EAT)$/;
const SERIAL = /^\d{5}(?:\.\d+)?$/;
const EPOCH = Date.UTC(1899, 11, 30);

/** Reads the shape of a date or time cell, or null when it is none. */
export function readDateCell(text: string): DateCell | null {
  const tidy = text.trim().replace(ZONE, '');
  if (SERIAL.test(tidy)) return fromSerial(Number(tidy));
  const alone = readTime(tidy);
  if (alone) return { form: 'time', year: 0, first: 0, second: 0, ...alone };
  const iso = ISO.exec(tidy);
  const found = iso ?? NUMERIC.exec(tidy);
  if (!found) return null;
  const [, a = '', b = '', c = '', clock] = found;
  const time = clock === undefined ? NO_TIME : readTime(clock);
  if (!time) return null;
  if (iso) return { form: 'iso', year: Number(a), first: Number(b), second: Number(c), ...time };
  const year = c.length === 2 ? 2000 + Number(c) : Number(c);
  return { form: 'numeric', year, first: Number(a), second: Number(b), ...time };
}

type TimeOfDay = Pick<DateCell, 'hour' | 'minute' | 'second60' | 'precision'>;
const NO_TIME: TimeOfDay = { hour: 0, minute: 0, second60: 0, precision: 'day' };

function readTime(text: string): TimeOfDay | null {
  const found = TIME.exec(text);
  if (!found) return null;
  const [, h = '', m = '', s, half] = found;
  let hour = Number(h);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  }
  const precision = s === undefined ? 'minute' : 'second';
  return { hour, minute: Number(m), second60: s === undefined ? 0 : Number(s), precision };
}

/** A spreadsheet's serial number that lost its date format: days since 30 December 1899. */
function fromSerial(serial: number): DateCell | null {
  const date = new Date(EPOCH + Math.round(serial * 86_400) * 1_000);
  const year = date.getUTCFullYear();
  if (year < 2007 || year > 2100) return null;
  return {
    form: 'iso',
    year,
    first: date.getUTCMonth() + 1,
    second: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second60: date.getUTCSeconds(),
    precision: Number.isInteger(serial) ? 'day' : 'second',
  };
}

/** The instant of a date cell under a reading; null when there is no such date (31 February) or no date at all. */
export function resolveDate(cell: DateCell, reading: DateReading): UtcMs | null {
  const clock = toClock(cell, reading);
  return clock && fromNairobi(clock);
}

function toClock(cell: DateCell, { numeric, areIsoSwapped }: DateReading): WallClock | null {
  if (cell.form === 'time') return null;
  const isDayFirst = cell.form === 'iso' ? areIsoSwapped && cell.second <= 12 : numeric === 'dmy';
  return {
    year: cell.year,
    month: isDayFirst ? cell.second : cell.first,
    day: isDayFirst ? cell.first : cell.second,
    hour: cell.hour,
    minute: cell.minute,
    second: cell.second60,
  };
}

/** The day a date cell means when its first number is the day (`dmy`) or the month (`mdy`); null when there is none. */
export function dayUnder(cell: DateCell, order: DateOrder): BusinessDay | null {
  const [day, month] = order === 'dmy' ? [cell.first, cell.second] : [cell.second, cell.first];
  return parseBusinessDay(`${cell.year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`);
}
