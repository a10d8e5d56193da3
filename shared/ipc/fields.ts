import { z } from 'zod';
import type { Message } from '../domain/message.ts';
import type { Cents } from '../domain/money.ts';
import { hidePhones } from '../domain/party.ts';
import { REVERSAL_STATES } from '../domain/reversal/state.ts';
import { type BusinessDay, DAY, parseBusinessDay, startOfDay, type UtcMs } from '../domain/time.ts';

/** Control characters, zero-width marks and direction overrides: never part of a name, a note or a reference. */
const UNSAFE = /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u;

/** Text a person typed: trimmed, bounded, without control or direction characters. */
export function text(maxLength: number) {
  return z
    .string()
    .trim()
    .max(maxLength)
    .refine((value) => !UNSAFE.test(value));
}

export const id = z.number().int().positive();
export const count = z.number().int().nonnegative();
export const cents = z.custom<Cents>((value) => Number.isSafeInteger(value));
/**
 * From 1970, where the clock of a PC begins again when its battery is empty, to 2100: beyond, a day before or after no
 * longer has a name of ten characters. What is sold or paid is held to 2007 and later where it is read or typed.
 */
const FIRST_DAY = '1970-01-01';
const LAST_DAY = '2100-12-31';
const LAST_INSTANT = startOfDay(LAST_DAY as BusinessDay) + DAY;
export const utcMs = z.custom<UtcMs>(
  (value) => Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= LAST_INSTANT,
);
export const businessDay = z.custom<BusinessDay>(
  (value) =>
    typeof value === 'string' && value >= FIRST_DAY && value <= LAST_DAY && parseBusinessDay(value) !== null,
);
const messageValue = z.union([
  z.string(),
  z.number(),
  z.object({ money: cents }),
  z.object({ at: utcMs }),
  z.object({ day: businessDay }),
  z.object({ minutes: z.number() }),
]);
/**
 * A sentence on its way to a window. It may quote what a customer or a file wrote, so phones in its values are masked;
 * a note is the shop's own words and stays as it was typed.
 */
export const message: z.ZodType<Message> = z
  .object({ id: z.string().max(100), values: z.record(z.string(), messageValue).optional() })
  .transform(({ id, values }) =>
    values === undefined ? { id } : { id, values: maskValues(values) },
  ) as z.ZodType<Message>;

function maskValues(
  values: Readonly<Record<string, z.infer<typeof messageValue>>>,
): Record<string, z.infer<typeof messageValue>> {
  const masked = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' && name !== 'note' ? (hidePhones(value) ?? '') : value,
  ]);
  return Object.fromEntries(masked);
}

export const fileToken = z.string().regex(/^[0-9a-f]{64}$/);
export const cursor = z.string().max(120);
export const language = z.enum(['en', 'sw']);
export const environment = z.enum(['production', 'sandbox', 'demo']);
export const dateOrder = z.enum(['dmy', 'mdy']);
export const tender = z.enum(['mpesa', 'cash', 'card', 'bank', 'credit', 'other']);
export const saleKind = z.enum(['sale', 'refund', 'day-total']);
export const reversalState = z.enum(REVERSAL_STATES);
export const saleColumn = z.enum([
  'time',
  'amount',
  'reference',
  'receipt',
  'phone',
  'customer',
  'account',
  'cashier',
  'status',
  'tender',
  'till',
  'kind',
  'description',
]);
export const columnMap = z.record(text(200), saleColumn);
/** The days and the till a screen shows. Both ends are inclusive; no till = all. */
export const scope = { from: businessDay, to: businessDay, tillId: id.nullable() };
