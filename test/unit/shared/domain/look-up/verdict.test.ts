import { describe, expect, test } from 'vitest';
import type { KnownAnswer, LookUpFacts } from '#shared/domain/look-up/facts.ts';
import { VERDICT_KINDS, type VerdictKind } from '#shared/domain/look-up/findings.ts';
import { judge, type Tone, type Verdict } from '#shared/domain/look-up/verdict.ts';
import { cents } from '#shared/domain/money.ts';
import { HOUR, MINUTE } from '#shared/domain/time.ts';
import { render } from '#shared/text/render.ts';
import {
  ago,
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

/** A notice that came through the relay, and what Safaricom answered about it. */
const denied = (about: Partial<KnownAnswer>) => ({ movements: [REPORTED], answers: [answer(about)] });
const twoCodes = { askable: ['1234567', '600100'] };
const PART_BACK = { ...SENT_BACK, amount: kes(50) };

type Row = readonly [what: string, facts: Partial<LookUpFacts>, kind: VerdictKind, tone: Tone];
const TABLE: readonly Row[] = [
  ['a statement', { movements: [movement()] }, 'settled', 'good'],
  ['a statement, and 2032', { movements: [movement()], answers: [NOT_FOUND] }, 'settled', 'good'],
  ['a statement, and no answer', { movements: [movement()], asking: WAITING }, 'settled', 'good'],
  [
    'a statement, and its charge',
    { movements: [movement({ id: 2, kind: 'charge', direction: 'out' }), movement()] },
    'settled',
    'good',
  ],
  ['a notice', { movements: [REPORTED] }, 'reported', 'likely'],
  ['a notice of much', { movements: [REPORTED], isLarge: true }, 'reported', 'wait'],
  [
    'a notice of much, and an answer',
    { movements: [REPORTED], isLarge: true, answers: [answer()] },
    'reported',
    'likely',
  ],
  ['a notice, and 2032', { movements: [REPORTED], answers: [NOT_FOUND] }, 'reported', 'likely'],
  ['an answer alone', { answers: [answer()] }, 'reported', 'likely'],
  [
    'another amount in the message',
    { movements: [movement()], stated: stating(kes(2250)) },
    'amount-differs',
    'bad',
  ],
  [
    'the same amount in the message',
    { movements: [movement()], stated: stating(kes(1250)) },
    'settled',
    'good',
  ],
  [
    'another amount than was answered',
    { answers: [answer()], stated: stating(kes(2250)) },
    'amount-differs',
    'bad',
  ],
  [
    'a reversal in the books',
    { movements: [movement()], reversals: [SENT_BACK], usedFor: [USED] },
    'reversed',
    'bad',
  ],
  ['a part that went back', { movements: [movement()], reversals: [PART_BACK] }, 'reversed', 'wait'],
  [
    'a part that went back, of a payment that was used',
    { movements: [movement()], reversals: [PART_BACK], usedFor: [USED] },
    'used',
    'bad',
  ],
  [
    'parts that went back, the whole together',
    { movements: [movement()], reversals: [PART_BACK, { ...PART_BACK, amount: kes(1200) }] },
    'reversed',
    'bad',
  ],
  ['a line that says reversed', { movements: [movement({ status: 'reversed' })] }, 'reversed', 'bad'],
  [
    'an answer that says reversed',
    { movements: [movement()], answers: [answer({ fate: 'reversed' })] },
    'reversed',
    'bad',
  ],
  [
    'an older answer after it',
    { answers: [answer({ fate: 'reversed', at: ago(HOUR) }), answer({ id: 2 })] },
    'reversed',
    'bad',
  ],
  ['a line that failed', { movements: [movement({ status: 'failed' })] }, 'failed', 'bad'],
  ['an answer that it failed', { answers: [answer({ fate: 'failed', state: 'Declined' })] }, 'failed', 'bad'],
  [
    'a line, and an answer that it failed',
    { movements: [movement()], answers: [answer({ fate: 'failed' })] },
    'settled',
    'good',
  ],
  [
    'an answer that names another',
    { answers: [answer({ isOurs: false, paidTo: '7654321' })] },
    'another-short-code',
    'bad',
  ],
  ['a notice of another', { foreign: [FOREIGN] }, 'another-short-code', 'bad'],
  [
    'the books against an answer',
    { movements: [movement()], answers: [answer({ isOurs: false })] },
    'settled',
    'good',
  ],
  ['a notice, and Safaricom says failed', denied({ fate: 'failed', state: 'Declined' }), 'failed', 'bad'],
  ['a notice, and Safaricom names another', denied({ isOurs: false }), 'another-short-code', 'bad'],
  ['a notice, and Safaricom says less', denied({ amount: kes(100) }), 'amount-differs', 'bad'],
  [
    'a notice, and Safaricom says less, not to whom',
    denied({ amount: kes(100), isOurs: null }),
    'amount-differs',
    'bad',
  ],
  ['a notice, and Safaricom says that we paid', denied({ isFromUs: true }), 'not-a-payment', 'bad'],
  [
    'a notice that was used, and Safaricom says less',
    { ...denied({ amount: kes(100) }), usedFor: [USED] },
    'amount-differs',
    'bad',
  ],
  [
    'a statement, and Safaricom says less',
    { movements: [movement()], answers: [answer({ amount: kes(100) })] },
    'settled',
    'good',
  ],
  ['a notice of much, and not to whom', { ...denied({ isOurs: null }), isLarge: true }, 'reported', 'wait'],
  ['a notice of much, and no amount', { ...denied({ amount: null }), isLarge: true }, 'reported', 'wait'],
  ['an answer that does not say to whom', { answers: [answer({ isOurs: null })] }, 'unclear', 'quiet'],
  [
    'one that does not say to whom, after one that does',
    { answers: [answer(), answer({ id: 2, at: NOW, isOurs: null })] },
    'reported',
    'likely',
  ],
  ['one under way to another', { answers: [answer({ fate: 'pending', isOurs: false })] }, 'pending', 'wait'],
  [
    'one of a state nobody knows, to another',
    { answers: [answer({ fate: 'unknown', isOurs: false })] },
    'unclear',
    'quiet',
  ],
  ['a sweep', { movements: [movement({ kind: 'sweep', direction: 'out' })] }, 'not-a-payment', 'bad'],
  [
    'an answer that we paid',
    { answers: [answer({ isFromUs: true, isOurs: false })] },
    'not-a-payment',
    'bad',
  ],
  ['a sale', { movements: [movement()], usedFor: [USED] }, 'used', 'bad'],
  [
    'a sale and another amount',
    { movements: [movement()], usedFor: [USED], stated: stating(kes(9)) },
    'used',
    'bad',
  ],
  ['a claim', { movements: [movement()], claims: [HELD] }, 'held', 'wait'],
  ['a claim that ended', { movements: [movement()], claims: [{ ...HELD, endedAt: NOW }] }, 'settled', 'good'],
  ['a claim on an answer', { answers: [answer()], claims: [HELD] }, 'held', 'wait'],
  ['an earlier look-up', { movements: [movement()], shownBefore: [SHOWN] }, 'shown-before', 'wait'],
  [
    'one’s own a moment ago',
    { movements: [movement()], shownBefore: [{ ...SHOWN, counts: false }] },
    'settled',
    'good',
  ],
  [
    'an answer that it is under way',
    { answers: [answer({ fate: 'pending', state: 'Initiated' })] },
    'pending',
    'wait',
  ],
  [
    'under way, then finished',
    { answers: [answer({ fate: 'pending', at: NOW }), answer({ id: 2 })] },
    'reported',
    'likely',
  ],
  ['2032', { answers: [NOT_FOUND] }, 'not-known', 'wait'],
  ['2032 for one of two', { ...twoCodes, answers: [NOT_FOUND] }, 'not-asked', 'quiet'],
  [
    '2032 for one of two, the other asked',
    { ...twoCodes, answers: [NOT_FOUND], asking: WAITING },
    'no-answer',
    'wait',
  ],
  [
    '2032 for one of two, the other out of reach',
    { ...twoCodes, answers: [NOT_FOUND], asking: { state: 'could-not-ask', at: null, why: null } },
    'could-not-ask',
    'quiet',
  ],
  [
    '2032 for both',
    { ...twoCodes, answers: [NOT_FOUND, { ...NOT_FOUND, id: 13, askedFor: '600100' }] },
    'not-known',
    'wait',
  ],
  ['2032, then asked again', { answers: [NOT_FOUND], asking: WAITING }, 'not-known', 'wait'],
  ['2032, then found', { answers: [{ ...NOT_FOUND, at: NOW }, answer({ id: 2 })] }, 'reported', 'likely'],
  [
    'an answer that nobody understands',
    { answers: [answer({ fate: 'unknown', state: 'Odd' })] },
    'unclear',
    'quiet',
  ],
  [
    'an answer that contradicts itself',
    { answers: [answer({ fate: 'unknown', isAnswered: false })] },
    'unclear',
    'quiet',
  ],
  ['a question that was refused', { answers: [REFUSED] }, 'could-not-ask', 'quiet'],
  [
    'a Safaricom that was too busy',
    { answers: [{ ...REFUSED, fate: 'unknown', code: '26' }] },
    'could-not-ask',
    'quiet',
  ],
  ['asked', { asking: WAITING }, 'no-answer', 'wait'],
  ['asked in vain', { asking: { ...WAITING, state: 'silent' } }, 'no-answer', 'wait'],
  ['no way to ask', { asking: { state: 'could-not-ask', at: null, why: null } }, 'could-not-ask', 'quiet'],
  ['nothing', {}, 'not-asked', 'quiet'],
  ['a code of no day', { receipt: 'AAAAAAAA01' as LookUpFacts['receipt'] }, 'not-asked', 'quiet'],
];

test.each(TABLE)('%s', (_, facts, kind, tone) => {
  expect(judge(knowing(facts))).toMatchObject({ kind, tone });
});

test('every kind stands in the table', () => {
  expect([...new Set(TABLE.map(([, , kind]) => kind))].sort()).toEqual([...VERDICT_KINDS].sort());
});

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
