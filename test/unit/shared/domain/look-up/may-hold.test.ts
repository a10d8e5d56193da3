import { describe, expect, test } from 'vitest';
import { initialsOf } from '#shared/domain/look-up/customer.ts';
import {
  type HoldRefusal,
  type HoldRequest,
  isAlarming,
  whyNotHold,
} from '#shared/domain/look-up/may-hold.ts';
import type { BusinessDay } from '#shared/domain/time.ts';

const TODAY = '2026-03-14' as BusinessDay;
const YESTERDAY = '2026-03-13' as BusinessDay;
const sale = { id: 7, tillId: 1, day: TODAY, canBePaid: true };
const FREE: HoldRequest = {
  isReal: true,
  usedFor: [],
  held: null,
  payment: { tillId: 1, day: TODAY },
  sale,
  staffId: 1,
  today: TODAY,
  note: '',
};

const TABLE: readonly [string, Partial<HoldRequest>, HoldRefusal | null][] = [
  ['a free payment', {}, null],
  ['for a sale not rung up yet', { sale: null }, null],
  ['that only an answer knows', { payment: null }, null],
  ['for a sale of any till', { sale: { ...sale, tillId: null } }, null],
  ['that is not known to be here', { isReal: false }, 'not-here'],
  ['that paid for this sale', { usedFor: [7] }, 'same-sale'],
  ['that paid for another', { usedFor: [8] }, 'used'],
  ['held by somebody else', { held: { by: 2, saleId: null } }, 'held'],
  ['held by oneself for another sale', { held: { by: 1, saleId: 8 } }, 'held'],
  ['held by oneself, and the sale is known now', { held: { by: 1, saleId: null } }, null],
  ['held by oneself, and still unnamed', { held: { by: 1, saleId: null }, sale: null }, 'held'],
  ['for a refund', { sale: { ...sale, canBePaid: false } }, 'no-sale'],
  ['for a sale of another till', { sale: { ...sale, tillId: 2 } }, 'other-till'],
  ['of yesterday', { payment: { tillId: 1, day: YESTERDAY } }, 'old'],
  ['of yesterday, with a word', { payment: { tillId: 1, day: YESTERDAY }, note: 'fetched today' }, null],
  [
    'of yesterday, for yesterday’s sale',
    { payment: { tillId: 1, day: YESTERDAY }, sale: { ...sale, day: YESTERDAY } },
    null,
  ],
  ['of yesterday, unnamed', { payment: { tillId: 1, day: YESTERDAY }, sale: null }, 'old'],
];

test.each(TABLE)('holding a payment %s', (_, about, refusal) => {
  expect(whyNotHold({ ...FREE, ...about })).toBe(refusal);
});

test('the owner is told of what may be a receipt shown twice', () => {
  const all = TABLE.flatMap(([, , refusal]) => refusal ?? []);
  expect([...new Set(all.filter(isAlarming))].sort()).toEqual(['held', 'old', 'other-till', 'used']);
});

describe('a customer at the counter', () => {
  test.each([
    ['AMINA W EXAMPLE', 'A. W. E.'],
    ['  john   doe ', 'J. D.'],
    ["o'neil d’souza", 'O. D.'],
    ['SAMUEL **** KIMANI', 'S. K.'],
    ['ÉMILE Özil', 'É. Ö.'],
    ['1234', null],
    ['', null],
    [null, null],
  ])('%s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});
