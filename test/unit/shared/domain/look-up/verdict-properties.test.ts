import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LookUpFacts } from '#shared/domain/look-up/facts.ts';
import { isUnknown } from '#shared/domain/look-up/findings.ts';
import { judge } from '#shared/domain/look-up/verdict.ts';
import { LANGUAGES, render } from '#shared/text/render.ts';
import {
  answer,
  FOREIGN,
  HELD,
  kes,
  knowing,
  movement,
  NOT_FOUND,
  NOTICE,
  NOW,
  REFUSED,
  REPORTED,
  SENT_BACK,
  SHOWN,
  stating,
  USED,
  WAITING,
} from '#test/helpers/look-up-facts.ts';

const part = <T>(...items: T[]) => fc.subarray(items);
/** Any mixture of what can be known. */
const anyFacts: fc.Arbitrary<LookUpFacts> = fc
  .record({
    movements: part(
      movement(),
      REPORTED,
      movement({ id: 2, kind: 'charge', direction: 'out' }),
      movement({ id: 3, status: 'failed' }),
      movement({ id: 4, amount: kes(3), isSettled: false }),
    ),
    reversals: part(SENT_BACK, { ...SENT_BACK, amount: kes(1) }),
    usedFor: part(USED, { ...USED, saleId: 9, name: null }),
    namedBy: part({ saleId: 8, name: 'S', amount: kes(1) }),
    claims: part(HELD, { ...HELD, id: 4, endedAt: NOW }),
    shownBefore: part(SHOWN, { ...SHOWN, id: 5, counts: false }),
    answers: part(
      answer(),
      NOT_FOUND,
      REFUSED,
      answer({ id: 2, fate: 'reversed' }),
      answer({ id: 3, fate: 'failed' }),
      answer({ id: 4, fate: 'pending' }),
      answer({ id: 5, fate: 'unknown', state: null }),
      answer({ id: 6, isOurs: false, paidTo: null }),
      answer({ id: 7, isOurs: null, paidTo: null }),
      answer({ id: 8, amount: kes(3) }),
      answer({ id: 9, fate: 'pending', isOurs: false }),
      { ...NOT_FOUND, id: 10, askedFor: '600100' },
    ),
    foreign: part(FOREIGN),
    askable: part('1234567', '600100'),
    asking: fc.constantFrom(
      { state: 'not-asked', at: null, why: null } as const,
      WAITING,
      { state: 'silent', at: NOW, why: null } as const,
      { state: 'could-not-ask', at: null, why: null } as const,
    ),
    stated: fc.constantFrom(null, stating(kes(1250)), stating(kes(9)), stating(null)),
    isCovered: fc.boolean(),
    isLarge: fc.boolean(),
  })
  .map(knowing);

const LISTS = [
  'movements',
  'reversals',
  'usedFor',
  'namedBy',
  'claims',
  'shownBefore',
  'answers',
  'foreign',
  'askable',
] as const;

describe('whatever is known', () => {
  test('the order of it does not matter', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const turned = Object.fromEntries(LISTS.map((name) => [name, [...facts[name]].reverse()]));
        expect(judge({ ...facts, ...turned })).toEqual(judge(facts));
      }),
    );
  });

  test('a weak answer, silence or another look takes back nothing that is known', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const before = judge(facts);
        const weak = [
          { answers: [...facts.answers, { ...NOT_FOUND, id: 20, at: NOW }] },
          { answers: [...facts.answers, { ...REFUSED, id: 21, at: NOW }] },
          { answers: [...facts.answers, answer({ id: 22, at: NOW, fate: 'unknown' })] },
          { asking: { state: 'silent', at: NOW, why: null } as const },
          { namedBy: [] },
        ];
        for (const news of weak) {
          const after = judge({ ...facts, ...news });
          if (!isUnknown(before.kind)) expect(after.kind).toBe(before.kind);
        }
      }),
    );
  });

  test('what is settled stays settled when a relay says more', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        if (judge(facts).kind !== 'settled') return;
        const more = [...facts.movements, movement({ id: 30, isSettled: false, sources: [NOTICE] })];
        expect(
          judge({ ...facts, movements: more, answers: [...facts.answers, answer({ id: 31 })] }).kind,
        ).toBe('settled');
      }),
    );
  });

  test('what may be held is settled, or nothing that Safaricom answered speaks against it', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { canHold, tone, amount } = judge(facts);
        if (!canHold || facts.movements.some(({ isSettled }) => isSettled)) return;
        const said = facts.answers.filter(({ isAnswered, fate }) => isAnswered && fate === 'completed');
        expect(facts.reversals).toEqual([]);
        if (said.length > 0) expect(said.some((each) => each.amount === amount)).toBe(true);
        if (facts.isLarge && tone === 'likely')
          expect(said.some((each) => each.isOurs === true && each.amount === amount)).toBe(true);
      }),
    );
  });

  test('it is said in both languages, nobody is accused, and "real" has a time', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const verdict = judge(facts);
        for (const language of LANGUAGES) {
          const words = [verdict.title, verdict.text, ...verdict.evidence.map(({ what }) => what)].map(
            (what) => render(what, language),
          );
          const all = words.join('\n');
          expect(all).not.toMatch(
            /fake|forge|fraud|thie|liar|ghushi|bandia|mwizi|tapeli|undefined|verdict\.|look-up\./i,
          );
          const [title, text] = words;
          if (/\b(?:real|halisi)\b/i.test(title ?? ''))
            expect(`${title} ${text}`).toMatch(/20\d\d, \d\d:\d\d/);
        }
        expect(verdict.asOf).toBeLessThanOrEqual(NOW);
      }),
    );
  });
});
