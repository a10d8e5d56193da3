import { z } from 'zod';
import { password } from './access-channels.ts';
import { environment, language, text, utcMs } from './fields.ts';

const s = z.string();
const pageToken = s.regex(/^[0-9a-f]{64}$/);

/**
 * What the approval page shows. Every sentence is one that main has rendered from the books: the page has no library,
 * knows no language and decides nothing.
 */
const asked = z.object({
  state: z.literal('asked'),
  /** This page as main showed it, once and now. It comes back with the decision; main knows what stood on it. */
  page: pageToken,
  question: s,
  amount: s,
  facts: z.array(z.object({ label: s, value: s })),
  /** What is out of the ordinary. */
  warnings: z.array(s),
  /** Why it cannot be approved now; empty = it can. Rejecting is always possible. */
  problems: z.array(s),
  /** `Send KES 1,250.00 back`, or what else approving does. */
  approve: s,
  /** Sent once, as R-000123; it cannot be undone. */
  note: s,
  /** Until when this page counts, and how that is said: `Expires in`. */
  expiresAt: utcMs,
  expires: s,
  words: z.object({
    name: s,
    password: s,
    code: s,
    codeHint: s,
    reject: s,
    reason: s,
    confirmReject: s,
    back: s,
    later: s,
    busy: s,
    expired: s,
    failed: s,
  }),
});

const told = z.object({
  state: z.literal('told'),
  /** `good`: it is as it should be. `open`: nobody knows yet. `bad`: it did not happen, or cannot be decided. */
  tone: z.enum(['good', 'open', 'bad']),
  question: s,
  text: s,
  close: s,
});

export const approvalPage = z.object({
  language,
  theme: z.enum(['light', 'dark', 'auto']),
  environment,
  /** `PRODUCTION`, as it is said. */
  badge: s,
  title: s,
  view: z.discriminatedUnion('state', [asked, told]),
});

const answer = z.object({
  /**
   * `refused`: nothing was decided; the sentence says why, and the page asks again. `stale`: nothing either, for what was
   * shown does not count any more: the page that comes with it is read in its place.
   */
  result: z.enum(['decided', 'code-needed', 'refused', 'stale']),
  text: s,
  page: approvalPage,
});

const nothing = z.strictObject({});
/** Who decides, by name, over whoever's session is open behind this window. */
const approver = {
  page: pageToken,
  name: text(80),
  password,
  code: text(40).nullable(),
};

/** What the approval window may ask. It names no reversal: main knows which one it was opened for. */
export const approvalChannels = {
  'approval:show': { from: 'approval', needs: null, input: nothing, output: approvalPage },
  'approval:approve': { from: 'approval', needs: null, input: z.strictObject(approver), output: answer },
  'approval:reject': {
    from: 'approval',
    needs: null,
    input: z.strictObject({ ...approver, reason: text(300).min(3) }),
    output: answer,
  },
  'approval:close': { from: 'approval', needs: null, input: nothing, output: nothing },
} as const;

export type ApprovalPage = z.infer<typeof approvalPage>;
export type ApprovalView = ApprovalPage['view'];
export type ApprovalAnswer = z.infer<typeof answer>;
