import { z } from 'zod';
import { cents, count, cursor, fileToken, id, message, reversalState, text, utcMs } from './fields.ts';
import * as view from './views.ts';

const s = z.string();
const optional = s.nullable();
const nothing = z.strictObject({});
const one = z.strictObject({ reversalId: id });
const named = z.object({ id, name: s });

export const reversalMethod = z.enum(['daraja', 'by-hand', 'cash', 'send-money']);
export const reversalReason = z.enum([
  'goods-returned',
  'paid-twice',
  'wrong-amount',
  'wrong-shop',
  'not-delivered',
  'other',
]);

/** One reversal as a list shows it. */
export const reversal = z.object({
  id,
  /** `R-000123`. */
  name: s,
  state: reversalState,
  /** What shows that the money went back; null unless it is done. */
  proof: z.enum(['typed', 'relay', 'direct', 'file']).nullable(),
  /** How it stands, in one sentence. */
  standing: message,
  stateAt: utcMs,
  paymentId: id,
  receipt: s,
  till: s,
  shortCode: s,
  paidAt: utcMs,
  amountCents: cents,
  method: reversalMethod,
  reason: reversalReason,
  /** The shop's own words; empty = none. */
  note: s,
  customer: optional,
  phone: optional,
  sale: z.object({ id, reference: optional }).nullable(),
  requestedAt: utcMs,
  requestedBy: named,
  expiresAt: utcMs,
  approvedAt: utcMs.nullable(),
  approvedBy: named.nullable(),
  /** Asked and approved by one person. */
  isOwn: z.boolean(),
  sentAt: utcMs.nullable(),
  /** Receipt of the reversal itself. */
  ownReceipt: optional,
  hasAttachment: z.boolean(),
  /** What whoever is signed in may do with it now. */
  may: z.object({
    cancel: z.boolean(),
    openApproval: z.boolean(),
    handOver: z.boolean(),
    sayNotReversed: z.boolean(),
  }),
});

const most = z.number().int().positive().max(10_000).nullable();
const mostCents = cents.refine((value) => value > 0).nullable();

/** The owner's limits; null = none. */
export const reversalLimits = z.strictObject({
  oldestDays: most,
  dayCount: most,
  dayCents: mostCents,
  personDayCount: most,
  personDayCents: mostCents,
  mayBePart: z.boolean(),
  /** So long after sending a statement must reach before the owner may say that nothing went back. */
  notBackAfterHours: z
    .number()
    .int()
    .min(24)
    .max(24 * 30),
});

/** Money that goes back: asked for, followed and shown here; decided in a window of its own. */
export const reversalChannels = {
  /** Whether this payment may be asked for, and what the form begins with. */
  'reversal:check': {
    from: 'main',
    needs: 'reversals.request',
    input: z.strictObject({ paymentId: id, method: reversalMethod }),
    output: z.object({
      /** Why not, the plainest first; empty = it may. */
      problems: z.array(message),
      amountCents: cents,
      mayBePart: z.boolean(),
      saleId: id.nullable(),
      /** The same money may go back through M-PESA for Business, or in cash. */
      byHand: z.boolean(),
    }),
  },
  'reversal:request': {
    from: 'main',
    needs: 'reversals.request',
    input: z.strictObject({
      paymentId: id,
      /** Null = all of it. */
      amountCents: cents.refine((value) => value > 0).nullable(),
      method: reversalMethod,
      reason: reversalReason,
      note: text(300),
      /** Null = the sale that the payment settled, if any. */
      saleId: id.nullable(),
      /** A photo or a PDF, up to 5 MB. */
      attachment: fileToken.nullable(),
    }),
    output: z.object({ reversalId: id }),
  },
  'reversal:list': {
    from: 'main',
    needs: 'reversals.read',
    input: z.strictObject({
      /** `waiting`: for an approver. `open`: approved, sent, or to be done by hand. `history`: the rest. */
      tab: z.enum(['waiting', 'open', 'history']),
      after: cursor.nullable(),
      limit: z.number().int().min(1).max(200),
    }),
    output: z.object({
      reversals: z.array(reversal),
      next: cursor.nullable(),
      counts: z.object({
        waiting: count,
        open: count,
        /** Of the open ones: nobody knows whether the money went back. */
        unknown: count,
        history: count,
        /** Waiting, and whoever is signed in may approve it: the badge. */
        forYou: count,
      }),
    }),
  },
  'reversal:show': {
    from: 'main',
    needs: 'reversals.read',
    input: one,
    output: z.object({
      reversal,
      payment: view.payment,
      /** Oldest first, in words; each names the entry of the audit log that was written with it. */
      timeline: z.array(z.object({ at: utcMs, by: s, state: reversalState, what: message, auditSeq: count })),
      /** What is out of the ordinary; only while it waits. */
      warnings: z.array(message),
      /** Why it could not be approved now; only while it waits. */
      problems: z.array(message),
      /** Safaricom's own words about it. */
      said: z.object({ code: optional, text: optional }).nullable(),
      /** The ids that Safaricom gave the call: to name when asking its support. */
      call: z.object({ originatorConversationId: optional, conversationId: optional, at: utcMs }).nullable(),
      /** When it will be asked about again; null = not any more. */
      asksAgainAt: utcMs.nullable(),
      /** Until when statements must reach for the owner's decision, and until when they do. */
      cover: z.object({ neededTo: utcMs, coveredTo: utcMs.nullable(), isEnough: z.boolean() }).nullable(),
      attachment: z.object({ kind: s, size: count, sha256: s }).nullable(),
      /** To print: the codes of the entries of the log that tell its life, and the head of the log now. */
      voucher: z.object({
        shop: s,
        entries: z.array(z.object({ seq: count, code: s })),
        head: z.object({ entries: count, code: s }),
      }),
    }),
  },
  /** The photo or PDF, as a file to save. */
  'reversal:attachment': {
    from: 'main',
    needs: 'reversals.read',
    input: one,
    output: z.object({ token: s, name: s }),
  },
  'reversal:cancel': { from: 'main', needs: 'reversals.request', input: one, output: nothing },
  /** A refund in cash or from a phone was given. */
  'reversal:hand-over': { from: 'main', needs: 'reversals.request', input: one, output: nothing },
  /** The owner's decision, from a statement that does not have it. */
  'reversal:not-reversed': {
    from: 'main',
    needs: 'reversals.decide',
    confirm: true,
    input: one,
    output: nothing,
  },
  /** Opens the approval window on it. Whoever is signed in here gains nothing by that. */
  'reversal:open-approval': { from: 'main', needs: 'ledger.read', input: one, output: nothing },
  'reversal:limits': { from: 'main', needs: 'reversals.read', input: nothing, output: reversalLimits },
  'reversal:save-limits': {
    from: 'main',
    needs: 'settings.write',
    confirm: true,
    input: reversalLimits,
    output: reversalLimits,
  },
} as const;

export type ReversalView = z.infer<typeof reversal>;
export type ReversalLimitsView = z.infer<typeof reversalLimits>;
