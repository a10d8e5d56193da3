import { z } from 'zod';
import { businessDay, cents, count, cursor, id, message, text, utcMs } from './fields.ts';

const nothing = z.strictObject({});

export const callbackOutcome = z.enum(['matched', 'unmatched', 'duplicate', 'suspicious', 'unreadable']);
export const callbackKind = z.enum(['result', 'timeout', 'confirmation', 'validation', 'unreadable']);

export const callbackRow = z.object({
  id,
  /** When it came into the books. */
  takenAt: utcMs,
  /** When it came to the relay, by the relay's clock, and from where; null where it could not be opened. */
  cameAt: utcMs.nullable(),
  from: z.string().nullable(),
  kind: callbackKind,
  outcome: callbackOutcome,
  /** What became of it and why, in a sentence. */
  why: message,
  receipt: z.string().nullable(),
  shortCode: z.string().nullable(),
  amountCents: cents.nullable(),
  /** The request that it answers. */
  call: z.object({ id, product: z.string(), askedAt: utcMs }).nullable(),
  /** The payment that it reported. */
  payment: z.object({ id, day: businessDay }).nullable(),
});

/** What is understood of a body, a message or a receipt: the words of `daftari explain`, phones masked. */
export const explanationView = z.object({
  head: message,
  facts: z.array(
    z.object({
      field: z.enum([
        'code',
        'text',
        'receipt',
        'original-receipt',
        'amount',
        'party',
        'started-at',
        'completed-at',
        'account',
        'payment',
        'balance-after',
        'reference',
        'day',
        'payee',
        'our-request',
        'conversation',
      ]),
      value: message,
    }),
  ),
  /** Why nothing could be read. */
  reason: message.nullable(),
  warnings: z.array(message),
});

/** Everything that came through the relay, with what became of it. */
export const callbackChannels = {
  'callback:list': {
    from: 'main',
    needs: 'callbacks.read',
    input: z.strictObject({
      outcome: callbackOutcome.nullable(),
      kind: callbackKind.nullable(),
      /** The beginning of a receipt; empty = all. */
      search: text(20),
      after: cursor.nullable(),
      limit: z.number().int().min(1).max(200),
    }),
    output: z.object({ callbacks: z.array(callbackRow), next: cursor.nullable() }),
  },
  'callback:show': {
    from: 'main',
    needs: 'callbacks.read',
    input: z.strictObject({ callbackId: id }),
    output: callbackRow.extend({
      sequence: count,
      /** Null when what came has been erased. */
      explanation: explanationView.nullable(),
      isErased: z.boolean(),
      /** What came, phones masked; null when it was erased, or for a role that does not read it. */
      body: z.string().nullable(),
    }),
  },
  /** Explains whatever is pasted: a body of Daraja, a message, a receipt. Nothing is kept. */
  'callback:explain': {
    from: 'main',
    needs: 'callbacks.read',
    /** Line breaks belong to it. */
    input: z.strictObject({ text: z.string().max(100_000) }),
    output: explanationView,
  },
  /** What the relay turned away, by its own account, and when that was given; null before there is one. */
  'callback:refused': {
    from: 'main',
    needs: 'callbacks.read',
    input: nothing,
    output: z.object({
      asOf: utcMs.nullable(),
      refused: z.array(
        z.object({ reason: z.string(), address: z.string(), count, firstAt: utcMs, lastAt: utcMs }),
      ),
    }),
  },
} as const;

export type CallbackRow = z.infer<typeof callbackRow>;
export type CallbackOutcome = z.infer<typeof callbackOutcome>;
export type CallbackKind = z.infer<typeof callbackKind>;
export type ExplanationView = z.infer<typeof explanationView>;
