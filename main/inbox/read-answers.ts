import { z } from 'zod';
import type {
  AckAnswer,
  ErrorAnswer,
  MessagesAnswer,
  PairAnswer,
  RefusalReason,
  RelayError,
  StatusAnswer,
} from '#shared/domain/relay/answers.ts';

/** What the relay says is from outside: each form is checked here, and what is more than it is dropped. */

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));
/** Sums of them are still whole numbers. */
const count = z.int().min(0).max(10_000_000_000);
/** As far as a request can name one. */
const sequence = z.int().min(0).max(999_999_999_999_999);
const time = z.int().min(0).max(8_640_000_000_000_000);
const version = z.string().max(40);
const environment = z.enum(['production', 'sandbox']);

const REASONS = [
  'address',
  'path',
  'method',
  'size',
  'slow',
  'broken',
  'unpaired',
  'revoked',
  'storage',
  'signature',
  'clock',
  'replay',
  'pairing',
  'form',
] as const satisfies readonly RefusalReason[];

const ERRORS = [
  'not-found',
  'too-large',
  'too-many',
  'bad-request',
  'bad-signature',
  'clock',
  'replay',
  'already-paired',
  'code-expired',
  'revoked',
  'beyond-last',
  'unavailable',
] as const satisfies readonly RelayError[];

const pairAnswer: z.ZodType<PairAnswer> = z.object({
  inbox: hex(8),
  relayKey: hex(32),
  environment,
  lastSequence: sequence,
  version,
});

const messagesAnswer: z.ZodType<MessagesAnswer> = z.object({
  messages: z
    .array(z.object({ sequence: sequence.min(1), at: time, sealed: z.string().max(1_000_000) }))
    .max(1_000),
  hasMore: z.boolean(),
});

const ackAnswer: z.ZodType<AckAnswer> = z.object({ acknowledgedTo: sequence, removed: count });

const statusAnswer: z.ZodType<StatusAnswer> = z.object({
  inbox: hex(8),
  environment,
  version,
  now: time,
  pairedAt: time,
  waiting: z.object({ messages: count, bytes: count, oldestAt: time.nullable() }),
  lastSequence: sequence,
  acknowledgedTo: sequence,
  repeated: count,
  dropped: z.object({ tooOld: count, noRoom: count, newKeys: count }),
  refused: z.array(
    z.object({
      reason: z.enum(REASONS),
      address: z.string().max(100),
      count,
      firstAt: time,
      lastAt: time,
    }),
  ),
  refusedElsewhere: z.array(z.object({ reason: z.enum(REASONS), count })).max(100),
  addresses: z.array(z.string().max(100)).max(1_000).nullable(),
});

const errorAnswer = z.object({ error: z.enum(ERRORS), now: time.optional() });

/** Undefined for what is not of the form that is expected. */
export type ReadAnswer<T> = (body: unknown) => T | undefined;

export const readPairAnswer: ReadAnswer<PairAnswer> = (body) => pairAnswer.safeParse(body).data;
export const readMessages: ReadAnswer<MessagesAnswer> = (body) => messagesAnswer.safeParse(body).data;
export const readAck: ReadAnswer<AckAnswer> = (body) => ackAnswer.safeParse(body).data;
export const readStatus: ReadAnswer<StatusAnswer> = (body) => statusAnswer.safeParse(body).data;

export const readError: ReadAnswer<ErrorAnswer> = (body) => {
  const read = errorAnswer.safeParse(body).data;
  if (read === undefined) return undefined;
  return read.now === undefined ? { error: read.error } : { error: read.error, now: read.now };
};
