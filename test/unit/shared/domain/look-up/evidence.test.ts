import { describe, expect, test } from 'vitest';
import type { KnownAnswer, LookUpFacts } from '#shared/domain/look-up/facts.ts';
import { judge, type Verdict } from '#shared/domain/look-up/verdict.ts';
import { cents } from '#shared/domain/money.ts';
import { HOUR, MINUTE } from '#shared/domain/time.ts';
import { render } from '#shared/text/render.ts';
import {
  ago,
  answer,
  HELD,
  kes,
  knowing,
  movement,
  NOT_FOUND,
  NOTICE,
  NOW,
  REFUSED,
  SENT_BACK,
  SHOWN,
  stating,
  USED,
} from '#test/helpers/look-up-facts.ts';

const twoCodes = { askable: ['1234567', '600100'] };

const ids = (verdict: Verdict) => verdict.evidence.map(({ what }) => what.id);
const signOf = (facts: Partial<LookUpFacts>, id: string) =>
  judge(knowing(facts)).evidence.find(({ what }) => what.id === id)?.sign;

describe('the evidence', () => {
  test('says what the code says first, then the message, the books, the uses, Safaricom', () => {
    const verdict = judge(
      knowing({
        marks: { hasHidden: true, hasLookAlikes: true, isCut: true },
        otherCodes: 1,
        stated: { ...stating(kes(2250)), at: ago(3 * HOUR), payee: 'X', payeeIs: 'another-name' },
        movements: [movement({ sources: [NOTICE, ...movement().sources] })],
        usedFor: [USED],
        namedBy: [{ saleId: 8, name: null, amount: kes(1250) }, { ...USED }],
        claims: [{ ...HELD, endedAt: NOW }],
        shownBefore: [SHOWN],
        answers: [NOT_FOUND],
      }),
    );
    expect(ids(verdict)).toEqual([
      'look-up.hidden-marks',
      'look-up.look-alikes',
      'look-up.text-cut',
      'look-up.other-codes',
      'look-up.letters-as-paid',
      'look-up.message-other-amount',
      'look-up.message-other-time',
      'look-up.payee-name',
      'look-up.source-statement',
      'look-up.source-confirmation',
      'look-up.used-for',
      'look-up.named-by',
      'look-up.was-held',
      'look-up.shown-before',
      'look-up.answer-not-found',
    ]);
  });

  test('names the channel and the time of each thing that showed the payment', () => {
    const { evidence } = judge(knowing({ movements: [movement()] }));
    expect(evidence.find(({ channel }) => channel === 'file')).toMatchObject({
      sign: 'good',
      at: ago(30 * MINUTE),
    });
  });

  test('of a receipt that is not in the books says whether a statement covers its time, and what is near', () => {
    const nearMisses = [{ id: 4, receipt: 'UCE6DEM001', amount: kes(1250), at: NOW }];
    expect(signOf({ isCovered: true }, 'look-up.covered-without')).toBe('bad');
    expect(signOf({}, 'look-up.not-in-books')).toBe('quiet');
    expect(signOf({ nearMisses }, 'look-up.near-miss')).toBe('wait');
    expect(signOf({ movements: [movement()], nearMisses }, 'look-up.near-miss')).toBeUndefined();
  });

  test.each([
    ['look-up.letters-no-day', { receipt: 'AAAAAAAA01' }, 'wait'],
    ['look-up.letters-future', { receipt: 'UCF6DEMO01' }, 'wait'],
    ['look-up.letters-day', {}, 'quiet'],
    ['look-up.old-code', { receipt: 'C94ZH942' }, 'quiet'],
    ['look-up.letters-as-message', { stated: stating(null) }, 'quiet'],
    ['look-up.letters-other-day', { receipt: 'UCD6DEMO01', stated: stating(null) }, 'wait'],
    ['look-up.letters-other-day', { receipt: 'UCD6DEMO01', movements: [movement()] }, 'wait'],
  ])('%s', (id, facts, sign) => {
    expect(signOf(facts as Partial<LookUpFacts>, id)).toBe(sign);
  });

  test('holds the customer of the message against the one who paid', () => {
    const party = { phone: '0712***404', code: null, name: 'AMINA W EXAMPLE' };
    const said = (payer: typeof party) => ({
      movements: [movement({ party })],
      stated: { ...stating(null), payer },
    });
    expect(signOf(said({ ...party, phone: '254712345404' }), 'look-up.payer-same')).toBe('good');
    expect(signOf(said({ ...party, phone: '254712345111' }), 'look-up.payer-other')).toBe('wait');
  });

  test('says what contradicts the books, and the books stay', () => {
    const facts = { movements: [movement()], answers: [answer({ amount: kes(1), isOurs: false })] };
    expect(signOf(facts, 'look-up.answer-other-amount')).toBe('bad');
    expect(signOf(facts, 'look-up.answer-elsewhere')).toBe('bad');
    expect(judge(knowing(facts))).toMatchObject({ kind: 'settled', amount: kes(1250) });
  });
});

describe('what Safaricom answered', () => {
  test('S10: takes an untrue notice back, whatever else it says: nothing can be held for it', () => {
    const large = movement({ isSettled: false, sources: [NOTICE], amount: kes(25_000) });
    const answers: Partial<KnownAnswer>[] = [
      { amount: kes(100) },
      { fate: 'failed', state: 'Declined', amount: kes(25_000) },
      { isOurs: false, paidTo: '7654321', amount: kes(25_000) },
      { isFromUs: true, amount: kes(25_000) },
    ];
    for (const about of answers)
      for (const isLarge of [true, false]) {
        const verdict = judge(knowing({ movements: [large], answers: [answer(about)], isLarge }));
        expect(verdict).toMatchObject({ tone: 'bad', canHold: false, isReal: false });
      }
    const [less] = answers;
    const verdict = judge(knowing({ movements: [large], answers: [answer(less)] }));
    expect(render(verdict.text, 'en')).toContain(
      'It was reported as KES 25,000.00, but Safaricom answered KES 100.00',
    );
    expect(verdict.amount).toBe(kes(100));
  });

  test('names the short codes that were asked', () => {
    const answers = [NOT_FOUND, { ...NOT_FOUND, id: 13, askedFor: '600100' }];
    expect(render(judge(knowing({ ...twoCodes, answers })).text, 'en')).toContain(
      'Asked for 1234567, 600100.',
    );
    const some = judge(knowing({ ...twoCodes, answers: [NOT_FOUND] }));
    expect(render(some.text, 'en')).toBe(
      'Safaricom does not know it for 1234567, and has not answered for 600100. Ask again.',
    );
  });

  test('says in its words why it did not take the question', () => {
    expect(render(judge(knowing({ answers: [REFUSED] })).text, 'en')).toContain('(2001: invalid)');
  });

  test('is not said to be of somebody else while it is under way', () => {
    const facts = { answers: [answer({ fate: 'pending', isOurs: false, paidTo: '7654321' })] };
    expect(signOf(facts, 'look-up.answer-elsewhere')).toBeUndefined();
    expect(signOf(facts, 'look-up.answer-names')).toBe('wait');
  });
});

test('of a payment that went back in part the verdict says what is left, and nobody holds it', () => {
  const facts = {
    movements: [movement({ amount: kes(1000) })],
    reversals: [{ ...SENT_BACK, amount: cents(999_99) }],
  };
  const verdict = judge(knowing(facts));
  expect(verdict).toMatchObject({ kind: 'reversed', canHold: false });
  expect(render(verdict.title, 'en')).toBe('Part of it went back: KES 0.01 is left');
});

describe('real', () => {
  test('has the time of the newest news of it, never a later one', () => {
    expect(judge(knowing({ movements: [movement()] })).asOf).toBe(ago(30 * MINUTE));
    expect(judge(knowing({ movements: [movement()], answers: [answer()] })).asOf).toBe(ago(MINUTE));
    const clockWasWrong = movement({ sources: [{ ...NOTICE, at: ago(-HOUR) }] });
    expect(judge(knowing({ movements: [clockWasWrong] })).asOf).toBe(NOW);
  });

  test('may be held only while nothing has it', () => {
    expect(judge(knowing({ movements: [movement()] })).canHold).toBe(true);
    expect(judge(knowing({ answers: [answer()] })).canHold).toBe(true);
    for (const facts of [{ usedFor: [USED] }, { claims: [HELD] }, { reversals: [SENT_BACK] }])
      expect(judge(knowing({ movements: [movement()], ...facts })).canHold).toBe(false);
    expect(judge(knowing({ answers: [NOT_FOUND] })).canHold).toBe(false);
  });
});
