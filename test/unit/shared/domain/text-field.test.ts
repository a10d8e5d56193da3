import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tidyText } from '#shared/domain/text-field.ts';

describe('tidyText', () => {
  it.each([
    ['plain', 'plain'],
    ['  edges ', 'edges'],
    ['two\r\nlines\tand a tab', 'two lines and a tab'],
    ["O'DEMO – Zoë", "O'DEMO – Zoë"],
    ['e\u0301', '\u00e9'],
    ['evil\u202egnp.exe', 'evil[U+202E]gnp.exe'],
    ['zero\u200bwidth', 'zero[U+200B]width'],
    ['lone\ud800surrogate', 'lone[U+D800]surrogate'],
    ['=HYPERLINK("http://x")', '=HYPERLINK("http://x")'],
    ['', ''],
  ])('makes %j into %j', (text, tidy) => {
    expect(tidyText(text, 200)).toEqual({ ok: true, text: tidy });
  });

  it.each(['a\0b', 'a\u0007b', 'a\u007fb', 'a\u009bb'])('refuses the control character in %j', (text) => {
    expect(tidyText(text, 200)).toEqual({ ok: false, reason: 'control-character' });
  });

  it('refuses what is too long, counted after tidying', () => {
    expect(tidyText('x'.repeat(200), 200).ok).toBe(true);
    expect(tidyText(` ${'x'.repeat(200)} `, 200).ok).toBe(true);
    expect(tidyText('x'.repeat(201), 200)).toEqual({ ok: false, reason: 'too-long' });
    expect(tidyText('\u202e'.repeat(100), 200)).toEqual({ ok: false, reason: 'too-long' });
  });

  it('is settled: tidying twice changes nothing, and nothing hidden is left', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = tidyText(text, 10_000);
        if (!once.ok) return;
        expect(tidyText(once.text, 10_000)).toEqual(once);
        expect(once.text).not.toMatch(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/);
      }),
    );
  });
});
