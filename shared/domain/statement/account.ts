import { cutText } from '../text-field.ts';
import { parseDetails } from './details.ts';
import type { Direction } from './types.ts';

export const MERCHANT_ACCOUNT = 'Merchant Account';
export const UTILITY_ACCOUNT = 'Utility Account';
export const SETTLEMENT_ACCOUNT = 'Organization Settlement Account';
/** Bank withdrawals leave from here. */
export const MMF_ACCOUNT = 'Organization MMF Account';

const MAX_ACCOUNT = 80;

/** An account's name as it is kept; every look-up goes through the same cut. */
export function accountName(text: string): string {
  return cutText(text, MAX_ACCOUNT);
}

const LEGS =
  /^(?:organi[sz]ation\s+)?(\w[\w ]*?)(?:\s+account)?\s+to\s+(?:organi[sz]ation\s+)?(\w[\w ]*?)(?:\s+account)?$/i;
const KNOWN: ReadonlyMap<string, string> = new Map([
  ['merchant', MERCHANT_ACCOUNT],
  ['utility', UTILITY_ACCOUNT],
  ['settlement', SETTLEMENT_ACCOUNT],
  ['mmf', MMF_ACCOUNT],
  ['working', 'Working Account'],
  ['charges paid', 'Charges Paid Account'],
]);

/** The two accounts of a move inside the organisation (`Utility Account to Organization Settlement Account`). */
export function internalLegs(phrase: string): { readonly from: string; readonly to: string } | null {
  const found = / to /i.test(phrase) ? LEGS.exec(phrase.trim()) : null;
  const from = KNOWN.get((found?.[1] ?? '').toLowerCase());
  const to = KNOWN.get((found?.[2] ?? '').toLowerCase());
  return from !== undefined && to !== undefined ? { from, to } : null;
}

/**
 * The account a row belongs to, for a layout that does not say: which leg of an internal move it is, or where that
 * kind of money lives (tills: Merchant Account; PayBills and payments to customers: Utility Account). Null when the
 * row's own words do not tell.
 */
export function inferAccount(
  details: string,
  direction: Direction,
  reasonType: string | null,
): string | null {
  const { phrase } = parseDetails(details);
  const legs = internalLegs(phrase);
  if (legs) return direction === 'out' ? legs.from : legs.to;
  return byPhrase(phrase.toLowerCase()) ?? (reasonType === null ? null : byPhrase(reasonType.toLowerCase()));
}

function byPhrase(phrase: string): string | null {
  if (/^(?:agency )?withdraw|\bwithdrawal of funds\b|^organi[sz]ation withdrawal/.test(phrase))
    return MMF_ACCOUNT;
  if (/^real time settlement/.test(phrase)) return SETTLEMENT_ACCOUNT;
  if (
    /pay ?bill|\bpay utility\b|^business payment\b|^salary payment|^payment$|^payment received/.test(phrase)
  ) {
    return UTILITY_ACCOUNT;
  }
  if (/merchant|buy goods|overdraft|\bloan\b/.test(phrase)) return MERCHANT_ACCOUNT;
  return null;
}
