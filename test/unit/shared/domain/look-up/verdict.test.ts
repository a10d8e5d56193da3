import { describe, expect, test } from 'vitest';
import type { LookUpFacts } from '#shared/domain/look-up/facts.ts';
import { VERDICT_KINDS, type VerdictKind } from '#shared/domain/look-up/findings.ts';
import { judge, type Tone, type Verdict } from '#shared/domain/look-up/verdict.ts';
import { HOUR, MINUTE } from '#shared/domain/time.ts';
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
  [
    'a part that went back',
    { movements: [movement()], reversals: [{ ...SENT_BACK, amount: kes(50) }] },
    'settled',
    'good',
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
  ['2032, then asked again', { answers: [NOT_FOUND], asking: WAITING }, 'not-known', 'wait'],
  ['2032, then found', { answers: [{ ...NOT_FOUND, at: NOW }, answer({ id: 2 })] }, 'reported', 'likely'],
  [
    'an answer that nobody understands',
    { answers: [answer({ fate: 'unknown', state: 'Odd' })] },
    'unclear',
    'quiet',
  ],
  ['a question that was refused', { answers: [REFUSED] }, 'unclear', 'quiet'],
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
