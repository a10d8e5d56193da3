import { expect, test } from 'vitest';
import { createText } from '#renderer/lib/text.tsx';
import {
  type Account,
  nameAccount,
  pickAccounts,
  sayAmount,
} from '#renderer/screens/balance/account-words.ts';
import { knownAccount } from '#shared/domain/balance/account-name.ts';
import { cents } from '#shared/domain/money.ts';

function account(name: string, currentCents: number, currency = 'KES'): Account {
  return {
    name,
    known: knownAccount(name),
    currency,
    currentCents: cents(currentCents),
    availableCents: null,
    reservedCents: null,
    unclearedCents: null,
    comparison: { type: 'not-comparable', why: { id: 'balance.not.no-time' } },
  };
}

test('where customers pay in stands first, even empty; other empty ones stay in the drawer', () => {
  const accounts = [
    account('Working Account', 700_00),
    account('Float Account', 0),
    account('Utility Account', 0),
    account('Charges Paid Account', -15_40),
  ];
  expect(pickAccounts(accounts, 3).map(({ name }) => name)).toEqual([
    'Utility Account',
    'Working Account',
    'Charges Paid Account',
  ]);
  expect(pickAccounts(accounts, 1).map(({ name }) => name)).toEqual(['Utility Account']);
});

test('an account that we have no words for is shown as Safaricom writes it, in either language', () => {
  for (const language of ['en', 'sw'] as const) {
    const text = createText(language);
    expect(nameAccount(account('Loyalty Points Account', 1), text)).toBe('Loyalty Points Account');
    expect(nameAccount(account('Utility Account', 1), text)).not.toBe('Utility Account');
  }
});

test('another currency is not called shillings', () => {
  const text = createText('en');
  expect(sayAmount(account('Utility Account', 1_234_50), text)).toBe('KES\u00a01,234.50');
  expect(sayAmount(account('Utility Account', -1_234_50, 'USD'), text)).toBe('USD\u00a0-1,234.50');
});
