import type { Text } from '#renderer/lib/text.tsx';
import type { BalanceAnswer } from '#shared/ipc/balance-channels.ts';

export type Account = BalanceAnswer['accounts'][number];

/** In the words of the language where it is one that everybody has; else as Safaricom writes it. */
export function nameAccount({ known, name }: Account, { t }: Pick<Text, 't'>): string {
  return known === null ? name : t(`balance.account-${known}`);
}

/** `KES 1,234.50`; another currency by its own letters. */
export function sayAmount(
  { currency, currentCents }: Account,
  { kes, money }: Pick<Text, 'kes' | 'money'>,
): string {
  return currency.toUpperCase() === 'KES' ? kes(currentCents) : `${currency}\u00a0${money(currentCents)}`;
}

/** Those that stand in the strip: where customers' money comes in, and whatever is not empty. The rest is in the drawer. */
export function pickAccounts(accounts: readonly Account[], most: number): Account[] {
  const isMain = ({ known }: Account) => known === 'utility' || known === 'merchant';
  const wanted = accounts.filter((account) => isMain(account) || account.currentCents !== 0);
  return [...wanted].sort((a, b) => Number(isMain(b)) - Number(isMain(a))).slice(0, most);
}
