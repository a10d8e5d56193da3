import { z } from 'zod';
import { count, message, utcMs } from './fields.ts';

const nothing = z.strictObject({});

export const relayView = z.object({
  /** The inbox that this PC is paired with; null = none. */
  pairing: z
    .object({
      origin: z.string(),
      inbox: z.string(),
      pairedAt: utcMs,
      pairedBy: z.string(),
      /** When it was last reached, and whether that was just now. */
      reachedAt: utcMs.nullable(),
      isFresh: z.boolean(),
      /** What is wrong, in a sentence; null when nothing is. */
      problem: message.nullable(),
      /** Nothing more is asked of the relay before the owner has acted. */
      isStopped: z.boolean(),
      /** The relay's own account of itself; null before it has given one. */
      status: z
        .object({
          asOf: utcMs,
          version: z.string(),
          environment: z.enum(['production', 'sandbox']),
          waiting: count,
          oldestWaitingAt: utcMs.nullable(),
          repeated: count,
          dropped: count,
          refused: z.array(
            z.object({ reason: z.string(), address: z.string(), count, firstAt: utcMs, lastAt: utcMs }),
          ),
          /** Who may deliver; null = anybody, in a sandbox inbox. */
          addresses: z.array(z.string()).nullable(),
        })
        .nullable(),
    })
    .nullable(),
});

/** The relay that Safaricom's answers come through. */
export const relayChannels = {
  'relay:show': { from: 'main', needs: 'safaricom.read', input: nothing, output: relayView },
  'relay:pair': {
    from: 'main',
    needs: 'safaricom.write',
    confirm: true,
    /** As it was pasted: blanks, dashes and line breaks do not count. */
    input: z.strictObject({ code: z.string().max(2_000) }),
    output: relayView,
  },
  'relay:forget': {
    from: 'main',
    needs: 'safaricom.write',
    confirm: true,
    input: nothing,
    output: relayView,
  },
} as const;

export type RelayView = z.infer<typeof relayView>;
