import { z } from 'zod';
import { CHECK_NAMES } from '../domain/doctor/check.ts';
import { message, text, utcMs } from './fields.ts';
import * as view from './views.ts';

const nothing = z.strictObject({});
const shortCode = z.string().regex(/^\d{4,9}$/);

export const doctorCheck = z.object({
  name: z.enum(CHECK_NAMES),
  /** A short code, where each has a line of its own. */
  about: z.string().nullable(),
  level: z.enum(['failure', 'warning', 'not-checked', 'ok']),
  finding: message,
  mend: message.nullable(),
  place: z.enum(['set-up', 'staff', 'audit', 'callbacks', 'settings']).nullable(),
});

export const doctorView = z.object({
  /** The worst first. */
  checks: z.array(doctorCheck),
  /** When this computer, and the whole ledger file, were looked at last; null = not since Daftari was started. */
  checkedAt: utcMs.nullable(),
  databaseAt: utcMs.nullable(),
  /** What is under way. */
  job: view.job.nullable(),
  /** What could not be asked of Safaricom the last time, each with its reason. */
  notAsked: z.array(z.object({ shortCode, why: message })),
  /** Which short codes can be asked about. */
  codes: z.array(shortCode),
});

/** What is wrong, the worst first, and how to mend it. */
export const doctorChannels = {
  'doctor:show': { from: 'main', needs: 'safaricom.read', input: nothing, output: doctorView },
  /** Looks at this computer and, if that is wished, reads the whole ledger file. Asks nobody. */
  'doctor:run': {
    from: 'main',
    needs: 'safaricom.read',
    input: z.strictObject({ withDatabase: z.boolean() }),
    output: view.job,
  },
  /** Asks Safaricom. Each operator is tried once; with a receipt, the numbers of one till, twice at most. */
  'doctor:ask': {
    from: 'main',
    needs: 'safaricom.write',
    confirm: true,
    input: z.strictObject({ shortCode: shortCode.nullable(), receipt: text(20).nullable() }),
    output: view.job,
  },
  'doctor:cancel': {
    from: 'main',
    needs: 'safaricom.read',
    input: z.strictObject({ jobId: text(40) }),
    output: view.job,
  },
  /** The owner has copied the books to another disk. */
  'doctor:note-copy': { from: 'main', needs: 'safaricom.write', input: nothing, output: doctorView },
  /** The owner has gone through who has access. */
  'doctor:review-access': {
    from: 'main',
    needs: 'safaricom.write',
    confirm: true,
    input: nothing,
    output: doctorView,
  },
} as const;

export type DoctorView = z.infer<typeof doctorView>;
export type DoctorCheckView = z.infer<typeof doctorCheck>;
