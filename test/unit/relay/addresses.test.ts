import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  findAddressFault,
  findProxyFault,
  isIn,
  listOf,
  plainAddress,
  SAFARICOM_ADDRESSES,
} from '../../../relay/src/addresses.ts';

test("the portal's twelve are a list without fault", () => {
  expect(new Set(SAFARICOM_ADDRESSES).size).toBe(12);
  expect(findAddressFault(SAFARICOM_ADDRESSES, ['127.0.0.1', '10.0.0.0/8'])).toBeNull();
});

test('an address is in the list when it stands there or in a network that does', () => {
  const list = listOf(['196.201.214.200', '196.201.212.0/24', '2001:db8::/48']);
  for (const address of ['196.201.214.200', '196.201.212.9', '2001:db8::9'])
    expect([address, isIn(list, address)]).toEqual([address, true]);
  for (const address of [
    '196.201.214.201',
    '196.201.213.9',
    '2001:db8:1::9',
    '',
    'unknown',
    '196.201.214.200 ',
  ])
    expect([address, isIn(list, address)]).toEqual([address, false]);
});

test.each([
  ['196.201.214.200', '196.201.214.200'],
  ['::ffff:196.201.214.200', '196.201.214.200'],
  ['::FFFF:196.201.214.200', '196.201.214.200'],
  ['2001:db8::1', '2001:db8::1'],
  ['fe80::1%eth0', 'unknown'],
  ['::ffff:999.1.1.1', 'unknown'],
  ['196.201.214.200:443', 'unknown'],
  ['<script>', 'unknown'],
  ['', 'unknown'],
])('%s is plainly %s', (given, plain) => {
  expect(plainAddress(given)).toBe(plain);
});

test.each([
  [[]],
  [['1.2.3.4/']],
  [['1.2.3.4/33']],
  [['1.2.3.4/24/24']],
  [['1.2.3']],
  [['::1']],
  [['172.16.0.1']],
  [['8.0.0.0/8']],
])('%j is a list with a fault', (list) => {
  expect(findAddressFault(list, [])).not.toBeNull();
});

test.each([
  '127.0.0.1',
  '10.0.0.0/8',
  '10.3.0.0/16',
  '100.64.0.0/10',
  '192.168.1.0/24',
  '203.0.113.7',
  '203.0.113.0/24',
  '::1',
  'fd00::/8',
  'fe80::1',
  '2001:db8::/64',
])('%s may be believed', (proxy) => {
  expect(findProxyFault(proxy)).toBeNull();
});

test.each([
  '0.0.0.0/0',
  '0.0.0.0/1',
  '128.0.0.0/1',
  '0.0.0.0',
  '8.0.0.0/7',
  '10.0.0.0/7',
  '172.0.0.0/8',
  '203.0.113.0/23',
  '224.0.0.1',
  '::/0',
  '::',
  '::ffff:0.0.0.0/96',
  '::ffff:203.0.113.7',
  '2001:db8::/48',
  'ff02::1',
  'loopback',
  '10.0.0.1/8/8',
])('%s may not be believed', (proxy) => {
  expect(findProxyFault(proxy)).not.toBeNull();
});

test.each([
  ['the same address', ['196.201.214.200'], ['196.201.214.200']],
  ['a network that holds it', ['196.201.214.200'], ['196.201.214.0/24']],
  ['an address of the list’s network', ['196.201.214.0/24'], ['196.201.214.77']],
])('nobody who may deliver is believed about who delivers: %s', (_, list, proxies) => {
  expect(findAddressFault(list, proxies)).toContain('trusted proxy');
});

test('no network that is believed holds an address of Safaricom, and none is a large part of the world', () => {
  const address = fc.ipV4();
  fc.assert(
    fc.property(address, fc.integer({ min: 0, max: 32 }), (base, prefix) => {
      const text = `${base}/${prefix}`;
      if (findProxyFault(text) !== null) return;
      const isPrivate = /^(?:10|127|100|172|192)\./.test(base);
      expect(prefix >= 24 || (isPrivate && prefix >= 8)).toBe(true);
      const holdsOne = SAFARICOM_ADDRESSES.some((each) => isIn(listOf([text]), each));
      expect(findAddressFault(SAFARICOM_ADDRESSES, [text]) === null).toBe(!holdsOne);
    }),
  );
});
