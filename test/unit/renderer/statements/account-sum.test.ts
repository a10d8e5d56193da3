import { expect, test } from 'vitest';
import { sumAccount } from '#renderer/screens/statements/account-sum.ts';
import { cents } from '#shared/domain/money.ts';
import type { ImportAccountView } from '#shared/ipc/views.ts';

function account(opening: number | null, closing: number | null): ImportAccountView {
  return {
    shortCode: '522533',
    account: 'Merchant Account',
    rows: 3,
    openingCents: opening === null ? null : cents(opening),
    closingCents: closing === null ? null : cents(closing),
    inCents: cents(5_000),
    outCents: cents(1_200),
    isBalanced: null,
    breaks: 0,
    coveredTo: null,
    isPartial: true,
    notStated: [],
  };
}

test('opening + in − out is what it should close at', () => {
  expect(sumAccount(account(1_000, 4_800))).toEqual({ expected: 4_800, difference: 0 });
});

test('a closing that is lower than it should be is a negative difference', () => {
  expect(sumAccount(account(1_000, 4_300))).toEqual({ expected: 4_800, difference: -500 });
});

test('what is not stated is not worked out', () => {
  expect(sumAccount(account(null, 4_800))).toEqual({ expected: null, difference: null });
  expect(sumAccount(account(1_000, null))).toEqual({ expected: 4_800, difference: null });
});
