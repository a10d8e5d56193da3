import type { DryRun } from '#shared/domain/rules/dry-run.ts';
import type { RuleContent } from '#shared/domain/rules/types.ts';
import type { BusinessDay } from '#shared/domain/time.ts';
import { type Result, succeed } from '#shared/ipc/result.ts';
import type { RuleTrial } from '#shared/ipc/rule-channels.ts';
import { readPayment, readSale } from '../db/queries/item-views.ts';
import { selectRecentDays } from '../db/queries/recent-days.ts';
import type { Core } from './core.ts';

/** How far back a rule is tried, and how far back it acts when it is switched on: the days still being worked. */
export const RULE_DAYS = 30;

type Trial = {
  readonly days: { readonly from: BusinessDay; readonly to: BusinessDay } | null;
  readonly run: DryRun;
};

const NOTHING: DryRun = { wouldMatch: 0, agrees: 0, contradicts: 0, open: 0, examples: [] };

/** What the rule would have suggested lately, beside what people did. In a worker; writes nothing. */
export async function runTrial(core: Core, rule: RuleContent): Promise<Trial> {
  const days = selectRecentDays(core.ledger.read, RULE_DAYS);
  const [from] = days;
  const to = days.at(-1);
  if (from === undefined || to === undefined) return { days: null, run: NOTHING };
  for await (const run of core.workers.run('dry-run-rule', { access: core.ledger.access, rule, from, to }))
    return { days: { from, to }, run };
  throw new Error('the dry run ended without an answer');
}

/** The dry run as a window shows it, with a few of the pairs themselves. */
export async function tryRule(
  core: Core,
  { payment, sale }: Pick<RuleContent, 'payment' | 'sale'>,
): Promise<Result<RuleTrial>> {
  const { days, run } = await runTrial(core, { kind: 'pair', payment, sale });
  const examples = run.examples.flatMap((example) => {
    const paid = readPayment(core.ledger.read, example.line);
    const sold = readSale(core.ledger.read, example.sale);
    return paid && sold ? [{ verdict: example.verdict, payment: paid, sale: sold }] : [];
  });
  return succeed({ ...run, days, examples });
}
