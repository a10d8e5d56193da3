import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explainText } from '#shared/domain/daraja/explain.ts';
import { sayExplanation } from '#shared/domain/daraja/explain-facts.ts';
import { depthOf, parseBody } from '#shared/domain/daraja/parse-body.ts';
import { showHidden } from '#shared/domain/text-field.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { render } from '#shared/text/render.ts';

const NOW = Date.UTC(2026, 10, 28) as UtcMs;

describe('the body of a callback', () => {
  test.each([
    ['', 'callback.empty'],
    ['  \n', 'callback.empty'],
    ['{', 'callback.not-json'],
    ['<html>', 'callback.not-json'],
    ['\u0000', 'callback.not-json'],
    ['['.repeat(41) + ']'.repeat(41), 'callback.too-deep'],
    ['{"a":'.repeat(30_000), 'callback.too-deep'],
    [`${'['.repeat(60_000)}`, 'callback.too-deep'],
  ])('%#: says why it cannot be read', (text, why) => {
    expect(parseBody(text)).toMatchObject({ ok: false, why: { id: why } });
  });

  test('brackets inside text are no depth', () => {
    expect(depthOf('{"a":"[[[[\\"[[","b":[{}]}')).toBe(3);
    expect(parseBody(JSON.stringify({ note: '['.repeat(500) }))).toMatchObject({ ok: true });
  });

  test('names that JavaScript itself uses are only names', () => {
    const parsed = parseBody('{"__proto__":{"isAdmin":true},"constructor":1}');
    expect(parsed.ok).toBe(true);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  test('its depth is that of what JSON writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const measure = (part: unknown): number =>
          typeof part === 'object' && part !== null
            ? 1 + Math.max(0, ...Object.values(part).map(measure))
            : 0;
        expect(depthOf(JSON.stringify(value))).toBe(measure(value));
      }),
    );
  });
});

test('what is pasted to break whoever reads it is not walked through', () => {
  const lists = `{"ResponseCode":"1000","Response":${'['.repeat(9_000)}${']'.repeat(9_000)}}`;
  expect(explainText(lists, NOW).reason?.id).toBe('explain.too-deep');
});

describe('an explanation in words', () => {
  const words = (text: string) => {
    const { head, facts, reason, warnings } = sayExplanation(explainText(text, NOW));
    return [head, ...facts.map(({ value }) => value), ...(reason ? [reason] : []), ...warnings]
      .map((message) => render(message, 'en'))
      .join('\n');
  };

  test('names everything that the body says, and no number in full', () => {
    const told = words(
      JSON.stringify({
        Result: {
          ResultType: 0,
          ResultCode: 0,
          ResultDesc: 'Done for 0712345404',
          ConversationID: 'AG_1',
          ResultParameters: {
            ResultParameter: [
              { Key: 'ReceiptNo', Value: 'SJK4H7L2QP' },
              { Key: 'TransactionStatus', Value: 'Completed' },
              { Key: 'Amount', Value: 1240 },
              { Key: 'DebitPartyName', Value: '254712345404 - AMINA 0712345405' },
              { Key: 'CreditPartyName', Value: '765432 - DUKA' },
            ],
          },
        },
      }),
    );
    expect(told).toContain('Answer about a payment: completed');
    expect(told).toContain('SJK4H7L2QP');
    expect(told).toContain('KES 1,240.00');
    expect(told).toContain('0712 ••• 404 · AMINA 0712 ••• 405 (paid)');
    expect(told).toContain('765432 · DUKA (was paid)');
    expect(told).not.toMatch(/71234540[45]/);
  });

  test('of whatever is pasted is words in both languages', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.string({ unit: 'binary' })), (text) => {
        const { head, facts } = sayExplanation(explainText(text, NOW));
        for (const message of [head, ...facts.map(({ value }) => value)])
          for (const language of ['en', 'sw'] as const) expect(render(message, language)).not.toBe('');
      }),
    );
  });
});

test('what shows nothing, or turns what follows around, is shown; lines stay', () => {
  expect(showHidden('a\u202eb\u200bc\u0000d\r\ne\tf')).toBe('a[U+202E]b[U+200B]c[U+0000]d\ne\tf');
});
