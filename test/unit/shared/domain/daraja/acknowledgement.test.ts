import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAcknowledgement } from '#shared/domain/daraja/acknowledgement.ts';
import { ANSWERED_LATER, PRODUCTS, type Product } from '#shared/domain/daraja/product.ts';

type Asked = Exclude<Product, 'token'>;
const IDS = { OriginatorConversationID: '8423-4a3b-87d8', ConversationID: 'AG_20261128_0100' };
const error = (errorCode: string, errorMessage: string) => ({ requestId: '1-2', errorCode, errorMessage });
const fault = {
  fault: {
    faultstring: 'Invalid API call as no apiproduct match found',
    detail: { errorcode: 'keymanagement.service.InvalidAPICallAsNoApiProductMatchFound' },
  },
};

describe('taken', () => {
  test.each([['0'], ['00000000'], [0], [' 0 ']])('ResponseCode %j with its ids', (ResponseCode) => {
    expect(
      readAcknowledgement('status', 200, { ...IDS, ResponseCode, ResponseDescription: 'Accepted' }),
    ).toEqual({
      type: 'accepted',
      originatorConversationId: '8423-4a3b-87d8',
      conversationId: 'AG_20261128_0100',
      code: String(ResponseCode).trim(),
      text: 'Accepted',
    });
  });

  test('C2B misspells its id and is answered at once', () => {
    const body = {
      OriginatorCoversationID: '7619-1',
      ResponseCode: '00000000',
      ResponseDescription: 'Success',
    };
    expect(readAcknowledgement('c2b-register', 200, body)).toMatchObject({
      type: 'answered',
      originatorConversationId: '7619-1',
    });
  });

  test.each([
    ['pull-register', { ResponseRefID: 'r', ResponseStatus: '1000', ResponseDescription: 'Registered' }],
    ['pull-register', { ResponseRefID: 'r', 'Response Status': '1001', ResponseDescription: 'already' }],
    ['pull-query', { ResponseRefID: 'r', ResponseCode: '1000', ResponseMessage: 'Success', Response: [[]] }],
    ['pull-query', { RequestID: 'r', ResponseCode: '1001', ResponseMessage: 'No records found' }],
    ['stk-query', { ResponseCode: '0', MerchantRequestID: 'm', ResultCode: '1032', ResultDesc: 'Cancelled' }],
  ] as const)('%s: %j', (product, body) => {
    expect(readAcknowledgement(product, 200, body)).toMatchObject({ type: 'answered' });
  });
});

describe('refused', () => {
  const table: readonly [string, Asked, number, unknown, object][] = [
    [
      'a bad token, after a fresh one',
      'status',
      400,
      error('400.003.01', 'Invalid Access Token'),
      { reason: 'not-subscribed' },
    ],
    ['… for Pull', 'pull-query', 401, error('401.001', 'Invalid access token'), { reason: 'not-subscribed' }],
    [
      '… for the balance',
      'balance',
      401,
      error('401.002.01', 'Error Occurred - Invalid Access Token - x'),
      { reason: 'not-subscribed' },
    ],
    [
      '… the same code about something else',
      'balance',
      401,
      error('401.002.01', 'ReceiverParty.IdentifierType can not be 4'),
      { reason: 'other' },
    ],
    [
      'a reversal’s token is not tried again',
      'reversal',
      404,
      error('404.001.03', 'Invalid Access Token'),
      { reason: 'token-refused' },
    ],
    ['401 without a word', 'status', 401, {}, { reason: 'not-subscribed', code: null }],
    ['… with nothing at all', 'pull-query', 401, null, { reason: 'not-subscribed' }],
    ['… with words nobody knows', 'balance', 401, error('401', 'Unauthorized'), { reason: 'not-subscribed' }],
    ['… that speaks of a limit', 'balance', 401, error('401', 'Quota Violation'), { reason: 'busy' }],
    ['no such product in the app', 'balance', 401, fault, { reason: 'not-subscribed' }],
    ['… also for a reversal', 'reversal', 401, fault, { reason: 'not-subscribed' }],
    [
      'a field',
      'status',
      400,
      error('400.002.02', 'Bad Request - Invalid TransactionID'),
      { reason: 'request', credential: null },
    ],
    [
      'the credential’s form',
      'status',
      400,
      error('400.002.02', 'Bad Request - Invalid SecurityCredential'),
      { reason: 'credential', credential: 'look-up-operator' },
    ],
    [
      'the operator’s name',
      'balance',
      400,
      error('400.002.02', 'Bad Request - Invalid Initiator'),
      { reason: 'credential', credential: 'look-up-operator' },
    ],
    [
      'the operator’s name, by its other name',
      'balance',
      400,
      error('400.002.02', 'Bad Request - Invalid InitiatorName'),
      { reason: 'credential', credential: 'look-up-operator' },
    ],
    [
      'a field whose name only begins so',
      'balance',
      400,
      error('400.002.02', 'Bad Request - Invalid InitiatorIdentifierType'),
      { reason: 'request', credential: null },
    ],
    [
      'a reversal’s credential',
      'reversal',
      400,
      error('400.002.02', 'Bad Request - Invalid SecurityCredential'),
      { reason: 'credential', credential: 'reversal-operator' },
    ],
    [
      'the operator in a code at once',
      'status',
      200,
      { ...IDS, ResponseCode: '2001', ResponseDescription: 'The initiator information is invalid.' },
      { reason: 'credential', code: '2001' },
    ],
    [
      '… or in an error',
      'status',
      500,
      error('8006', 'The security credential is locked.'),
      { reason: 'credential', code: '8006' },
    ],
    [
      'the passkey',
      'stk-query',
      500,
      error('500.001.1001', 'Wrong credentials'),
      { reason: 'credential', credential: 'passkey' },
    ],
    [
      'a prompt that does not exist',
      'stk-query',
      500,
      error('500.001.1001', 'The transaction does not Exist'),
      { reason: 'other' },
    ],
    [
      'nothing to be pulled, as the portal says it',
      'pull-query',
      500,
      error('500.001.1001', 'No transactions available'),
      { reason: 'other' },
    ],
    ['no words at all', 'status', 500, error('500.001.1001', ''), { reason: 'busy' }],
    [
      'spike arrest',
      'status',
      500,
      error('500.003.02', 'Error Occurred: Spike Arrest Violation'),
      { reason: 'busy' },
    ],
    ['quota', 'pull-query', 429, error('500.003.03', 'Error Occurred: Quota Violation'), { reason: 'busy' }],
    ['429 without words', 'status', 429, {}, { reason: 'busy' }],
    ['busy', 'status', 200, error('500.003.02', 'System is busy'), { reason: 'busy' }],
    [
      'maintenance',
      'balance',
      500,
      error('00.002.1001', 'Service is currently under maintenance'),
      { reason: 'busy' },
    ],
    [
      'addresses that are there',
      'c2b-register',
      500,
      error('500.003.1001', 'Urls are already registered'),
      { reason: 'registered' },
    ],
    [
      '… on the older platform',
      'c2b-register',
      500,
      error('500.003.1001', 'Duplicate notification info, SP ID 1'),
      { reason: 'registered' },
    ],
    ['a wrong path', 'status', 404, error('404.001.01', 'Resource not found'), { reason: 'other' }],
    [
      'other spellings',
      'status',
      400,
      { requestID: '1', ErrorCode: '400.002.05', ErrorMessage: 'Invalid Request Payload' },
      { reason: 'request', code: '400.002.05' },
    ],
    ['4xx without a word that is known', 'status', 400, { nothing: 'here' }, { reason: 'other', code: null }],
    ['5xx without a word that is known', 'balance', 502, { nothing: 'here' }, { reason: 'busy' }],
    [
      'a busy gateway in a code',
      'balance',
      200,
      { ...IDS, ResponseCode: '100000001', ResponseDescription: 'overload' },
      { reason: 'busy' },
    ],
  ];

  test.each(table)('%s', (_, product, status, body, expected) => {
    expect(readAcknowledgement(product, status, body)).toMatchObject({ type: 'refused', ...expected });
  });
});

describe('unclear', () => {
  test.each([
    [
      'an internal error may come after the effect',
      'reversal',
      500,
      error('500.001.1001', 'Internal Server Error'),
    ],
    ['so may a limit', 'reversal', 500, error('500.003.02', 'Spike arrest')],
    ['5xx without words', 'reversal', 503, {}],
    ['4xx without words, of money that may have moved', 'reversal', 408, { nothing: 'here' }],
    ['a limit without the words of the gateway', 'reversal', 429, {}],
    ['4xx with a code that nobody knows', 'reversal', 409, error('X77', 'Conflict')],
    ['a success without words', 'status', 200, {}],
    ['not even an object', 'reversal', 200, 'OK'],
    ['nothing', 'balance', 200, null],
    [
      'zeros beside a failure',
      'reversal',
      200,
      { ...IDS, ResponseCode: '0', ResponseDescription: 'The request failed' },
    ],
    [
      'a reversal’s code that nobody knows',
      'reversal',
      200,
      { ...IDS, ResponseCode: '77', ResponseDescription: 'New' },
    ],
  ] as const)('%s', (_, product, status, body) => {
    expect(readAcknowledgement(product, status, body)).toMatchObject({ type: 'unclear' });
  });
});

describe('whatever comes', () => {
  const products = PRODUCTS.filter((product): product is Asked => product !== 'token');
  const body = fc.oneof(
    fc.jsonValue(),
    fc.record(
      {
        ResponseCode: fc.oneof(fc.constantFrom('0', '00', '1', 0, '2001'), fc.jsonValue()),
        ResponseDescription: fc.oneof(fc.constantFrom('Success', 'failed'), fc.jsonValue()),
        errorCode: fc.jsonValue(),
        errorMessage: fc.jsonValue(),
        ConversationID: fc.jsonValue(),
      },
      { requiredKeys: [] },
    ),
  );

  test('nothing throws, and only zeros without an error are ever a yes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...products),
        fc.integer({ min: 200, max: 599 }),
        body,
        (product, status, any) => {
          const said = readAcknowledgement(product, status, any);
          if (said.type === 'accepted') {
            expect(ANSWERED_LATER).toContain(product);
            expect(said.code).toMatch(/^0+$/);
          }
          if (said.type === 'refused' && said.reason === 'credential') expect(said.credential).not.toBeNull();
        },
      ),
    );
  });

  test('a reversal is refused at 5xx only by what names its token, its product, its credential or its addresses', () => {
    fc.assert(
      fc.property(fc.integer({ min: 500, max: 599 }), fc.string(), (status, words) => {
        const said = readAcknowledgement('reversal', status, error('500.001.1001', words));
        if (said.type === 'refused')
          expect(['credential', 'not-subscribed', 'token-refused', 'registered']).toContain(said.reason);
      }),
    );
  });
});
