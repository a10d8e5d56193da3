import type { AuditDetails } from '#shared/domain/audit/entry.ts';
import { type Message, say } from '#shared/domain/message.ts';
import { isSameRule, isTellingMark } from '#shared/domain/rules/marks.ts';
import { countSupport, LEAST_TIMES } from '#shared/domain/rules/offer.ts';
import type { RuleContent } from '#shared/domain/rules/types.ts';
import { ruleInWords } from '#shared/domain/rules/words.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { RuleView } from '#shared/ipc/rule-channels.ts';
import type { StepView } from '#shared/ipc/views.ts';
import type { Actor, WriteDb } from '../db/ledger.ts';
import { markDaysToMatch } from '../db/queries/days.ts';
import { selectRecentDays } from '../db/queries/recent-days.ts';
import {
  insertRule,
  nextPosition,
  type RuleStand,
  readRule,
  readRuleLinks,
  type StoredRule,
  selectListedRules,
  selectOfferedRules,
  setAnsweredTimes,
  setRuleStand,
} from '../db/queries/rules.ts';
import { showStep } from '../db/queries/step-views.ts';
import { recordChange } from './audit/record-change.ts';
import type { Core } from './core.ts';
import { matchSoon } from './match-days.ts';
import { recentCorrections } from './offer-rule.ts';
import { recordStep, type StepAction, type Touched } from './record-step.ts';
import { RULE_DAYS, runTrial } from './try-rule.ts';

type Done = Promise<Result<{ step: StepView }>>;
type Marks = Pick<RuleContent, 'payment' | 'sale'>;
type Stands = Record<string, { before: RuleStand; after: RuleStand }>;

/** The rules in the order in which they are tried, and the offers that nobody has answered. */
export function listRules(core: Core): Result<{ rules: RuleView[]; offers: RuleView[] }> {
  return succeed({
    rules: selectListedRules(core.ledger.read).map(asView),
    offers: openOffers(core).map(asView),
  });
}

/** The newest offer, for the banner. */
export function showOffer(core: Core): Result<{ offer: RuleView | null }> {
  const [newest] = openOffers(core);
  return succeed({ offer: newest ? asView(newest) : null });
}

/** Offers whose links mostly went again are no longer true. */
function openOffers(core: Core): StoredRule[] {
  return selectOfferedRules(core.ledger.read).filter((offer) => offer.times >= LEAST_TIMES);
}

function asView({ id, state, rule, times, madeAt, madeBy }: StoredRule): RuleView {
  if (state !== 'offered' && state !== 'active' && state !== 'off')
    throw new Error(`rule ${id} is ${state} and cannot be shown`);
  const { payment, sale } = rule;
  return { id, state, words: ruleInWords(rule), payment, sale, times, madeAt, madeBy };
}

export type SaveRule = Marks & {
  readonly ruleId: number;
  readonly isOn: boolean;
  readonly seenContradictions: number;
};

/**
 * Switches a rule on or off, with what it says now or with other marks. It goes on only after it was tried on past
 * days, and not against more of what people did there than whoever says yes has seen.
 */
export async function saveRule(core: Core, actor: Actor, save: SaveRule): Done {
  const rule: RuleContent = { kind: 'pair', payment: save.payment, sale: save.sale };
  if (!isTellingMark(rule.payment.text) || !isTellingMark(rule.sale.text))
    return fail('ledger/bad-input', say('rule.says-too-little'));
  if (save.isOn) {
    const { run } = await runTrial(core, rule);
    if (run.contradicts > save.seenContradictions)
      return fail('rule/contradicted', say('rule.contradicted', { count: run.contradicts }));
  }
  const corrections = recentCorrections(core);
  return doRuleStep(core, actor, 'save-rule', (db) => {
    const old = readRule(db, save.ruleId);
    if (!old || old.state === 'removed' || old.state === 'declined') return gone();
    const isDouble = selectListedRules(db).some(
      (other) => other.id !== old.id && isSameRule(other.rule, rule),
    );
    if (isDouble) return fail('ledger/bad-input', say('rule.is-there'));
    const position = old.state === 'offered' ? nextPosition(db) : old.position;
    const after: RuleStand = { state: save.isOn ? 'active' : 'off', position };
    const isEdited =
      JSON.stringify([old.rule.payment, old.rule.sale]) !== JSON.stringify([save.payment, save.sale]);
    // What it foresaw is answered by the rule that takes its place.
    if (isEdited) setAnsweredTimes(db, old.id, countSupport(old.rule, corrections));
    const id = isEdited ? replaceRule(db, core, actor, old, rule) : old.id;
    const before: RuleStand = isEdited ? { state: 'removed', position } : standOf(old);
    const stands: Stands = { [id]: { before, after } };
    if (isEdited)
      stands[old.id] = { before: standOf(old), after: { state: 'removed', position: old.position } };
    const what = isEdited
      ? say('step.rule-changed', { old: old.id, number: id, isOn: save.isOn ? 'yes' : 'no' })
      : say('step.rule-switched', { number: id, isOn: save.isOn ? 'yes' : 'no' });
    return succeed({ what, stands, subject: `rule:${id}` });
  });
}

/** A rule is never rewritten: the new one is another row, and the old one stays for undo and the record. */
function replaceRule(db: WriteDb, core: Core, actor: Actor, old: StoredRule, rule: RuleContent): number {
  return insertRule(db, {
    rule,
    state: 'removed',
    position: old.position,
    links: readRuleLinks(db, old.id),
    staffId: actor.staffId,
    at: core.now(),
  });
}

/** Changes places with the rule before or after it. */
export function moveRule(
  core: Core,
  actor: Actor,
  { ruleId, direction }: { readonly ruleId: number; readonly direction: 'up' | 'down' },
): Done {
  return doRuleStep(core, actor, 'move-rule', (db) => {
    const rules = selectListedRules(db);
    const index = rules.findIndex((rule) => rule.id === ruleId);
    const rule = rules[index];
    if (!rule) return gone();
    const other = rules[index + (direction === 'up' ? -1 : 1)];
    if (!other) return fail('ledger/bad-input', say('rule.at-the-end'));
    const stands: Stands = {
      [rule.id]: { before: standOf(rule), after: { ...standOf(rule), position: other.position } },
      [other.id]: { before: standOf(other), after: { ...standOf(other), position: rule.position } },
    };
    return succeed({
      what: say('step.rule-moved', { number: rule.id, direction }),
      stands,
      subject: `rule:${ruleId}`,
    });
  });
}

export function removeRule(core: Core, actor: Actor, ruleId: number): Done {
  const corrections = recentCorrections(core);
  return doRuleStep(core, actor, 'remove-rule', (db) => {
    const rule = readRule(db, ruleId);
    if (rule?.state !== 'active' && rule?.state !== 'off') return gone();
    setAnsweredTimes(db, ruleId, countSupport(rule.rule, corrections));
    const stands: Stands = {
      [ruleId]: { before: standOf(rule), after: { state: 'removed', position: rule.position } },
    };
    return succeed({ what: say('step.rule-removed', { number: ruleId }), stands, subject: `rule:${ruleId}` });
  });
}

/** "Not now": it is asked again only when the same thing has been decided as often once more. */
export function declineRule(core: Core, actor: Actor, ruleId: number): Result<Record<string, never>> {
  const corrections = recentCorrections(core);
  const declined = core.ledger.act(actor, 'rule.declined', `rule:${ruleId}`, (db) => {
    const rule = readRule(db, ruleId);
    if (rule?.state !== 'offered') return gone();
    const times = countSupport(rule.rule, corrections);
    setRuleStand(db, ruleId, { state: 'declined', position: rule.position });
    setAnsweredTimes(db, ruleId, times);
    const change = { before: { state: 'offered' }, after: { state: 'declined' } };
    return succeed({ value: undefined, details: { times, ...change } });
  });
  if (!declined.ok) return declined;
  core.tell('ledger:changed', { areas: ['rules'] });
  return succeed({});
}

type Change = { readonly what: Message; readonly stands: Stands; readonly subject: string };

/** One change of the rules: what stands, its step and its audit entry together; then recent days are matched anew. */
async function doRuleStep(
  core: Core,
  actor: Actor,
  action: StepAction,
  change: (db: WriteDb) => Result<Change>,
): Done {
  const done = core.ledger.act(actor, `reconcile.${action}`, 'rules', (db) => {
    const changed = change(db);
    if (!changed.ok) return changed;
    const { what, stands, subject } = changed.value;
    for (const [id, { after }] of Object.entries(stands)) setRuleStand(db, Number(id), after);
    const isFelt = Object.values(stands).some(({ before, after }) => isActive(before) || isActive(after));
    const days = isFelt ? selectRecentDays(db, RULE_DAYS) : [];
    markDaysToMatch(db, days);
    const touched: Touched = { rules: stands, days };
    const step = recordStep(db, actor, core.now(), action, what, touched);
    const states = Object.entries(stands).map(([id, { after }]) => `${id}:${after.state}:${after.position}`);
    const details = { step, rules: states, ...describeRule(db, subject, stands) };
    return succeed({ value: step, subject, details });
  });
  if (!done.ok) return done;
  core.tell('ledger:changed', { areas: ['rules'] });
  await matchSoon(core, actor);
  return succeed({ step: showStep(core.ledger.read, done.value) });
}

/** The rule that an act is about, before and after: where it stands, and its marks, sealed, when it is new or goes. */
function describeRule(db: WriteDb, subject: string, stands: Stands): AuditDetails {
  const id = Number(subject.slice('rule:'.length));
  const stand = stands[id];
  const rule = readRule(db, id);
  if (!stand || !rule) return {};
  const { payment, sale } = rule.rule;
  const marks = `${payment.text} – ${sale.text}`;
  const inWords = ({ state, position }: RuleStand) => ({
    state,
    place: position,
    marks: state === 'removed' ? null : marks,
  });
  return recordChange(db, subject, inWords(stand.before), inWords(stand.after));
}

function standOf({ state, position }: RuleStand): RuleStand {
  return { state, position };
}

function isActive({ state }: RuleStand): boolean {
  return state === 'active';
}

function gone(): Result<never> {
  return fail('ledger/changed-meanwhile', say('rule.changed-meanwhile'));
}
