import { add, type Cents, subtract } from '#shared/domain/money.ts';
import type { ImportAccountView } from '#shared/ipc/views.ts';

/** An account's own sum: opening + in − out, and how far the stated closing is from it. */
export type AccountSum = {
  /** Null when the opening balance is not stated. */
  readonly expected: Cents | null;
  /** Stated closing minus expected; null when either is missing. */
  readonly difference: Cents | null;
};

export function sumAccount(account: ImportAccountView): AccountSum {
  if (account.openingCents === null) return { expected: null, difference: null };
  const expected = subtract(add(account.openingCents, account.inCents), account.outCents);
  const difference = account.closingCents === null ? null : subtract(account.closingCents, expected);
  return { expected, difference };
}
