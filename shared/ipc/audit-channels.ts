import { z } from 'zod';
import { businessDay, count, cursor, id, message, text, utcMs } from './fields.ts';
import * as view from './views.ts';

const nothing = z.strictObject({});

/** What kind of act an entry is about; the filter of the audit screen. */
export const auditArea = z.enum([
  'access',
  'staff',
  'import',
  'match',
  'sale',
  'setting',
  'look-up',
  'reversal',
  'credential',
  'export',
  'reveal',
  'safaricom',
  'program',
  'audit',
]);

export const auditRow = z.object({
  seq: count,
  at: utcMs,
  /** Null when nobody was signed in; `daftari` itself has a name of its own. */
  who: z.string().nullable(),
  area: auditArea,
  /** As it is written in the entry: `import.done`. */
  action: z.string(),
  subject: z.string(),
  /** The act in one sentence. */
  what: message,
  /** Before and after of each thing that changed, in words (an erased value says so); null = there was none. */
  changes: z.array(z.object({ field: message, before: message.nullable(), after: message.nullable() })),
});

export const auditHead = z.object({
  entries: count,
  /** To print and to compare later: the number of the last entry and the beginning of its hash. */
  code: z.string(),
  /** Of the root key on the recovery kit; null before there is one. */
  rootFingerprint: z.string().nullable(),
  signedTo: count,
  /** Whoever can stand in an entry, disabled people too and the program as 0: the choice of the filter. */
  people: z.array(z.object({ id: count, name: z.string() })),
  /** What is wrong, found at the start: the books were put back, or the signing key is gone. */
  alarm: z
    .object({ kind: z.enum(['rolled-back', 'no-signing-key', 'anchor-missing']), words: message })
    .nullable(),
});

/** The memory of the shop: who did what. */
export const auditChannels = {
  'audit:list': {
    from: 'main',
    needs: 'audit.read',
    input: z.strictObject({
      /** A receipt, a number of an import, a word of the subject or details; empty = all. */
      search: text(100),
      /** 0 = what the program did by itself. */
      staffId: count.nullable(),
      areas: z.array(auditArea).max(14),
      subject: text(60).nullable(),
      from: businessDay.nullable(),
      to: businessDay.nullable(),
      after: cursor.nullable(),
      limit: z.number().int().min(1).max(200),
    }),
    /** `searchedTo`: how far back a search has looked when it stopped to answer; null = it looked everywhere it had to. */
    output: z.object({ entries: z.array(auditRow), next: cursor.nullable(), searchedTo: utcMs.nullable() }),
  },
  'audit:show': {
    from: 'main',
    needs: 'audit.read',
    input: z.strictObject({ seq: z.number().int().positive() }),
    output: auditRow.extend({
      details: z.string(),
      previousHash: z.string(),
      hash: z.string(),
      session: z.string().nullable(),
    }),
  },
  'audit:head': { from: 'main', needs: 'audit.read', input: nothing, output: auditHead },
  /** Reads the whole log again, with progress; the job's outcome is the verdict in plain words. */
  'audit:verify': {
    from: 'main',
    needs: 'audit.read',
    /** A code printed earlier, or empty. */
    input: z.strictObject({ head: text(80) }),
    output: view.job,
  },
  'audit:export': {
    from: 'main',
    needs: 'audit.export',
    confirm: true,
    input: z.strictObject({ format: z.enum(['csv', 'json']) }),
    output: view.job,
  },
  /** Stops a check or an export of the log. */
  'audit:cancel': {
    from: 'main',
    needs: 'audit.read',
    input: z.strictObject({ jobId: text(40) }),
    output: view.job,
  },
  /** After a restore or a lost keychain: the recovery code signs the start of a new chain of keys. */
  'audit:restart': {
    from: 'main',
    needs: 'recovery.write',
    confirm: true,
    input: z.strictObject({ code: text(80) }),
    output: auditHead,
  },
  /** One full number, on the record. */
  'phone:reveal': {
    from: 'main',
    needs: 'phones.reveal',
    input: z.strictObject({ type: z.enum(['payment', 'sale', 'look-up']), id }),
    output: z.object({ phone: z.string(), leftToday: count }),
  },
} as const;

export type AuditRow = z.infer<typeof auditRow>;
export type AuditHead = z.infer<typeof auditHead>;
export type AuditArea = z.infer<typeof auditArea>;
