import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { type Message, type MessageValue, say } from '#shared/domain/message.ts';
import { type Cents, toReadable } from '#shared/domain/money.ts';
import { type BusinessDay, businessDayOf, toNairobi, type UtcMs } from '#shared/domain/time.ts';
import { type Language, readableDay, readableTime, render } from '#shared/text/render.ts';

export type Text = {
  readonly language: Language;
  /** The sentence with this id in the language of the window. */
  readonly t: (id: string, values?: Readonly<Record<string, MessageValue>>) => string;
  /** A message that came from the core. */
  readonly tell: (message: Message) => string;
  /** `1,234.50`, without the currency. */
  readonly money: (amount: Cents) => string;
  /** `KES 1,234.50` */
  readonly kes: (amount: Cents) => string;
  /** `20 Nov 2026` */
  readonly day: (day: BusinessDay) => string;
  /** `Friday 20 November 2026` */
  readonly longDay: (day: BusinessDay) => string;
  /** `20 Nov 2026, 14:05`, Nairobi time */
  readonly time: (at: UtcMs) => string;
  /** `14:05` of today, else with its day; Nairobi time */
  readonly shortTime: (at: UtcMs) => string;
  /** `14:05`, Nairobi time */
  readonly clock: (at: UtcMs) => string;
  /** `1,234` */
  readonly count: (n: number) => string;
};

const TextContext = createContext<Text | null>(null);

/** Builds the words of one language; pure, so that it can be used and tested without React. */
export function createText(language: Language): Text {
  const t: Text['t'] = (id, values) => render(say(id, values), language);
  return {
    language,
    t,
    tell: (message) => render(message, language),
    money: toReadable,
    kes: (amount) => `KES\u00a0${toReadable(amount)}`,
    day: (day) => readableDay(day, language),
    longDay: (day) => nameDay(day, language),
    time: (at) => readableTime(at, language),
    shortTime: (at) =>
      businessDayOf(at) === businessDayOf(Date.now() as UtcMs) ? readClock(at) : readableTime(at, language),
    clock: readClock,
    count: (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ','),
  };
}

function readClock(at: UtcMs): string {
  const { hour, minute } = toNairobi(at);
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

function nameDay(day: BusinessDay, language: Language): string {
  const noon = new Date(`${day}T12:00:00Z`);
  const locale = language === 'sw' ? 'sw-KE' : 'en-KE';
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(noon);
  const [year = ''] = day.split('-');
  return `${part({ weekday: 'long' })} ${noon.getUTCDate()} ${part({ month: 'long' })} ${year}`;
}

export function TextProvider({ language, children }: { language: Language; children: ReactNode }) {
  const text = useMemo(() => createText(language), [language]);
  return <TextContext value={text}>{children}</TextContext>;
}

/** The words of the window: `const { t, kes } = useText()`. */
export function useText(): Text {
  const text = useContext(TextContext);
  if (text === null) throw new Error('useText needs a TextProvider above it');
  return text;
}

/** Swahili when the computer speaks it, until the ledger says which language the shop chose. */
export function guessLanguage(preferred: readonly string[]): Language {
  return preferred[0]?.toLowerCase().startsWith('sw') === true ? 'sw' : 'en';
}
