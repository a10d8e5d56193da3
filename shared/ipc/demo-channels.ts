import { z } from 'zod';

/** What only the demo can answer; elsewhere there is nothing. */
export const demoChannels = {
  /** What may be looked up here, for whoever has no customer at hand. */
  'demo:examples': {
    from: 'main',
    needs: 'payments.look-up',
    input: z.strictObject({}),
    output: z.object({
      examples: z.array(
        z.object({
          kind: z.enum([
            'settled',
            'reported',
            'used',
            'used-twice',
            'reversed',
            'elsewhere',
            'unknown',
            'bank',
          ]),
          /** To be pasted as it stands. */
          text: z.string(),
        }),
      ),
    }),
  },
} as const;
