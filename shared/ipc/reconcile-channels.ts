import { z } from 'zod';
import { cents, count, cursor, id, scope, text } from './fields.ts';
import * as view from './views.ts';

const done = z.object({ step: view.step });
const tab = z.enum(['todo', 'matched', 'parked', 'all']);
/** One side of the reconcile screen named by id. */
const items = { payments: z.array(id).max(200), sales: z.array(id).max(200) };

/** The day's questions and answers, and the steps that can be undone. */
export const reconcileChannels = {
  'reconcile:summary': {
    from: 'main',
    needs: 'ledger.read',
    input: z.strictObject(scope),
    output: view.reconcileSummary,
  },
  'reconcile:rows': {
    from: 'main',
    needs: 'ledger.read',
    input: z.strictObject({
      ...scope,
      tab,
      /** Receipt, reference, amount or name; a prefix is enough. */
      search: text(200),
      /** Exception kinds and rules to keep; empty = all. */
      kinds: z.array(text(40)).max(20),
      after: cursor.nullable(),
      limit: z.number().int().min(1).max(500),
    }),
    output: view.reconcilePage,
  },
  'reconcile:accept': {
    from: 'main',
    needs: 'ledger.match',
    input: z.strictObject({ findingId: id }),
    output: done,
  },
  'reconcile:accept-all': {
    from: 'main',
    needs: 'ledger.match',
    /** What the clerk saw in the preview: refused when the ledger has changed since. */
    input: z.strictObject({ ...scope, expectedCount: count, expectedCents: cents }),
    output: done,
  },
  'reconcile:reject': {
    from: 'main',
    needs: 'ledger.match',
    input: z.strictObject({ findingId: id }),
    output: done,
  },
  'reconcile:match': {
    from: 'main',
    needs: 'ledger.match',
    /** A difference is allowed only with a note that explains it. */
    input: z.strictObject({ ...items, note: text(300) }),
    output: done,
  },
  'reconcile:unmatch': {
    from: 'main',
    needs: 'ledger.match',
    input: z.strictObject({ linkId: id }),
    output: done,
  },
  'reconcile:park': {
    from: 'main',
    needs: 'ledger.match',
    input: z.strictObject({ ...items, note: text(300) }),
    output: done,
  },
  'reconcile:unpark': {
    from: 'main',
    needs: 'ledger.match',
    input: z.strictObject({ ...items }),
    output: done,
  },
  'reconcile:candidates': {
    from: 'main',
    needs: 'ledger.read',
    /** Open items near what is picked, for matching by hand; `search` narrows them. */
    input: z.strictObject({ ...items, search: text(200), limit: z.number().int().min(1).max(200) }),
    output: z.object({ payments: z.array(view.payment), sales: z.array(view.sale) }),
  },
  'reconcile:complete-sum': {
    from: 'main',
    needs: 'ledger.read',
    /** The one set of open items that makes the picked sides equal, if there is exactly one. */
    input: z.strictObject({ ...items }),
    output: z.object({
      result: z.enum(['unique', 'several', 'none', 'gave-up']),
      payments: z.array(id),
      sales: z.array(id),
    }),
  },
  'step:list': {
    from: 'main',
    needs: 'ledger.read',
    input: z.strictObject({ after: cursor.nullable(), limit: z.number().int().min(1).max(200) }),
    output: z.object({ steps: z.array(view.step), next: cursor.nullable() }),
  },
  'step:undo': { from: 'main', needs: 'ledger.match', input: z.strictObject({ stepId: id }), output: done },
} as const;
