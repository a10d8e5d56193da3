import { z } from 'zod';
import type { AccountBalance } from '#shared/domain/daraja/balance-result.ts';
import { cents } from '#shared/domain/money.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';

/** What Safaricom said that a short code's accounts hold. */
export type StoredBalance = {
  readonly id: number;
  readonly shortCode: string;
  readonly callId: number;
  readonly askedAt: UtcMs;
  readonly askedBy: string;
  readonly asOf: UtcMs | null;
  readonly answeredAt: UtcMs;
  readonly accounts: readonly AccountBalance[];
  /** Parts of the answer that are no account as we know them, as they came. */
  readonly unread: readonly string[];
};

const amount = z.number().transform((value) => cents(value));
const stored = z.object({
  accounts: z.array(
    z.object({
      name: z.string(),
      currency: z.string(),
      current: amount,
      available: amount.nullable(),
      reserved: amount.nullable(),
      uncleared: amount.nullable(),
    }),
  ),
  unread: z.array(z.string()),
});

export type NewBalance = Pick<
  StoredBalance,
  'shortCode' | 'callId' | 'asOf' | 'answeredAt' | 'accounts' | 'unread'
>;

/** The most that is kept of one answer: a short code has half a dozen accounts. */
const MOST_ACCOUNTS = 30;
const MOST_UNREAD = 10;

export function insertBalance(db: WriteDb, balance: NewBalance): number {
  const { shortCode, callId, asOf, answeredAt, accounts, unread } = balance;
  const kept = {
    accounts: accounts.slice(0, MOST_ACCOUNTS).map((account) => ({
      ...account,
      name: account.name.slice(0, 80),
      currency: account.currency.slice(0, 10),
    })),
    unread: unread.slice(0, MOST_UNREAD).map((part) => part.slice(0, 100)),
  };
  return db.run(
    'INSERT INTO balances (short_code, call_id, as_of, answered_at, accounts) VALUES (?, ?, ?, ?, ?)',
    shortCode,
    callId,
    asOf,
    answeredAt,
    JSON.stringify(kept),
  ).lastId;
}

/** The answers about a short code, newest first. */
export function selectBalances(db: ReadDb, shortCode: string, limit: number): StoredBalance[] {
  return db
    .all<Omit<StoredBalance, 'accounts' | 'unread'> & { accounts: string }>(
      `SELECT b.id, b.short_code AS shortCode, b.call_id AS callId, c.asked_at AS askedAt, s.name AS askedBy,
              b.as_of AS asOf, b.answered_at AS answeredAt, b.accounts
         FROM balances b JOIN api_calls c ON c.id = b.call_id JOIN staff s ON s.id = c.staff_id
        WHERE b.short_code = ? ORDER BY b.id DESC LIMIT ?`,
      shortCode,
      limit,
    )
    .map((row) => ({ ...row, ...stored.parse(JSON.parse(row.accounts)) }));
}

/** Short codes whose balance can be asked, or was once. */
export function selectBalanceCodes(db: ReadDb): string[] {
  return db
    .all<{ shortCode: string }>(
      `SELECT short_code AS shortCode FROM credentials WHERE kind = 'look-up-operator'
       UNION SELECT short_code FROM balances ORDER BY 1`,
    )
    .map(({ shortCode }) => shortCode);
}
