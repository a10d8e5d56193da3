import { describe, expect, it } from 'vitest';
import { say } from '#shared/domain/message.ts';
import { cents } from '#shared/domain/money.ts';
import type { BusinessDay, UtcMs } from '#shared/domain/time.ts';
import { readableDay, readableTime, render } from '#shared/text/render.ts';

describe('render', () => {
  it('renders counts and money in both languages', () => {
    const message = say('step.accepted-all', { count: 2, amount: { money: cents(123_450) } });
    expect(render(message, 'en')).toBe('Accepted 2 matches, KES 1,234.50.');
    expect(render(message, 'sw')).toContain('KES 1,234.50');
    expect(render(say('step.accepted-all', { count: 1, amount: { money: cents(5) } }), 'en')).toBe(
      'Accepted 1 match, KES 0.05.',
    );
  });

  it('treats what a customer typed as text, whatever it looks like', () => {
    for (const evil of ['<b>{x}</b>', '{count, plural, other {#}}', "'{'", '=1+1', '</b>']) {
      const text = render(say('step.imported', { file: evil, new: 3 }), 'en');
      expect(text).toContain(evil);
    }
  });

  it('shows an unknown id rather than nothing', () => {
    expect(render({ id: 'no.such-id' }, 'sw')).toBe('no.such-id');
  });
});

describe('times', () => {
  it('are Nairobi’s, in the same order in both languages', () => {
    const at = Date.UTC(2026, 10, 20, 20, 59) as UtcMs;
    expect(readableTime(at, 'en')).toBe('20 Nov 2026, 23:59');
    expect(readableTime(at, 'sw')).toBe('20 Nov 2026, 23:59');
    expect(readableDay('2026-03-05' as BusinessDay, 'sw')).toBe('5 Mac 2026');
  });
});
