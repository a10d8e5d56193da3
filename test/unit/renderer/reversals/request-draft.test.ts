import { describe, expect, test } from 'vitest';
import { type Draft, methodsFor, readDraft } from '#renderer/screens/reversals/request-draft.ts';
import { cents } from '#shared/domain/money.ts';

const payment = { amountCents: cents(1_250_00) };
const draft: Draft = {
  method: 'daraja',
  reason: 'paid-twice',
  note: '  shown twice ',
  amount: '1250.00',
  file: null,
};

describe('the request that the form asks for', () => {
  test('is for all of the payment, whatever stands in a field that is not shown', () => {
    expect(readDraft({ ...draft, amount: '5' }, payment, false)).toEqual({
      ok: true,
      value: { method: 'daraja', reason: 'paid-twice', note: 'shown twice', amountCents: null },
    });
  });

  test('is for a part where that is allowed, and for all when all is typed', () => {
    expect(readDraft({ ...draft, amount: '250' }, payment, true)).toMatchObject({
      value: { amountCents: 250_00 },
    });
    expect(readDraft(draft, payment, true)).toMatchObject({ value: { amountCents: null } });
  });

  test.each(['', '0', '-5', '1250.01', '1e3', 'all'])('is none for the amount «%s»', (amount) => {
    expect(readDraft({ ...draft, amount }, payment, true)).toEqual({ ok: false });
  });
});

test('other ways than Safaricom are offered where main says so', () => {
  expect(methodsFor(false)).toEqual(['daraja']);
  expect(methodsFor(true)).toContain('by-hand');
});
