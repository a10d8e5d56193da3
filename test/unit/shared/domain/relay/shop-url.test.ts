import { expect, test } from 'vitest';
import {
  messagesTarget,
  readMessagesQuery,
  readShopTarget,
  SHOP_METHODS,
  shopTarget,
} from '#shared/domain/relay/shop-url.ts';
import { answerToSign, pairingToProve, requestToSign } from '#shared/domain/relay/signed-request.ts';

const INBOX = '00112233445566aa';

test('what the PC asks is what the relay reads', () => {
  for (const action of ['pair', 'ack', 'status'] as const)
    expect(readShopTarget(shopTarget(INBOX, action))).toEqual({ inbox: INBOX, action });
  const target = messagesTarget(INBOX, 17, 25);
  expect(readShopTarget(target)).toEqual({ inbox: INBOX, action: 'messages' });
  expect(readMessagesQuery(target)).toEqual({ after: 17, wait: 25 });
  expect(Object.keys(SHOP_METHODS).sort()).toEqual(['ack', 'messages', 'pair', 'status']);
});

test.each([
  '/',
  `/inbox/${INBOX}`,
  `/inbox/${INBOX}/`,
  `/inbox/${INBOX}/other`,
  `/inbox/${INBOX}/constructor`,
  `/inbox/${INBOX}/status/`,
  `/inbox/${INBOX}/status?x`,
  `/inbox/${INBOX}/messages?a?b`,
  `/inbox/${INBOX.toUpperCase()}/status`,
  `x/inbox/${INBOX}/status`,
])('%s is no request of a PC', (target) => {
  expect(readShopTarget(target)).toBeNull();
});

test.each([
  '',
  '?after=0',
  '?after=1e3&wait=0',
  '?after=0&wait=26',
  '?after=0&wait=0&x=1',
  '?after=9999999999999999&wait=0',
])('the question %s is of another form', (question) => {
  expect(readMessagesQuery(`/inbox/${INBOX}/messages${question}`)).toBeNull();
});

test('what is signed cannot be taken for something else', () => {
  const same = { relay: 'r', inbox: 'i', nonce: 'n', bodyHash: 'b' };
  expect(requestToSign({ ...same, method: 'GET', target: '/t', at: 5 })).toBe(
    'daftari-relay-request-1\nr\ni\nGET\n/t\n5\nn\nb',
  );
  expect(answerToSign({ ...same, status: 200 })).toBe('daftari-relay-answer-1\nr\ni\nn\n200\nb');
  expect(pairingToProve({ relay: 'r', inbox: 'i', boxKey: 'x', signKey: 'y' })).toBe(
    'daftari-relay-pairing-1\nr\ni\nx\ny',
  );
});
