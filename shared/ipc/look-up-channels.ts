import { z } from 'zod';
import { MOST_ASKED } from '../domain/look-up/clean-text.ts';
import { businessDay, cents, count, cursor, id, message, text, utcMs } from './fields.ts';
import * as view from './views.ts';

const optional = z.string().nullable();
export const lookUpEvidence = z.object({
  sign: z.enum(['good', 'bad', 'wait', 'quiet']),
  what: message,
  channel: z.enum(['file', 'direct', 'relay', 'typed']).nullable(),
  at: utcMs.nullable(),
});

const tone = z.enum(['good', 'likely', 'wait', 'bad', 'quiet']);

/** One look-up with its verdict as of now. */
export const lookUpView = z.object({
  id,
  at: utcMs,
  by: z.string(),
  receipt: z.string(),
  cameAs: z.enum(['typed', 'merchant-message', 'customer-message', 'row', 'notice']),
  kind: z.string(),
  tone,
  title: message,
  text: message,
  amountCents: cents.nullable(),
  paidAt: utcMs.nullable(),
  asOf: utcMs,
  /** Initials and a masked number: enough to ask the customer. */
  customer: z.object({ name: optional, phone: optional, hasFullPhone: z.boolean() }),
  /** The payment of the books, if they have it. */
  payment: view.payment
    .pick({
      id: true,
      receipt: true,
      amountCents: true,
      day: true,
      till: true,
      kind: true,
      direction: true,
      reversal: true,
    })
    .nullable(),
  /** What it paid for, or is held for. */
  sale: z.object({ id, name: optional, day: businessDay }).nullable(),
  claim: z.object({ id, at: utcMs, by: z.string(), note: z.string() }).nullable(),
  canHold: z.boolean(),
  evidence: z.array(lookUpEvidence),
  asking: z.object({
    state: z.enum(['not-asked', 'waiting', 'answered', 'silent', 'could-not-ask']),
    at: utcMs.nullable(),
    /** Safaricom may be asked, or asked again, now. */
    canAsk: z.boolean(),
  }),
});

export const lookUpRow = lookUpView
  .pick({ id: true, at: true, by: true, receipt: true, kind: true, tone: true, amountCents: true })
  .extend({ isWaiting: z.boolean() });

/** What there is to search by when the text holds no receipt. */
const noReceipt = z.object({
  code: optional,
  amountCents: cents.nullable(),
  at: utcMs.nullable(),
  saysFailed: z.boolean(),
});

const done = z.object({ step: view.step });

/** Is this payment real? And holding it for a sale at the counter. */
export const lookUpChannels = {
  'look-up:ask': {
    from: 'main',
    needs: 'payments.look-up',
    input: z.strictObject({
      /** `row`: from the reconcile screen, not shown by a customer. */
      from: z.enum(['field', 'row']),
      text: z.string().max(MOST_ASKED),
    }),
    output: z.object({ lookUp: lookUpView.nullable(), noReceipt: noReceipt.nullable() }),
  },
  'look-up:show': {
    from: 'main',
    needs: 'ledger.read',
    input: z.strictObject({ lookUpId: id }),
    output: lookUpView,
  },
  'look-up:list': {
    from: 'main',
    needs: 'ledger.read',
    input: z.strictObject({
      whose: z.enum(['mine', 'all']),
      after: cursor.nullable(),
      limit: z.number().int().min(1).max(50),
    }),
    output: z.object({ lookUps: z.array(lookUpRow), next: cursor.nullable(), waiting: count }),
  },
  /** Asks Safaricom, or asks again. */
  'look-up:again': {
    from: 'main',
    needs: 'payments.look-up',
    input: z.strictObject({ lookUpId: id }),
    output: lookUpView,
  },
  /** Customers' payments of an amount: near a time, else the newest. */
  'look-up:search': {
    from: 'main',
    needs: 'ledger.read',
    input: z.strictObject({ amountCents: cents, at: utcMs.nullable() }),
    output: z.object({ payments: z.array(view.payment) }),
  },
  'claim:hold': {
    from: 'main',
    needs: 'payments.look-up',
    /** For a sale, or for one that is not rung up yet. */
    input: z.strictObject({ lookUpId: id, saleId: id.nullable(), note: text(300) }),
    output: done,
  },
  'claim:release': {
    from: 'main',
    needs: 'payments.look-up',
    input: z.strictObject({ claimId: id }),
    output: done,
  },
  /** Open sales that the payment may be held for, the nearest in time first. */
  'claim:sales': {
    from: 'main',
    needs: 'ledger.read',
    input: z.strictObject({ lookUpId: id, search: text(200) }),
    output: z.object({ sales: z.array(view.sale) }),
  },
} as const;

export type LookUpView = z.infer<typeof lookUpView>;
export type LookUpRowView = z.infer<typeof lookUpRow>;
export type LookUpEvidence = z.infer<typeof lookUpEvidence>;
export type NoReceipt = z.infer<typeof noReceipt>;
