import { expect, test } from 'vitest';
import type { KnownAnswer, LookUpFacts } from '#shared/domain/look-up/facts.ts';
import { VERDICT_KINDS, type VerdictKind } from '#shared/domain/look-up/findings.ts';
import { judge, type Tone } from '#shared/domain/look-up/verdict.ts';
import { HOUR } from '#shared/domain/time.ts';
import {
  ago,
  answer,
  FOREIGN,
  HELD,
  kes,
  knowing,
  movement,
  NOT_FOUND,
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
const ASKED = { name: 'R-000001', isBack: false, channel: 'typed', at: NOW } as const;
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
  ['a request of ours to send it back', { movements: [movement()], askedBack: ASKED }, 'asked-back', 'wait'],
  [
    'a request of ours, and a claim',
    { movements: [movement()], askedBack: ASKED, claims: [HELD] },
    'asked-back',
    'wait',
  ],
  [
    'given back in cash, says whoever did it',
    { movements: [movement()], askedBack: { ...ASKED, isBack: true }, usedFor: [USED] },
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
