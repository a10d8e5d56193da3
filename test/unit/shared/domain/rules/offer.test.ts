import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Correction, offerRule } from '#shared/domain/rules/offer.ts';
import type { RuleContent } from '#shared/domain/rules/types.ts';
import { ruleInWords } from '#shared/domain/rules/words.ts';
import { render } from '#shared/text/render.ts';

type Facts = {
  name?: string | null;
  account?: string | null;
  code?: string | null;
  customer?: string | null;
  on?: string | null;
  cashier?: string | null;
  isOwnDecision?: boolean;
};

function correction(link: number, facts: Facts): Correction {
  const { name = null, account = null, code = null, customer = null, on = null, cashier = null } = facts;
  return {
    link,
    payment: { accountReference: account, party: { phone: null, code, name } },
    sale: { accountReference: on, customer, cashier },
    isOwnDecision: facts.isOwnDecision ?? true,
  };
}

/** Newest first, as the ledger gives them. */
function times(count: number, facts: Facts, from = 100): Correction[] {
  return Array.from({ length: count }, (_, i) => correction(from - i, facts));
}

const KAMAU: Facts = { name: 'KAMAU HARDWARE', customer: 'Mzee Njoroge' };
const inEnglish = (rule: RuleContent | undefined) => (rule ? render(ruleInWords(rule), 'en') : null);

describe('an offer', () => {
  it('comes at the third time, not before', () => {
    expect(offerRule(times(2, KAMAU))).toBeNull();
    expect(offerRule(times(3, KAMAU))).toEqual({
      rule: {
        kind: 'pair',
        payment: { by: 'payer-name', text: 'KAMAU HARDWARE' },
        sale: { by: 'customer', text: 'Mzee Njoroge' },
      },
      times: 3,
      links: [100, 99, 98],
    });
  });

  it('is said in words', () => {
    expect(inEnglish(offerRule(times(3, KAMAU))?.rule)).toBe(
      'Payments from KAMAU HARDWARE go with sales to Mzee Njoroge.',
    );
  });

  it.each([
    [{ name: 'KIOSK 0712345404', customer: 'Mzee Njoroge' }],
    [{ name: 'KAMAU HARDWARE', customer: 'wa 254712345404' }],
    [{ account: '0712345404', on: '0712345404' }],
  ])('never quotes a phone: %j', (facts) => {
    expect(offerRule(times(5, facts))).toBeNull();
  });

  it('is about the newest correction only', () => {
    const newest = correction(200, { name: 'AMINA SAID', customer: 'Amina' });
    expect(offerRule([newest, ...times(5, KAMAU)])).toBeNull();
  });

  it('sees the same words however they are written', () => {
    const written = ['ｋａｍａｕ hardware', 'Kamau-Hardware', 'KAMAU  HARDWARE'].map((name, i) =>
      correction(9 - i, { name, customer: 'Mzee Njoroge' }),
    );
    expect(offerRule(written)?.times).toBe(3);
  });

  it.each<[string, Facts, string]>([
    [
      'numbers before names',
      { ...KAMAU, account: 'SHOP 12', on: 'C-77' },
      'account number SHOP 12 go with sales on account C-77',
    ],
    ['the customer before the cashier', { ...KAMAU, cashier: 'Wanjiku' }, 'to Mzee Njoroge'],
    [
      'the cashier when no customer is known',
      { name: 'KAMAU HARDWARE', cashier: 'Wanjiku' },
      'rung up by Wanjiku',
    ],
    [
      'the cashier when the till wrote no name',
      { ...KAMAU, customer: 'Walk-in customer', cashier: 'Wanjiku' },
      'rung up by Wanjiku',
    ],
    [
      'the code of a payer without a name',
      { code: '400200', customer: 'Equity Welfare' },
      'from code 400200',
    ],
  ])('prefers %s', (_, facts, words) => {
    expect(inEnglish(offerRule(times(3, facts))?.rule)).toContain(words);
  });

  it.each<[string, Facts]>([
    ['a sale to somebody else', { name: 'KAMAU HARDWARE', customer: 'Amina' }],
    [
      'a sale to somebody else that the program proposed',
      { name: 'KAMAU HARDWARE', customer: 'Amina', isOwnDecision: false },
    ],
  ])('is contradicted by %s', (_, facts) => {
    expect(offerRule([...times(3, KAMAU), correction(1, facts)])).toBeNull();
  });

  it('is not contradicted by a sale that names nobody', () => {
    const nameless = [
      correction(1, { name: 'KAMAU HARDWARE' }),
      correction(2, { name: 'KAMAU HARDWARE', customer: 'Walk-in' }),
    ];
    expect(offerRule([...times(3, KAMAU), ...nameless])?.times).toBe(3);
  });

  it('does not count what the program proposed itself', () => {
    const [first, ...rest] = times(3, KAMAU);
    expect(
      offerRule([...(first ? [first] : []), ...rest.map((one) => ({ ...one, isOwnDecision: false }))]),
    ).toBeNull();
  });

  it('does not come again while it is known, and after a no only when it has happened more often', () => {
    const rule = offerRule(times(3, KAMAU))?.rule;
    if (rule === undefined) throw new Error('no offer');
    expect(offerRule(times(9, KAMAU), [{ rule, askAgainFrom: Number.POSITIVE_INFINITY }])).toBeNull();
    expect(offerRule(times(5, KAMAU), [{ rule, askAgainFrom: 6 }])).toBeNull();
    expect(offerRule(times(6, KAMAU), [{ rule, askAgainFrom: 6 }])?.times).toBe(6);
  });

  it('says nothing of two letters, or of a text too long to read', () => {
    expect(offerRule(times(3, { name: 'A. B', customer: 'Mzee Njoroge' }))).toBeNull();
    expect(offerRule(times(3, { name: 'KAMAU '.repeat(40), customer: 'Mzee Njoroge' }))).toBeNull();
  });
});

const facts = fc.record({
  name: fc.constantFrom('KAMAU HARDWARE', 'AMINA SAID', null),
  customer: fc.constantFrom('Njoroge', 'Amina', 'Walk-in', null),
  cashier: fc.constantFrom('Wanjiku', null),
  account: fc.constantFrom('SHOP 1', null),
  isOwnDecision: fc.boolean(),
});

it('an offer always rests on at least three own decisions, the newest among them', () => {
  fc.assert(
    fc.property(fc.array(facts, { maxLength: 15 }), (list) => {
      const corrections = list.map((one, i) => correction(100 - i, one));
      const offer = offerRule(corrections);
      if (offer === null) return;
      const own = new Set(corrections.filter((one) => one.isOwnDecision).map((one) => one.link));
      expect(offer.links.length).toBeGreaterThanOrEqual(3);
      expect(offer.links).toContain(100);
      expect(offer.links.filter((link) => !own.has(link))).toEqual([]);
    }),
  );
});
