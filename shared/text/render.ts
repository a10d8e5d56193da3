import { IntlMessageFormat } from 'intl-messageformat';
import type { Message, MessageValue } from '../domain/message.ts';
import { toReadable } from '../domain/money.ts';
import { toNairobi, type UtcMs } from '../domain/time.ts';
import en from './en.json' with { type: 'json' };
import sw from './sw.json' with { type: 'json' };

export type Language = 'en' | 'sw';
export const LANGUAGES: readonly Language[] = ['en', 'sw'];

const CATALOGUES: Readonly<Record<Language, Readonly<Record<string, string>>>> = { en, sw };
const MONTHS: Readonly<Record<Language, readonly string[]>> = {
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  sw: ['Jan', 'Feb', 'Mac', 'Apr', 'Mei', 'Jun', 'Jul', 'Ago', 'Sep', 'Okt', 'Nov', 'Des'],
};
const parsed = new Map<string, IntlMessageFormat>();

/** A message as a sentence. An unknown id is a bug that the tests find; a user would see the id itself. */
export function render(message: Message, language: Language): string {
  const pattern = CATALOGUES[language][message.id] ?? CATALOGUES.en[message.id];
  if (pattern === undefined) return message.id;
  const key = `${language}:${message.id}`;
  const format = parsed.get(key) ?? new IntlMessageFormat(pattern, language);
  parsed.set(key, format);
  const values: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(message.values ?? {}))
    values[name] = renderValue(value, language);
  return String(format.format(values));
}

function renderValue(value: MessageValue, language: Language): string | number {
  if (typeof value !== 'object') return value;
  if ('money' in value) return toReadable(value.money);
  if ('at' in value) return readableTime(value.at, language);
  if ('day' in value) return readableDay(value.day, language);
  return readableMinutes(value.minutes, language);
}

/** `20 Nov 2026`: the same order in both languages. */
export function readableDay(day: string, language: Language): string {
  const [year = '', month = '1', date = '1'] = day.split('-');
  return `${Number(date)} ${MONTHS[language][Number(month) - 1] ?? ''} ${year}`;
}

/** `20 Nov 2026, 14:05`: Nairobi time. Swahili clock hours are never used in records. */
export function readableTime(at: UtcMs, language: Language): string {
  const clock = toNairobi(at);
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${clock.year}-${two(clock.month)}-${two(clock.day)}`;
  return `${readableDay(day, language)}, ${two(clock.hour)}:${two(clock.minute)}`;
}

function readableMinutes(minutes: number, language: Language): string {
  const whole = Math.max(1, Math.round(Math.abs(minutes)));
  const hours = Math.floor(whole / 60);
  const rest = whole % 60;
  const words = language === 'sw' ? { h: 'saa', m: 'dakika' } : { h: 'h', m: 'min' };
  const parts = hours > 0 ? [language === 'sw' ? `${words.h} ${hours}` : `${hours} ${words.h}`] : [];
  if (rest > 0 || hours === 0) parts.push(language === 'sw' ? `${words.m} ${rest}` : `${rest} ${words.m}`);
  return parts.join(' ');
}
