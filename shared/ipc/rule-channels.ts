import { z } from 'zod';
import { MAX_MARK } from '../domain/rules/types.ts';
import { businessDay, count, id, message, text, utcMs } from './fields.ts';
import * as view from './views.ts';

const mark = text(MAX_MARK).min(1);
const payment = z.strictObject({
  by: z.enum(['payer-name', 'account-reference', 'payer-code']),
  text: mark,
});
const sale = z.strictObject({ by: z.enum(['customer', 'account-reference', 'cashier']), text: mark });

export const ruleView = z.object({
  id,
  state: z.enum(['offered', 'active', 'off']),
  words: message,
  payment: z.object({ by: payment.shape.by, text: z.string() }),
  sale: z.object({ by: sale.shape.by, text: z.string() }),
  /** How many links that spoke for it still stand. */
  times: count,
  madeAt: utcMs,
  madeBy: z.string(),
});

export const ruleTrial = z.object({
  /** The days looked at, both included; null in an empty ledger. */
  days: z.object({ from: businessDay, to: businessDay }).nullable(),
  wouldMatch: count,
  agrees: count,
  contradicts: count,
  open: count,
  examples: z.array(
    z.object({ verdict: z.enum(['agrees', 'contradicts', 'open']), payment: view.payment, sale: view.sale }),
  ),
});

const done = z.object({ step: view.step });
const nothing = z.strictObject({});
const ofRule = z.strictObject({ ruleId: id });

/** The shop's own rules: anybody may read them, whoever matches may say "not now", owner and manager decide. */
export const ruleChannels = {
  'rule:list': {
    from: 'main',
    needs: 'ledger.read',
    input: nothing,
    output: z.object({
      /** On and off, in the order in which they are tried. */
      rules: z.array(ruleView),
      offers: z.array(ruleView),
    }),
  },
  'rule:offer': {
    from: 'main',
    needs: 'ledger.match',
    input: nothing,
    /** The newest offer that nobody has answered. */
    output: z.object({ offer: ruleView.nullable() }),
  },
  'rule:save': {
    from: 'main',
    needs: 'rules.write',
    input: z.strictObject({
      ruleId: id,
      payment,
      sale,
      isOn: z.boolean(),
      /** What speaks against it, as far as the person has seen: refused when there is more. */
      seenContradictions: count,
    }),
    output: done,
  },
  'rule:move': {
    from: 'main',
    needs: 'rules.write',
    input: z.strictObject({ ruleId: id, direction: z.enum(['up', 'down']) }),
    output: done,
  },
  'rule:remove': { from: 'main', needs: 'rules.write', input: ofRule, output: done },
  'rule:decline': { from: 'main', needs: 'ledger.match', input: ofRule, output: nothing },
  'rule:dry-run': {
    from: 'main',
    needs: 'ledger.read',
    input: z.strictObject({ payment, sale }),
    output: ruleTrial,
  },
} as const;

export type RuleView = z.infer<typeof ruleView>;
export type RuleTrial = z.infer<typeof ruleTrial>;
