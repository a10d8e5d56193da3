import { type Cents, parseAmount } from '../money.ts';
import type { UtcMs } from '../time.ts';
import { contradicts, meaningOf } from './codes.ts';
import { asStamp, asText } from './loose.ts';
import { soleValueOf } from './parameters.ts';
import type { ResultEnvelope } from './result.ts';

/** One account of the short code. `current` = `available` + `reserved`, by the arithmetic of real answers. */
export type AccountBalance = {
  readonly name: string;
  readonly currency: string;
  readonly current: Cents;
  readonly available: Cents | null;
  readonly reserved: Cents | null;
  readonly uncleared: Cents | null;
};

export type BalanceResult = {
  readonly outcome: 'completed' | 'failed' | 'unknown';
  readonly isContradictory: boolean;
  readonly accounts: readonly AccountBalance[];
  /** Parts of the text that are no account as we know them; shown, never guessed at. */
  readonly unread: readonly string[];
  readonly completedAt: UtcMs | null;
  /** `API Password is locked.`: a sentence of its own on some refusals. */
  readonly problem: string | null;
};

export function readBalanceResult(result: ResultEnvelope): BalanceResult {
  const text = asText(soleValueOf(result.parameters, 'AccountBalance'));
  const { accounts, unread } = parseBalances(text ?? '');
  return {
    outcome: outcomeOf(result, accounts.length > 0),
    isContradictory: result.code !== null && contradicts(result.code, result.text),
    accounts,
    unread,
    completedAt: asStamp(soleValueOf(result.parameters, 'BOCompletedTime')),
    problem: asText(soleValueOf(result.parameters, 'ErrorMsg')),
  };
}

function outcomeOf({ code, text }: ResultEnvelope, hasAccounts: boolean): BalanceResult['outcome'] {
  if (code === null || contradicts(code, text)) return 'unknown';
  const meaning = meaningOf(code);
  if (meaning === 'done') return hasAccounts ? 'completed' : 'unknown';
  return meaning === 'unknown' ? 'unknown' : 'failed';
}

/** `Utility Account|KES|228037.00|228037.00|0.00|0.00&…`; a single account comes without `&`, which may come escaped. */
export function parseBalances(text: string): Pick<BalanceResult, 'accounts' | 'unread'> {
  const accounts: AccountBalance[] = [];
  const unread: string[] = [];
  for (const part of text.split(/&(?:amp;)*/).map((each) => each.trim())) {
    if (part === '') continue;
    const account = parseAccount(part);
    if (account) accounts.push(account);
    if (account === null || hasUnreadAmount(part)) unread.push(part);
  }
  return { accounts, unread };
}

function parseAccount(part: string): AccountBalance | null {
  const [name = '', currency = '', current, available, reserved, uncleared] = part
    .split('|')
    .map((field) => field.trim());
  const balance = amount(current);
  if (name === '' || currency === '' || balance === null) return null;
  return {
    name,
    currency,
    current: balance,
    available: amount(available),
    reserved: amount(reserved),
    uncleared: amount(uncleared),
  };
}

/** An amount that is there and is none: its account is shown without it, and the part as it came. */
function hasUnreadAmount(part: string): boolean {
  const [, , ...amounts] = part.split('|').map((field) => field.trim());
  return amounts.some((text) => text !== '' && amount(text) === null);
}

function amount(text: string | undefined): Cents | null {
  const parsed = parseAmount(text ?? '');
  return parsed.ok ? parsed.cents : null;
}
