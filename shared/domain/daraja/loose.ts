import { type Cents, parseAmount } from '../money.ts';
import { fromNairobi, type UtcMs } from '../time.ts';

/** A JSON object whose fields nobody has checked yet. */
export type Loose = { readonly [name: string]: unknown };

export function asObject(value: unknown): Loose | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : null;
}

/** A field by its name: exactly so, or with other blanks and in another case, as bodies of 2017 spell it. */
export function fieldOf(fields: Loose | null, name: string): unknown {
  if (fields === null || Object.hasOwn(fields, name)) return fields?.[name];
  const wanted = foldKey(name);
  const spelled = Object.keys(fields).find((key) => foldKey(key) === wanted);
  return spelled === undefined ? undefined : fields[spelled];
}

/** A key without its blanks and in one case. */
export function foldKey(key: string): string {
  return key.replace(/\s+/g, '').toLowerCase();
}

/** Safaricom sends the same field as text one day and as a number the next; nothing, null and blanks are one. */
export function asText(value: unknown): string | null {
  const text = typeof value === 'number' && Number.isFinite(value) ? String(value) : value;
  if (typeof text !== 'string') return null;
  const tidy = text.trim();
  return tidy === '' ? null : tidy;
}

/** A list that may come as a list, as its only item, or not at all. */
export function asList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null || value === '' ? [] : [value];
}

/** An amount as text or number; null when there is none or it is no amount of at most two decimals. */
export function asCents(value: unknown): Cents | null {
  const text = asText(value);
  if (text === null) return null;
  const parsed = parseAmount(text);
  return parsed.ok ? parsed.cents : null;
}

const STAMP = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/;

/** `20250117170614`, text or number, always East Africa Time; null when it is no such instant. */
export function asStamp(value: unknown): UtcMs | null {
  const [, year, month, day, hour, minute, second] = STAMP.exec(asText(value) ?? '') ?? [];
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
