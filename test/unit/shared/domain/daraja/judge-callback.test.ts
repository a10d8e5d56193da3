import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mayStep, OPEN_STATES } from '#shared/domain/daraja/call-state.ts';
import { type AskedCall, judgeCallback } from '#shared/domain/daraja/judge-callback.ts';
import { readResult } from '#shared/domain/daraja/result.ts';

const ACK = { originatorConversationId: '1236-7134259-1', conversationId: 'AG_20261120_0001' };
const IDS = { OriginatorConversationID: ACK.originatorConversationId, ConversationID: ACK.conversationId };

function callOf(change: Partial<AskedCall> = {}): AskedCall {
  return {
    product: 'status',
    state: 'accepted',
    request: { TransactionID: 'SJK4H7L2QP', PartyA: '765432' },
    ...ACK,
    ourNumbers: ['765432'],
    payer: null,
    answer: null,
    ...change,
  };
}

type Fields = Readonly<Record<string, unknown>>;

function resultOf(fields: Fields = {}, parameters: Fields = {}) {
  const list = Object.entries(parameters).map(([Key, Value]) => ({ Key, Value }));
  return readResult({
    Result: {
      ResultType: 0,
      ResultCode: 0,
      ResultDesc: 'The service request is processed successfully.',
      ...IDS,
      ...fields,
      ResultParameters: { ResultParameter: list },
    },
  });
}

const status = (fields: Fields = {}, parameters: Fields = {}) =>
  resultOf(fields, { ReceiptNo: 'SJK4H7L2QP', TransactionStatus: 'Completed', Amount: 1240, ...parameters });
const reversal = (parameters: Fields = {}, fields: Fields = {}) =>
  resultOf(fields, {
    OriginalTransactionID: 'SJK4H7L2QP',
    Amount: '1240.00',
    DebitPartyPublicName: '765432 - DUKA',
    CreditPartyPublicName: '254712345404 - AMINA EXAMPLE',
    ...parameters,
  });
const askedBack: Partial<AskedCall> = {
  product: 'reversal',
  request: { TransactionID: 'SJK4H7L2QP', Amount: '1240' },
  payer: '0712***404',
};
const judge = (
  call: AskedCall | null,
  result: ReturnType<typeof resultOf>,
  kind: 'result' | 'timeout' = 'result',
) => {
  const judged = judgeCallback({ kind, result }, call);
  const becomes = 'becomes' in judged ? judged.becomes : undefined;
  return { outcome: judged.outcome, why: judged.why.id, ...(becomes === undefined ? {} : { becomes }) };
};
const matched = (why: string) => ({ outcome: 'matched', why: `callback.${why}`, becomes: 'answered' });
const suspicious = (why: string) => ({ outcome: 'suspicious', why: `callback.${why}` });

describe('an answer is bound by its token first', () => {
  test.each([
    ['acknowledged', callOf(), matched('answered')],
    [
      'no acknowledgement came',
      callOf({ state: 'lost', originatorConversationId: null, conversationId: null }),
      matched('answered-without-ack'),
    ],
    [
      'it overtook the acknowledgement',
      callOf({ state: 'intended', originatorConversationId: null, conversationId: null }),
      matched('answered-without-ack'),
    ],
    ['nobody waits any more', callOf({ state: 'silent' }), matched('answered-late')],
    ['a time-out was told before', callOf({ state: 'timed-out' }), matched('answered-late')],
    ['nobody ever gave out this address', null, suspicious('unknown-token')],
    ['it was never sent', callOf({ state: 'not-sent' }), suspicious('never-sent')],
    ['Safaricom had refused it', callOf({ state: 'refused' }), matched('answered-though-refused')],
  ])('%s', (_, call, expected) => {
    expect(judge(call, status())).toEqual(expected);
  });
});

describe('then it is held against the request', () => {
  test.each([
    ['another conversation', status({ ConversationID: 'AG_20261120_0002' }), 'other-ids'],
    ['another originator', status({ OriginatorConversationID: '1-1-1' }), 'other-ids'],
    [
      'no ids at all, though Safaricom gave some',
      status({ ConversationID: null, OriginatorConversationID: null }),
      'no-ids',
    ],
    ['another receipt', status({}, { ReceiptNo: 'SJK4H7L2QX' }), 'other-receipt'],
    ['a receipt that is none', status({}, { ReceiptNo: '<script>' }), 'other-receipt'],
    [
      'the answer to a balance',
      resultOf({}, { AccountBalance: 'Utility Account|KES|1.00|1.00|0.00|0.00' }),
      'other-product',
    ],
    ['the answer to a reversal', reversal(), 'other-product'],
  ])('%s is not believed', (_, result, why) => {
    expect(judge(callOf(), result)).toEqual(suspicious(why));
  });

  test.each([
    ['one id only', status({ ConversationID: null })],
    ['no receipt', resultOf({}, { TransactionStatus: 'Completed' })],
    ['no parameters and another code', resultOf({ ResultCode: '2032', ResultDesc: 'not found' })],
    ['another amount than anybody thought', status({}, { Amount: 5 })],
    ['the receipt in small letters', status({}, { ReceiptNo: 'sjk4h7l2qp' })],
  ])('%s contradicts nothing', (_, result) => {
    expect(judge(callOf(), result)).toEqual(matched('answered'));
  });

  test.each([
    ['another amount', { Amount: '1240.50' }, 'other-amount'],
    ['another receipt', { OriginalTransactionID: 'SJK4H7L2QX' }, 'other-receipt'],
    ['from a number that is not ours', { DebitPartyPublicName: '600000 - OTHER' }, 'other-number'],
    ['to another customer', { CreditPartyPublicName: '254712345405 - AMINA EXAMPLE' }, 'other-party'],
  ])('money that went back: %s is not believed', (_, change, why) => {
    expect(judge(callOf(askedBack), reversal(change))).toEqual(suspicious(why));
  });

  test.each([
    ['the same', {}, {}],
    ['a number beside ours', {}, { ourNumbers: ['765432', '600000'] }],
    ['a masked customer', { CreditPartyPublicName: '2547 ***** 404 - AMINA' }, {}],
    ['a customer nobody knows', {}, { payer: null }],
    [
      'nothing said of anybody',
      { DebitPartyPublicName: null, CreditPartyPublicName: null, Amount: null },
      {},
    ],
  ])('money that went back: %s fits', (_, parameters, call) => {
    const number = 'ourNumbers' in call ? { DebitPartyPublicName: '600000 - STORE' } : {};
    expect(judge(callOf({ ...askedBack, ...call }), reversal({ ...parameters, ...number }))).toEqual(
      matched('answered'),
    );
  });
});

describe('a key that comes more than once', () => {
  const repeated = (parameters: readonly (readonly [string, unknown])[]) =>
    readResult({
      Result: {
        ...IDS,
        ResultType: 0,
        ResultCode: 0,
        ResultParameters: { ResultParameter: parameters.map(([Key, Value]) => ({ Key, Value })) },
      },
    });
  const back = [
    ['OriginalTransactionID', 'SJK4H7L2QP'],
    ['Amount', '1240.00'],
    ['DebitPartyPublicName', '765432 - DUKA'],
    ['CreditPartyPublicName', '254712345404 - AMINA EXAMPLE'],
  ] as const;

  test.each([
    [
      'another receipt',
      callOf(),
      [
        ['ReceiptNo', 'SJK4H7L2QP'],
        ['ReceiptNo', 'SJK4H7L2QX'],
      ],
      'other-receipt',
    ],
    [
      'another payment',
      callOf(askedBack),
      [...back, ['OriginalTransactionID', 'SJK4H7L2QX']],
      'other-receipt',
    ],
    ['another amount', callOf(askedBack), [...back, ['Amount', 5]], 'other-amount'],
    [
      'a number that is not ours',
      callOf(askedBack),
      [...back, ['DebitPartyPublicName', '600000 - X']],
      'other-number',
    ],
    [
      'another customer',
      callOf(askedBack),
      [...back, ['CreditPartyPublicName', '254712345405 - B']],
      'other-party',
    ],
  ] as const)('with %s is not believed, wherever it stands', (_, call, parameters, why) => {
    expect(judge(call, repeated(parameters))).toEqual(suspicious(why));
    expect(judge(call, repeated(parameters.toReversed()))).toEqual(suspicious(why));
  });

  test('with the same contradicts nothing', () => {
    const same = [...back, ...back, ['Amount', 1240]] as const;
    expect(judge(callOf(askedBack), repeated(same))).toEqual(matched('answered'));
  });
});

describe('a second answer', () => {
  const answered = (result: ReturnType<typeof resultOf>) =>
    callOf({ state: 'answered', answer: { result, code: result?.code ?? null } });

  test('with the same meaning is a repetition, whatever its words and the order of its fields', () => {
    expect(
      judge(answered(status()), status({ ResultDesc: 'Done.', ResultCode: '0' }, { Amount: '1240.00' })),
    ).toEqual({
      outcome: 'duplicate',
      why: 'callback.same-meaning',
    });
  });

  test.each([
    ['another fate', status({}, { TransactionStatus: 'Cancelled' })],
    ['another amount', status({}, { Amount: 12.4 })],
    ['another code', resultOf({ ResultCode: '2001', ResultDesc: 'The initiator information is invalid.' })],
  ])('with %s is not believed', (_, result) => {
    expect(judge(answered(status()), result)).toEqual(suspicious('other-answer'));
  });

  test('is compared by its code alone where the first was erased', () => {
    const erased = callOf({ state: 'answered', answer: { result: null, code: '0' } });
    expect(judge(erased, status()).outcome).toBe('duplicate');
    expect(judge(erased, resultOf({ ResultCode: '2032' })).outcome).toBe('suspicious');
  });
});

describe('the news of a time-out', () => {
  const news = resultOf({ ResultType: 1, ResultCode: 1, ResultDesc: 'The request timed out' });
  const flat = readResult(IDS);

  test.each([
    ['as an envelope, at its own address', 'timeout', news],
    ['flat', 'timeout', flat],
    ['at the address for results', 'result', news],
    ['in words that nobody knows, at its own address', 'timeout', null],
  ] as const)('%s leaves the question open', (_, kind, result) => {
    expect(judge(callOf(), result, kind)).toEqual({
      outcome: 'matched',
      why: 'callback.timed-out',
      becomes: 'timed-out',
    });
  });

  test('changes nothing after the answer, and is told once', () => {
    const answer = { result: status(), code: '0' };
    expect(judge(callOf({ state: 'answered', answer }), news, 'timeout')).toEqual({
      outcome: 'matched',
      why: 'callback.timeout-after-answer',
      becomes: null,
    });
    expect(judge(callOf({ state: 'timed-out' }), news, 'timeout').outcome).toBe('duplicate');
  });

  test('for another conversation is not believed', () => {
    const other = readResult({ ...IDS, ConversationID: 'AG_20261120_0002' });
    expect(judge(callOf(), other, 'timeout')).toEqual(suspicious('other-ids'));
  });

  test('a whole answer at the address for time-outs is an answer', () => {
    expect(judge(callOf(), status(), 'timeout')).toEqual(matched('answered'));
  });

  test('what is no result at the address for results is shown', () => {
    expect(judge(callOf(), null)).toEqual({ outcome: 'unreadable', why: 'callback.no-result' });
  });
});

describe('whatever comes', () => {
  const anything = fc.json({ maxDepth: 5 }).map((text) => readResult(JSON.parse(text)));
  const spoilt = fc
    .record({
      ResultCode: fc.anything(),
      ResultType: fc.anything(),
      ResultParameters: fc.anything(),
      ReferenceData: fc.anything(),
    })
    .map((fields) => readResult({ Result: { ...IDS, ...fields } }));
  const result = fc.oneof(
    anything,
    spoilt,
    fc.constant(null),
    fc.constant(status()),
    fc.constant(reversal()),
  );
  const call = fc.record({
    product: fc.constantFrom('status', 'balance', 'reversal' as const),
    state: fc.constantFrom(...OPEN_STATES, 'answered', 'refused', 'not-sent' as const),
    request: fc.constantFrom({ TransactionID: 'SJK4H7L2QP', Amount: '1240' }, { PartyA: '765432' }, {}),
    originatorConversationId: fc.constantFrom(ACK.originatorConversationId, null, 'other'),
    conversationId: fc.constantFrom(ACK.conversationId, null, 'other'),
    ourNumbers: fc.constantFrom(['765432'], []),
    payer: fc.constantFrom('0712***404', null, ''),
    answer: fc.constantFrom(null, { result: status(), code: '0' }, { result: null, code: null }),
  }) as fc.Arbitrary<AskedCall>;

  test('a step that is taken is one that a call may take, and only an answer ends it', () => {
    fc.assert(
      fc.property(call, result, fc.constantFrom('result', 'timeout' as const), (asked, came, kind) => {
        const judged = judgeCallback({ kind, result: came }, asked);
        if (judged.outcome !== 'matched' || judged.becomes === null) return;
        expect(asked.answer === null || asked.state === 'answered' || judged.becomes === 'timed-out').toBe(
          true,
        );
        if (asked.state !== 'answered') expect(mayStep(asked.state, judged.becomes)).toBe(true);
      }),
    );
  });

  test('an answer that names another conversation, or none of an acknowledged one, is never believed', () => {
    fc.assert(
      fc.property(call, result, (asked, came) => {
        const judged = judgeCallback({ kind: 'result', result: came }, asked);
        if (judged.outcome !== 'matched' || judged.becomes !== 'answered' || came === null) return;
        for (const [theirs, ours] of [
          [came.conversationId, asked.conversationId],
          [came.originatorConversationId, asked.originatorConversationId],
        ])
          expect(theirs === null || ours === null || theirs === ours).toBe(true);
        const hasAck = asked.conversationId !== null || asked.originatorConversationId !== null;
        expect(!hasAck || came.conversationId !== null || came.originatorConversationId !== null).toBe(true);
      }),
    );
  });

  test('what nobody asked is never believed', () => {
    fc.assert(
      fc.property(result, fc.constantFrom('result', 'timeout' as const), (came, kind) => {
        expect(judgeCallback({ kind, result: came }, null).outcome).toBe('suspicious');
      }),
    );
  });
});
