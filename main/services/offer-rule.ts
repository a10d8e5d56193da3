import { type KnownRule, LEAST_TIMES, offerRule } from '#shared/domain/rules/offer.ts';
import { DAY } from '#shared/domain/time.ts';
import { type Result, succeed } from '#shared/ipc/result.ts';
import type { Actor } from '../db/ledger.ts';
import { selectCorrections } from '../db/queries/corrections.ts';
import { insertRule, type RuleState, type StoredRule, selectAllRules } from '../db/queries/rules.ts';
import { recordChange } from './audit/record-change.ts';
import type { Core } from './core.ts';

/** Older decisions say little of how the shop works now. */
const MEMORY_MS = 90 * DAY;
const LISTED: readonly RuleState[] = ['offered', 'active', 'off'];

export function recentCorrections(core: Core) {
  return selectCorrections(core.ledger.read, core.now() - MEMORY_MS);
}

/**
 * Does what a person asked for, then looks whether it repeats what people decided before. If so, a rule is put up as
 * an offer: it does nothing until somebody who may says yes.
 */
export async function noticePattern<T>(
  core: Core,
  actor: Actor,
  decide: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const decided = await decide();
  if (decided.ok) putUpOffer(core, actor);
  return decided;
}

function putUpOffer(core: Core, actor: Actor): void {
  const offer = offerRule(recentCorrections(core), selectAllRules(core.ledger.read).map(asKnown));
  if (offer === null) return;
  const { rule, times, links } = offer;
  const made = core.ledger.act(actor, 'rule.offered', 'rules', (db) => {
    const place = { state: 'offered', position: 0 } as const;
    const id = insertRule(db, { rule, ...place, links, staffId: actor.staffId, at: core.now() });
    const subject = `rule:${id}`;
    const marks = `${rule.payment.text} – ${rule.sale.text}`;
    const change = recordChange(db, subject, null, { state: 'offered', marks });
    return succeed({ value: id, subject, details: { times, ...change } });
  });
  if (!made.ok) throw new Error(`an offer cannot be stored: ${made.error.code}`);
  core.tell('ledger:changed', { areas: ['rules'] });
}

function asKnown({ rule, state, answeredTimes }: StoredRule): KnownRule {
  const isListed = LISTED.includes(state);
  return { rule, askAgainFrom: isListed ? Number.POSITIVE_INFINITY : answeredTimes + LEAST_TIMES };
}
