import { fromNairobi, MINUTE, NAIROBI_OFFSET, type UtcMs } from '../time.ts';
import { asStamp } from './loose.ts';

/** Which clock stands behind the times that Pull prints with a `Z`: Greenwich's, as it says, or Nairobi's. */
export type PullZone = 'nairobi' | 'utc';

/** Read so until one receipt has shown it: all other times of Safaricom's are Nairobi's. */
export const ASSUMED_ZONE: PullZone = 'nairobi';

/** By how much later than it is read, at most, a payment was made whose zone is not proven. */
export const LATER_IN_UTC = NAIROBI_OFFSET;

const PRINTED =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

/** The instant of a pulled row's time; null when it is no time. One that states an offset needs no zone. */
export function readPulledTime(text: string, zone: PullZone): UtcMs | null {
  const [, year, month, day, hour, minute, second = '0', mark = ''] = PRINTED.exec(text.trim()) ?? [];
  if (year === undefined) return asStamp(text);
  const clock = { year, month, day, hour, minute, second };
  const parts = Object.fromEntries(Object.entries(clock).map(([name, value]) => [name, Number(value)]));
  const inNairobi = fromNairobi(parts as Parameters<typeof fromNairobi>[0]);
  if (inNairobi === null) return null;
  const offset = offsetOf(mark) ?? (zone === 'utc' ? 0 : NAIROBI_OFFSET);
  return (inNairobi + NAIROBI_OFFSET - offset) as UtcMs;
}

/** Null for none and for `Z`, which nobody has proved to mean what it says. */
function offsetOf(mark: string): number | null {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(mark) ?? [];
  if (sign === undefined) return null;
  const size = (Number(hours) * 60 + Number(minutes)) * MINUTE;
  return sign === '-' ? -size : size;
}

/** Two clocks of Safaricom's may state one payment a little apart, and one without its seconds. */
const AS_GOOD_AS_EQUAL = 2 * MINUTE;

/** The zone that a printed time must be of, when another source says when that payment was made; null when neither fits. */
export function proveZone(printed: string, at: UtcMs): PullZone | null {
  const [nairobi, utc] = (['nairobi', 'utc'] as const).map((zone) => readPulledTime(printed, zone));
  // A time that states its offset proves nothing about those that do not.
  if (nairobi === null || utc === null || nairobi === utc || nairobi === undefined || utc === undefined)
    return null;
  if (Math.abs(nairobi - at) <= AS_GOOD_AS_EQUAL) return 'nairobi';
  return Math.abs(utc - at) <= AS_GOOD_AS_EQUAL ? 'utc' : null;
}
