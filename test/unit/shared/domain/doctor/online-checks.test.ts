import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CallState } from '#shared/domain/daraja/call-state.ts';
import { type CallFacts, quote } from '#shared/domain/doctor/call-facts.ts';
import { type InitiatorFacts, initiatorProblem, judgeInitiator } from '#shared/domain/doctor/initiator.ts';
import {
  judgeTillNumber,
  MOST_TRIES,
  nextPair,
  type PairTry,
  pairsFor,
  provesPair,
} from '#shared/domain/doctor/till-number.ts';
import { judgeToken } from '#shared/domain/doctor/token.ts';
import { say } from '#shared/domain/message.ts';
import { DAY, MINUTE, type UtcMs } from '#shared/domain/time.ts';

const NOW = Date.parse('2026-11-28T11:00:00Z') as UtcMs;
const ago = (ms: number) => (NOW - ms) as UtcMs;

function told({ level, finding, mend }: { level: string; finding: { id: string }; mend: unknown }): string {
  return `${level} ${finding.id}${mend === null ? '' : ' +'}`;
}

const call: CallFacts = {
  product: 'status',
  state: 'answered',
  askedAt: ago(MINUTE),
  httpStatus: 200,
  code: '0',
  text: null,
};

test('what Safaricom said is quoted as it came', () => {
  expect(quote({ code: '2001', text: 'The initiator information is invalid.' })).toBe(
    '2001 The initiator information is invalid.',
  );
  expect(quote({ code: null, text: null })).toBe('-');
});

describe('the consumer key and secret', () => {
  const token = { ...call, product: 'token', reason: 'other' } as const;
  const setAt = ago(DAY);
  test.each([
    [
      'never asked',
      { setAt, call: null, isProven: false, stopped: null },
      'not-checked doctor.token.unknown',
    ],
    [
      'never asked, but in use',
      { setAt, call: null, isProven: true, stopped: null },
      'ok doctor.token.proven',
    ],
    ['accepted', { setAt, call: token, isProven: false, stopped: null }, 'ok doctor.token.ok'],
    [
      'refused',
      { setAt, call: { ...token, state: 'refused' as const }, isProven: false, stopped: null },
      'failure doctor.token.refused +',
    ],
    [
      'refused before they were changed',
      { setAt: NOW, call: { ...token, state: 'refused' as const }, isProven: false, stopped: null },
      'not-checked doctor.token.unknown',
    ],
    [
      'offline',
      {
        setAt,
        call: { ...token, state: 'not-sent' as const, reason: 'offline' as const },
        isProven: false,
        stopped: null,
      },
      'failure doctor.token.offline +',
    ],
    [
      'somebody in between',
      {
        setAt,
        call: { ...token, state: 'not-sent' as const, reason: 'tls' as const },
        isProven: false,
        stopped: null,
      },
      'failure doctor.token.tls +',
    ],
    [
      'busy',
      { setAt, call: { ...token, state: 'not-sent' as const }, isProven: false, stopped: null },
      'warning doctor.token.busy +',
    ],
  ])('%s', (_, facts, expected) => {
    expect(told(judgeToken('174379', { ...facts, sharedWith: [] }))).toBe(expected);
  });
});

describe('the look-up operator', () => {
  type Given = Omit<InitiatorFacts, 'dueAt' | 'sharedWith'> & Partial<InitiatorFacts>;
  const setAt = ago(10 * DAY);
  const rest = { dueAt: ago(-80 * DAY), sharedWith: [] };
  const answered = (code: string, text: string | null = null) => ({
    setAt,
    call: { ...call, code, text },
    stopped: null,
  });
  test.each<[string, Given, string, string?]>([
    ['never used', { setAt, call: null, stopped: null }, 'not-checked doctor.initiator.unknown'],
    ['used before the change', { setAt: NOW, call, stopped: null }, 'not-checked doctor.initiator.unknown'],
    ['accepted', answered('0'), 'ok doctor.initiator.ok'],
    [
      'stopped by something older',
      { ...answered('0'), stopped: say('safaricom.credential-refused') },
      'failure safaricom.credential-refused +',
    ],
    ['accepted, receipt unknown', answered('2032'), 'ok doctor.initiator.ok'],
    ['wrong', answered('2001'), 'failure doctor.initiator.refused +', 'wrong'],
    [
      'expired',
      { ...answered('2001'), dueAt: call.askedAt },
      'failure doctor.initiator.refused +',
      'expired',
    ],
    [
      'wrong on its last day',
      { ...answered('2001'), dueAt: (call.askedAt + 1) as UtcMs },
      'failure doctor.initiator.refused +',
      'wrong',
    ],
    ['locked', answered('8006'), 'failure doctor.initiator.refused +', 'locked'],
    ['unknown', answered('20'), 'failure doctor.initiator.refused +', 'unknown_name'],
    ['without the role', answered('21'), 'failure doctor.initiator.refused +', 'no_role'],
    ['of another organisation', answered('TP40153'), 'failure doctor.initiator.refused +', 'no_role'],
    ['badly encrypted', answered('18'), 'failure doctor.initiator.refused +', 'encryption'],
    ['not active', answered('22'), 'failure doctor.initiator.refused +', 'not_active'],
    ['a number that does not exist', answered('SFC_IC0003'), 'warning doctor.initiator.unclear +'],
    ['a code that nobody knows', answered('XYZ1'), 'warning doctor.initiator.unclear +'],
    [
      'under way',
      { setAt, call: { ...call, state: 'accepted' }, stopped: null },
      'not-checked doctor.initiator.waiting',
    ],
    [
      'timed out',
      { setAt, call: { ...call, state: 'timed-out' }, stopped: null },
      'not-checked doctor.initiator.waiting',
    ],
    [
      'silent',
      { setAt, call: { ...call, state: 'silent' }, stopped: null },
      'warning doctor.initiator.silent +',
    ],
    [
      'not sent',
      { setAt, call: { ...call, state: 'not-sent' }, stopped: null },
      'not-checked doctor.initiator.not-asked',
    ],
  ])('%s', (_, facts, expected, problem) => {
    const judged = judgeInitiator('174379', { ...rest, ...facts }, NOW);
    expect(told(judged)).toBe(expected);
    expect(judged.finding.values?.problem).toBe(problem);
  });

  test('what it lacks is named by the product that was asked', () => {
    const judged = judgeInitiator(
      '1',
      { ...rest, setAt, call: { ...call, product: 'balance', code: '21' }, stopped: null },
      NOW,
    );
    expect(judged.mend?.values).toMatchObject({ role: 'Balance Query ORG API' });
  });

  test('where else the same operator is set is said beside how it is mended', () => {
    const shared = { ...rest, sharedWith: ['600111', '600222'] };
    const others = { others: 2, codes: '600111, 600222' };
    const wrong = judgeInitiator('1', { ...shared, ...answered('2001') }, NOW);
    const stopped = judgeInitiator(
      '1',
      { ...shared, setAt, call: null, stopped: say('safaricom.silent') },
      NOW,
    );
    for (const { mend } of [wrong, stopped]) expect(mend?.values).toMatchObject(others);
  });

  test('a code that is not in our list never accuses the operator', () => {
    fc.assert(
      fc.property(fc.string(), fc.boolean(), (code, isOver) => {
        const known = ['18', '20', '21', '22', '2001', '8006', 'TP40153'];
        fc.pre(!known.includes(code.trim()));
        expect(initiatorProblem(code, isOver)).toBeNull();
      }),
    );
  });
});

describe('the number to ask with', () => {
  const pairs = pairsFor('174379', ['600111', '174379']);
  const tried = (party: string, identifierType: '4' | '2', change: Partial<PairTry> = {}): PairTry => ({
    pair: { party, identifierType },
    receipt: 'UKS5J2K991',
    askedAt: ago(MINUTE),
    state: 'answered',
    code: '2032',
    text: null,
    ...change,
  });

  test('its own number first, as an organisation’s and as a till’s', () => {
    expect(pairs.map(({ party, identifierType }) => `${party}/${identifierType}`)).toEqual([
      '174379/4',
      '174379/2',
      '600111/4',
      '600111/2',
    ]);
  });

  test.each<[string, PairTry[], string | null]>([
    ['nothing tried', [], '174379/4'],
    ['one tried', [tried('174379', '4')], '174379/2'],
    ['two tried', [tried('174379', '4'), tried('174379', '2')], null],
    ['one waits', [tried('174379', '4', { state: 'accepted' })], null],
    ['one was not sent', [tried('174379', '4', { state: 'not-sent' })], '174379/4'],
    ['one was silent', [tried('174379', '4', { state: 'silent' })], '174379/2'],
    [
      'two with another receipt',
      [tried('174379', '4', { receipt: 'A' }), tried('174379', '2', { receipt: 'A' })],
      '600111/4',
    ],
  ])('%s', (_, tries, expected) => {
    const next = nextPair(pairs, tries, 'UKS5J2K991');
    expect(next === null ? null : `${next.party}/${next.identifierType}`).toBe(expected);
  });

  test('no receipt is ever asked about more than twice, and never twice the same way', () => {
    const states: CallState[] = ['answered', 'silent', 'refused', 'not-sent', 'accepted', 'lost'];
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('R1', 'R2', 'R3'), fc.constantFrom(...states)), { maxLength: 30 }),
        (acts) => {
          const tries: PairTry[] = [];
          for (const [receipt, state] of acts) {
            const pair = nextPair(pairs, tries, receipt);
            if (pair === null) continue;
            tries.push({ pair, receipt, state, askedAt: NOW, code: null, text: null });
          }
          for (const receipt of ['R1', 'R2', 'R3']) {
            const sent = tries.filter((each) => each.receipt === receipt && each.state !== 'not-sent');
            expect(sent.length).toBeLessThanOrEqual(MOST_TRIES);
            expect(new Set(sent.map(({ pair }) => JSON.stringify(pair))).size).toBe(sent.length);
          }
        },
      ),
    );
  });

  test('only an answer that tells of the payment proves a number', () => {
    expect([null, '0', '2032', 'SFC_IC0003', '2001', 'odd'].map(provesPair)).toEqual([
      false,
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  const learnt = { party: '600111', identifierType: '2', at: NOW } as const;
  test.each([
    [
      'a PayBill',
      { learnt: null, tries: [], isOwnNumberProven: false, isPayBill: true },
      'ok doctor.till-number.pay-bill',
    ],
    [
      'learnt',
      { learnt, tries: [], isOwnNumberProven: false, isPayBill: false },
      'ok doctor.till-number.learnt',
    ],
    [
      'its own',
      { learnt: null, tries: [], isOwnNumberProven: true, isPayBill: false },
      'ok doctor.till-number.own',
    ],
    [
      'unknown',
      { learnt: null, tries: [], isOwnNumberProven: false, isPayBill: false },
      'not-checked doctor.till-number.unknown +',
    ],
    [
      'waiting',
      {
        learnt: null,
        tries: [tried('174379', '4', { state: 'lost' })],
        isOwnNumberProven: false,
        isPayBill: false,
      },
      'not-checked doctor.till-number.waiting',
    ],
    [
      'not found',
      { learnt: null, tries: [tried('174379', '4')], isOwnNumberProven: false, isPayBill: false },
      'warning doctor.till-number.not-found +',
    ],
  ])('%s', (_, facts, expected) => {
    expect(told(judgeTillNumber('174379', facts))).toBe(expected);
  });
});
