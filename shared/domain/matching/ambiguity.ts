import { say } from '../message.ts';
import { type Batch, lineAt, propose, saleAt } from './batch.ts';
import { MAX_ALTERNATIVES } from './settings.ts';
import type { Block } from './tie-blocks.ts';
import type { Rule } from './types.ts';

/** Payments or sales in one ambiguity: three of each give nine alternatives, which a person can still read. */
const SIDE = 3;

type Alternative = { readonly line: number; readonly sale: number; readonly gap: number };

/**
 * Lists what cannot be told apart. A large block is cut into small groups in order of time, each with its nearest
 * alternatives, so that 200 equal payments give a few lines each and not 40,000. An item that no listed
 * alternative names stays open.
 */
export function declareAmbiguous(
  batch: Batch,
  block: Block,
  rule: Rule,
  gapOf: (line: number, sale: number) => number | null,
): void {
  const { payments, sales } = block;
  if (sales.length > payments.length) for (const sale of sales) batch.isWeaklyPaid[sale] = 1;
  const smaller = Math.min(payments.length, sales.length);
  const groups = Math.min(Math.ceil(Math.max(payments.length, sales.length) / SIDE), smaller);
  for (let group = 0; group < groups; group++) {
    const part = { payments: share(payments, group, groups), sales: share(sales, group, groups) };
    listGroup(batch, part, block, rule, gapOf);
  }
}

function share(items: readonly number[], group: number, groups: number): readonly number[] {
  return items.slice(
    Math.floor((group * items.length) / groups),
    Math.floor(((group + 1) * items.length) / groups),
  );
}

function listGroup(
  batch: Batch,
  part: Block,
  whole: Block,
  rule: Rule,
  gapOf: (line: number, sale: number) => number | null,
): void {
  const all: Alternative[] = [];
  for (const line of part.payments) {
    for (const sale of part.sales) {
      const gap = gapOf(line, sale);
      if (gap !== null) all.push({ line, sale, gap });
    }
  }
  const listed = chooseNearest(all);
  const [first] = listed;
  if (first === undefined) return;
  const isOne = listed.length === 1 && whole.payments.length === 1 && whole.sales.length === 1;
  const group = `tie:${rule}:${lineAt(batch, first.line).id}:${saleAt(batch, first.sale).id}`;
  const why = isOne
    ? say('match.amount-time.weak', { amount: { money: lineAt(batch, first.line).amountCents } })
    : say('match.ambiguous', {
        payments: whole.payments.length,
        sales: whole.sales.length,
        amount: { money: lineAt(batch, first.line).amountCents },
        isCut: all.length > listed.length || part.payments.length < whole.payments.length ? 'yes' : 'no',
      });
  for (const { line, sale } of listed) {
    const ambiguity = isOne ? null : group;
    propose(batch, {
      kind: 'sale',
      lines: [line],
      sales: [sale],
      rule,
      band: 'possible',
      why,
      group: ambiguity,
    });
  }
}

/** The nearest first, but every item once before any item twice, so that a cut hides as few items as it can. */
function chooseNearest(all: Alternative[]): Alternative[] {
  const sorted = all.sort((a, b) => a.gap - b.gap || a.line - b.line || a.sale - b.sale);
  if (sorted.length <= MAX_ALTERNATIVES) return sorted;
  const seen = new Set<string>();
  const isNew = ({ line, sale }: Alternative) => {
    const hasBoth = seen.has(`l${line}`) && seen.has(`s${sale}`);
    seen.add(`l${line}`).add(`s${sale}`);
    return !hasBoth;
  };
  const covering = sorted.filter(isNew);
  const rest = sorted.filter((alternative) => !covering.includes(alternative));
  return [...covering, ...rest].slice(0, MAX_ALTERNATIVES);
}
