import { describe, expect, it } from 'vitest';
import { createText, guessLanguage } from '#renderer/lib/text.tsx';
import { cents } from '#shared/domain/money.ts';
import { type BusinessDay, fromNairobi, type UtcMs } from '#shared/domain/time.ts';

const en = createText('en');
const sw = createText('sw');
const noon = fromNairobi({ year: 2026, month: 11, day: 19, hour: 0, minute: 5, second: 0 }) as UtcMs;

describe('createText', () => {
  it('writes money the same in both languages, with thousands and cents', () => {
    for (const text of [en, sw]) {
      expect(text.money(cents(123_456_789))).toBe('1,234,567.89');
      expect(text.kes(cents(-5_000))).toBe('KES\u00a0-50.00');
      expect(text.count(1_234_567)).toBe('1,234,567');
    }
  });

  it('shows Nairobi time on the 24-hour clock, never Swahili hours', () => {
    expect(en.clock(noon)).toBe('00:05');
    expect(sw.clock(noon)).toBe('00:05');
    expect(en.time(noon)).toBe('19 Nov 2026, 00:05');
  });

  it('names the day of the week of the day itself', () => {
    const day = '2026-11-19' as BusinessDay;
    expect(en.longDay(day)).toBe('Thursday 19 November 2026');
    expect(sw.longDay(day)).toBe('Alhamisi 19 Novemba 2026');
  });

  it('renders an id with its values', () => {
    expect(en.t('app.reference', { reference: 'K3F9' })).toBe('Reference K3F9');
    expect(sw.t('app.reference', { reference: 'K3F9' })).toBe('Kumbukumbu K3F9');
  });
});

describe('guessLanguage', () => {
  it('follows the first language of the computer', () => {
    expect(guessLanguage(['sw-KE', 'en'])).toBe('sw');
    expect(guessLanguage(['en-KE', 'sw'])).toBe('en');
    expect(guessLanguage([])).toBe('en');
  });
});
