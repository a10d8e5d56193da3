import type { AuditDetails } from '#shared/domain/audit/entry.ts';
import { type Message, say } from '#shared/domain/message.ts';
import { cents, sum } from '#shared/domain/money.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { StepView } from '#shared/ipc/views.ts';
import type { Actor, WriteDb, Written } from '../db/ledger.ts';
import { anchorOf } from '../db/queries/anchor.ts';
import { markDaysToMatch } from '../db/queries/days.ts';
import {
  dropFindingsOf,
  type Finding,
  readAlternatives,
  readFinding,
  ruleOf,
  type Scope,
  selectAcceptable,
} from '../db/queries/findings.ts';
import { endLink, insertLink } from '../db/queries/links.ts';
import { areLive } from '../db/queries/live-items.ts';
import { daysOfItems, isInLink, readOpenAmounts } from '../db/queries/open-items.ts';
import { endRefusals, insertRefusal } from '../db/queries/refusals.ts';
import { showStep } from '../db/queries/step-views.ts';
import { recordChange } from './audit/record-change.ts';
import type { Core } from './core.ts';
import { matchSoon } from './match-days.ts';
import { recordStep, type StepAction, type Touched } from './record-step.ts';

type Done = Promise<Result<{ step: StepView }>>;
/** Payments and sales named by id. */
export type Items = { readonly payments: readonly number[]; readonly sales: readonly number[] };

/** What a step did: its sentence, what undo needs, the days to match again, and what else its entry says. */
export type StepChange = {
  readonly what: Message;
  readonly touched: Touched;
  readonly days: Iterable<string>;
  readonly details?: AuditDetails;
};

/**
 * Does one thing a person asked for: the change, its step and its audit entry in one transaction, then the days it
 * touched are matched again.
 */
export async function doStep(
  core: Core,
  actor: Actor,
  action: StepAction,
  subject: string,
  change: (db: WriteDb) => Result<StepChange>,
): Done {
  const done = core.ledger.act(actor, `reconcile.${action}`, subject, (db): Result<Written<number>> => {
    const changed = change(db);
    if (!changed.ok) return changed;
    const { what, touched, days, details } = changed.value;
    markDaysToMatch(db, days);
    const step = recordStep(db, actor, core.now(), action, what, { ...touched, days: [...days] });
    return succeed({ value: step, details: { step, ...countsOf(touched), ...named(what), ...details } });
  });
  if (!done.ok) return done;
  await matchSoon(core, actor);
  core.tell('ledger:changed', { areas: ['matches'] });
  return succeed({ step: showStep(core.ledger.read, done.value) });
}

/** Receipt and counts as the step names them; references and names of people stay in the step. */
function named({ values }: Message): AuditDetails {
  const { receipt, count } = values ?? {};
  return {
    ...(typeof receipt === 'string' ? { receipt } : {}),
    ...(typeof count === 'number' ? { count } : {}),
  };
}

/** The ids themselves while they are few; the audit log names each link of a bulk act through its own row. */
function countsOf(touched: Touched): Record<string, number | readonly number[]> {
  const facts: Record<string, number | readonly number[]> = {};
  for (const [name, ids] of Object.entries(touched))
    if (Array.isArray(ids) && name !== 'days') facts[name] = ids.length > 50 ? ids.length : (ids as number[]);
  return facts;
}

/** Enter: the proposal in focus is right. */
export function acceptFinding(core: Core, actor: Actor, findingId: number): Done {
  return doStep(core, actor, 'accept', `finding:${findingId}`, (db) => {
    const finding = readFinding(db, findingId);
    if (finding?.type !== 'proposal') return gone();
    const link = linkFinding(db, finding, actor, core.now());
    if (!link.ok) return link;
    const what = say('step.accepted', nameItems(db, finding.lines, finding.sales));
    return succeed({
      what,
      touched: { links: [link.value] },
      days: daysOfItems(db, finding.lines, finding.sales),
    });
  });
}

function linkFinding(db: WriteDb, finding: Finding, actor: Actor, at: number): Result<number> {
  const kind = finding.linkKind ?? 'sale';
  if (!areLive(db, finding.lines, finding.sales)) return gone();
  if (isInLink(db, kind, finding.lines, finding.sales)) return gone();
  const id = insertLink(db, {
    kind,
    lines: finding.lines,
    sales: finding.sales,
    rule: ruleOf(finding),
    band: finding.band,
    why: finding.why,
    how: 'accepted',
    note: null,
    anchor: anchorOf(db, finding),
    staffId: actor.staffId,
    at,
  });
  dropFindingsOf(db, finding.lines, finding.sales);
  return succeed(id);
}

/** A: every likely answer that is the only one. Refused when the ledger is no longer what the preview showed. */
export function acceptAll(
  core: Core,
  actor: Actor,
  scope: Scope & { readonly expectedCount: number; readonly expectedCents: number },
): Done {
  return doStep(core, actor, 'accept-all', `days:${scope.from}/${scope.to}`, (db) => {
    const acceptable = selectAcceptable(db, scope);
    const total = sum(acceptable.map((finding) => cents(finding.amountCents)));
    if (acceptable.length !== scope.expectedCount || total !== scope.expectedCents) return gone();
    if (acceptable.length === 0) return fail('ledger/not-found', say('reconcile.nothing-to-accept'));
    const links: number[] = [];
    const days = new Set<string>();
    for (const { id } of acceptable) {
      const finding = readFinding(db, id);
      if (!finding) return gone();
      const link = linkFinding(db, finding, actor, core.now());
      if (!link.ok) return link;
      links.push(link.value);
      for (const day of daysOfItems(db, finding.lines, finding.sales)) days.add(day);
    }
    const what = say('step.accepted-all', { count: links.length, amount: { money: total } });
    return succeed({ what, touched: { links }, days });
  });
}

/** Backspace: not this one. The pairs of the proposal are never proposed again, until that is undone. */
export function rejectFinding(core: Core, actor: Actor, findingId: number): Done {
  return doStep(core, actor, 'reject', `finding:${findingId}`, (db) => {
    const finding = readFinding(db, findingId);
    if (finding?.type !== 'proposal') return gone();
    const refusals: number[] = [];
    const days = new Set<string>();
    for (const refused of readAlternatives(db, finding)) {
      if (!areLive(db, refused.lines, refused.sales)) return gone();
      for (const line of refused.lines)
        for (const sale of refused.sales)
          refusals.push(insertRefusal(db, line, sale, actor.staffId, core.now()));
      for (const day of daysOfItems(db, refused.lines, refused.sales)) days.add(day);
    }
    if (refusals.length === 0) return fail('ledger/bad-input', say('reconcile.cannot-refuse'));
    const what = say('step.rejected', nameItems(db, finding.lines, finding.sales));
    return succeed({ what, touched: { refusals }, days });
  });
}

/** M: a person says that these payments paid these sales. A difference needs a note that explains it. */
export function matchByHand(core: Core, actor: Actor, items: Items & { readonly note: string }): Done {
  const { note } = items;
  const [payments, sales] = [[...new Set(items.payments)], [...new Set(items.sales)]];
  return doStep(core, actor, 'match', 'links', (db) => {
    if (payments.length === 0 || sales.length === 0)
      return fail('ledger/bad-input', say('reconcile.pick-both-sides'));
    const open = readOpenAmounts(db, payments, sales);
    if (!open) return gone();
    if (isInLink(db, 'sale', payments, sales))
      return fail('ledger/already-matched', say('reconcile.already-matched'));
    if (isInLink(db, 'reversal-of', payments, []))
      return fail('ledger/already-matched', say('reconcile.payment-reversed'));
    const difference = cents(open.paidCents - open.soldCents);
    if (difference !== 0 && note === '')
      return fail(
        'ledger/amounts-differ',
        say('reconcile.amounts-differ', { difference: { money: difference } }),
      );
    const anchor = anchorOf(db, { lines: payments, sales });
    const why =
      difference === 0
        ? say('match.by-hand')
        : say('match.by-hand-differs', { difference: { money: difference } });
    const id = insertLink(db, {
      kind: 'sale',
      lines: payments,
      sales,
      rule: 'by-hand',
      band: null,
      why,
      how: 'by-hand',
      note: note === '' ? null : note,
      anchor,
      staffId: actor.staffId,
      at: core.now(),
    });
    const ended = endRefusals(db, payments, sales, core.now());
    dropFindingsOf(db, payments, sales);
    const what = say('step.matched', nameItems(db, payments, sales));
    return succeed({
      what,
      touched: { links: [id], endedRefusals: ended },
      days: daysOfItems(db, payments, sales),
      details: recordNote(db, { payments, sales }, note),
    });
  });
}

/** Takes a match apart. Its pairs are refused, or the matcher would join them again at once. */
export function unmatchLink(core: Core, actor: Actor, linkId: number): Done {
  return doStep(core, actor, 'unmatch', `link:${linkId}`, (db) => {
    const items = db.all<{ movement_id: number | null; sale_id: number | null }>(
      'SELECT movement_id, sale_id FROM link_items WHERE link_id = ? AND is_active = 1',
      linkId,
    );
    const lines = items.flatMap((item) => item.movement_id ?? []);
    const sales = items.flatMap((item) => item.sale_id ?? []);
    if (items.length === 0 || !endLink(db, linkId, actor.staffId, core.now())) return gone();
    const refusals = lines.flatMap((line) =>
      sales.map((sale) => insertRefusal(db, line, sale, actor.staffId, core.now())),
    );
    const isMadeAlone = db.get(`SELECT 1 FROM links WHERE id = ? AND how = 'auto'`, linkId) !== undefined;
    // The matcher would join the two again at once, for nothing says that they are not one.
    if (refusals.length === 0 && isMadeAlone) return fail('ledger/bad-input', say('reconcile.cannot-refuse'));
    const what = say('step.unmatched', nameItems(db, lines, sales));
    return succeed({
      what,
      touched: { endedLinks: [linkId], refusals },
      days: daysOfItems(db, lines, sales),
    });
  });
}

/** The words that somebody typed about items, sealed with the first of them. */
export function recordNote(db: WriteDb, { payments, sales }: Items, note: string): AuditDetails {
  if (note === '') return {};
  const about = payments.length > 0 ? `payment:${payments[0]}` : `sale:${sales[0]}`;
  return recordChange(db, about, null, { note });
}

/** What a step calls its items: the first receipt and the first reference, and how many there are. */
export function nameItems(db: WriteDb, lines: readonly number[], sales: readonly number[]) {
  const receipt = db.get<{ receipt: string }>(
    'SELECT receipt FROM movements WHERE id = ?',
    lines[0] ?? 0,
  )?.receipt;
  const reference = db.get<{ reference: string | null }>(
    'SELECT reference FROM sales WHERE id = ?',
    sales[0] ?? 0,
  )?.reference;
  return {
    receipt: receipt ?? '–',
    reference: reference ?? '–',
    payments: lines.length,
    sales: sales.length,
  };
}

export function gone(): Result<never> {
  return fail('ledger/changed-meanwhile', say('reconcile.changed-meanwhile'));
}
