import { z } from 'zod';
import { KNOWN_ACCOUNTS } from '../domain/balance/account-name.ts';
import { cents, id, message, utcMs } from './fields.ts';

const shortCode = z.string().regex(/^\d{4,9}$/);

/** Beside the books at the same instant. `by`: what Safaricom has more (positive) or less. */
const comparison = z.discriminatedUnion('type', [
  z.object({ type: z.literal('equal'), at: utcMs }),
  z.object({ type: z.literal('differs'), at: utcMs, books: cents, by: cents }),
  z.object({ type: z.literal('not-comparable'), why: message }),
]);

export const balanceAnswer = z.object({
  id,
  /** When Safaricom worked it out; null where it does not say. */
  asOf: utcMs.nullable(),
  askedAt: utcMs,
  askedBy: z.string(),
  answeredAt: utcMs,
  accounts: z.array(
    z.object({
      /** As Safaricom writes it. */
      name: z.string(),
      /** Null for an account that we have no words for. */
      known: z.enum(KNOWN_ACCOUNTS).nullable(),
      currency: z.string(),
      currentCents: cents,
      availableCents: cents.nullable(),
      reservedCents: cents.nullable(),
      unclearedCents: cents.nullable(),
      comparison,
    }),
  ),
  /** Parts of the answer that are no account as we know them. */
  unread: z.array(z.string()),
});

export const balanceOfCode = z.object({
  shortCode,
  tillId: id.nullable(),
  /** The till's name; null for a number that no till has. */
  till: z.string().nullable(),
  /** Why nothing can be asked now; null when it can. */
  cannotAsk: message.nullable(),
  /** The last question. `failed`: Safaricom refused it, or it was never sent. */
  question: z
    .object({
      askedAt: utcMs,
      askedBy: z.string(),
      state: z.enum(['waiting', 'answered', 'silent', 'failed']),
      why: message.nullable(),
    })
    .nullable(),
  answer: balanceAnswer.nullable(),
});

const shown = z.object({ codes: z.array(balanceOfCode) });

/** What the accounts with Safaricom hold. */
export const balanceChannels = {
  'balance:show': { from: 'main', needs: 'balances.read', input: z.strictObject({}), output: shown },
  'balance:ask': {
    from: 'main',
    needs: 'balances.ask',
    input: z.strictObject({ shortCode }),
    output: shown,
  },
  'balance:history': {
    from: 'main',
    needs: 'balances.read',
    input: z.strictObject({ shortCode }),
    output: z.object({ answers: z.array(balanceAnswer) }),
  },
} as const;

export type BalanceAnswer = z.infer<typeof balanceAnswer>;
export type BalanceOfCode = z.infer<typeof balanceOfCode>;
