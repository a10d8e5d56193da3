import { z } from 'zod';
import { count, message, text, utcMs } from './fields.ts';

const stretch = z.object({ from: utcMs, to: utcMs });

/** One short code that is registered for Pull, and how asking for it goes. */
export const pulledCode = z.object({
  shortCode: z.string(),
  /** The till it is a number of. */
  till: z.string(),
  since: utcMs,
  /** Being asked now; `rows` so far. */
  running: z.object({ from: utcMs, to: utcMs, rows: count }).nullable(),
  /** The last question that was put, whatever it came to. */
  last: z
    .object({
      at: utcMs,
      from: utcMs,
      to: utcMs,
      /** `unknown`: Safaricom could not tell, or not all of it; never the same as `none`. */
      outcome: z.enum(['rows', 'none', 'unknown']),
      rows: count,
      newRows: count,
      why: message.nullable(),
    })
    .nullable(),
  /** Why nothing is asked for the moment; null when asking goes on. */
  stopped: message.nullable(),
  /** When it is asked next; null until it was asked once in this run of the program. */
  nextAt: utcMs.nullable(),
  /** Hours that Pull can no longer list, and that no statement covers. Oldest first, the newest thirty. */
  lost: z.array(stretch),
});

const ofCode = z.strictObject({ shortCode: text(9) });
const list = z.object({
  codes: z.array(pulledCode),
  /** The zone of the times that Pull prints; null until a receipt has shown it. */
  zone: z.enum(['nairobi', 'utc']).nullable(),
});

/** What customers paid, as Safaricom lists it itself: asked by itself, and when somebody wants to know now. */
export const pullChannels = {
  'pull:list': { from: 'main', needs: 'ledger.read', input: z.strictObject({}), output: list },
  'pull:now': { from: 'main', needs: 'ledger.import', input: ofCode, output: list },
  'pull:cancel': { from: 'main', needs: 'ledger.import', input: ofCode, output: list },
} as const;

export type PulledCodeView = z.infer<typeof pulledCode>;
