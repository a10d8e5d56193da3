import { cents, toDecimal } from '#shared/domain/money.ts';

/** Accounts that every short code has, beside the one that its customers pay into. */
const STANDING = ['Working Account', 'Charges Paid Account', 'Organization Settlement Account'];

/** `Utility Account|KES|228037.00|228037.00|0.00|0.00`: current, available, reserved, uncleared. */
export function accountText(name: string, balance: number): string {
  const money = toDecimal(cents(balance));
  return `${name}|KES|${money}|${money}|0.00|0.00`;
}

/** All accounts of a short code, those that have moved first. */
export function balanceText(balances: ReadonlyMap<string, number>): string {
  const names = [...new Set([...balances.keys(), ...STANDING])];
  return names.map((name) => accountText(name, balances.get(name) ?? 0)).join('&');
}
