import { z } from 'zod';
import { businessDay, count, cursor, id, message, utcMs } from './fields.ts';

export const alertView = z.object({
  id,
  kind: z.string(),
  /** What it is about: `callback:4`, `movement:12`, `relay`. */
  subject: z.string(),
  /** The whole of it in a sentence. */
  what: message,
  at: utcMs,
  /** The business day of the payment that it is about; null when it is about something else. */
  day: businessDay.nullable(),
  seen: z.object({ at: utcMs, by: z.string() }).nullable(),
});

/** What the program noticed by itself and somebody should read. */
export const alertChannels = {
  'alert:list': {
    from: 'main',
    needs: 'ledger.read',
    input: z.strictObject({
      state: z.enum(['unseen', 'all']),
      after: cursor.nullable(),
      limit: z.number().int().min(1).max(200),
    }),
    /** Newest first. `unseen` counts all of them, whatever the page. */
    output: z.object({ alerts: z.array(alertView), next: cursor.nullable(), unseen: count }),
  },
  'alert:dismiss': {
    from: 'main',
    needs: 'alerts.dismiss',
    input: z.strictObject({ alertIds: z.array(id).min(1).max(200) }),
    output: z.object({ unseen: count }),
  },
} as const;

export type AlertView = z.infer<typeof alertView>;
