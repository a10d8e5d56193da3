import { expect, test } from 'vitest';
import { canBeReconciled, describeSale, isGone } from '#renderer/screens/sales/sale-state.ts';
import { clearFilters, isNarrowed, startFilters } from '#renderer/screens/sales/sales-filters.ts';
import { cents } from '#shared/domain/money.ts';
import type { BusinessDay } from '#shared/domain/time.ts';
import type { SaleView } from '#shared/ipc/views.ts';

const day = '2026-11-19' as BusinessDay;
const open: SaleView = {
  id: 1,
  reference: null,
  at: null,
  day,
  amountCents: cents(100),
  tender: 'mpesa',
  kind: 'sale',
  status: 'closed',
  receipt: null,
  accountReference: null,
  phone: null,
  hasFullPhone: false,
  customer: null,
  cashier: null,
  till: null,
  description: null,
  typedBy: null,
  typedAt: null,
  isAfterPayment: false,
  isUndone: false,
};

test.each<[Partial<SaleView>, boolean, string, boolean]>([
  [{}, false, 'sales.unmatched', false],
  [{}, true, 'sales.matched', false],
  [{ tender: 'cash' }, false, 'sales.not-expected', false],
  [{ tender: 'cash' }, true, 'sales.matched', false],
  [{ status: 'open' }, false, 'sales.status-open', false],
  [{ status: 'cancelled' }, false, 'sales.status-cancelled', true],
  [{ status: 'void' }, true, 'sales.status-void', true],
  [{ isUndone: true, status: 'void' }, false, 'sales.undone', true],
])('%j, matched %s, is %s', (changes, isMatched, words, gone) => {
  expect(describeSale({ ...open, ...changes }, isMatched).words).toBe(words);
  expect(isGone({ ...open, ...changes })).toBe(gone);
});

test.each<[Partial<SaleView>, boolean, boolean]>([
  [{}, false, true],
  [{ tender: 'cash' }, false, false],
  [{ tender: 'cash' }, true, true],
  [{ status: 'open' }, false, false],
  [{ status: 'void' }, false, false],
  [{ isUndone: true }, false, false],
])('%j, matched %s, has a row on the Reconcile screen: %s', (changes, isMatched, has) => {
  expect(canBeReconciled({ ...open, ...changes }, isMatched)).toBe(has);
});

test('the list starts with the week that ends on the newest day', () => {
  expect(startFilters(day)).toMatchObject({ from: '2026-11-13', to: day, tillId: null });
});

test('clearing the filters keeps the days and the till', () => {
  const narrowed = {
    ...startFilters(day),
    tillId: 2,
    tender: 'cash' as const,
    isTypedOnly: true,
    search: 'S-1',
  };
  expect(isNarrowed(narrowed)).toBe(true);
  expect(clearFilters(narrowed)).toEqual({ ...startFilters(day), tillId: 2 });
  expect(isNarrowed(clearFilters(narrowed))).toBe(false);
  expect(isNarrowed({ ...startFilters(day), search: '  ' })).toBe(false);
});
