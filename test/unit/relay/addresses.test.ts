import { expect, test } from 'vitest';
import {
  findAddressFault,
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
