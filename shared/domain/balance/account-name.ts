/** Accounts that have words of their own in each language; any other is shown as Safaricom writes it. */
export const KNOWN_ACCOUNTS = [
  'utility',
  'merchant',
  'working',
  'charges',
  'settlement',
  'mmf',
  'float',
] as const;
export type KnownAccount = (typeof KNOWN_ACCOUNTS)[number];

const BY_KEY: ReadonlyMap<string, KnownAccount> = new Map([
  ['utility', 'utility'],
  ['merchant', 'merchant'],
  ['working', 'working'],
  ['charges paid', 'charges'],
  ['organization settlement', 'settlement'],
  ['settlement', 'settlement'],
  ['organization mmf', 'mmf'],
  ['mmf', 'mmf'],
  ['float', 'float'],
]);

/**
 * What an account is called, however a source spells it: `Utility Account`, `UTILITY  ACCOUNT` and `Utility` are one.
 * Two names with the same key are the same account of a short code; no other two are.
 */
export function accountKey(name: string): string {
  const tidy = name
    .trim()
    .replace(/\s+/g, ' ')
    .toLowerCase()
    .replace(/^organisation\b/, 'organization');
  const bare = tidy.replace(/ account$/, '');
  const known = BY_KEY.get(bare);
  return known ?? bare;
}

/** The account that a name means; null for one that we have no words for. */
export function knownAccount(name: string): KnownAccount | null {
  const key = accountKey(name);
  return KNOWN_ACCOUNTS.find((known) => known === key) ?? null;
}
