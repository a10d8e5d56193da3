import type { PaymentView, SaleView } from '#shared/ipc/views.ts';
import type { Question } from './question.ts';

type Items<T> = ReadonlyMap<number, T>;

/** What is picked on each side, by id, in the order it was picked. */
export type Picks = { readonly payments: Items<PaymentView>; readonly sales: Items<SaleView> };

export function pickFrom(question: Question): Picks {
  // The sides of an ambiguous question are many answers in one: nothing is picked for the person.
  if (question.options.length > 0) return { payments: new Map(), sales: new Map() };
  return { payments: indexById(question.payments), sales: indexById(question.sales) };
}

export function togglePick<T extends { readonly id: number }>(picked: Items<T>, item: T): Items<T> {
  const next = new Map(picked);
  if (!next.delete(item.id)) next.set(item.id, item);
  return next;
}

export function addPicks(
  picks: Picks,
  found: { payments: readonly PaymentView[]; sales: readonly SaleView[] },
): Picks {
  return {
    payments: new Map([...picks.payments, ...indexById(found.payments)]),
    sales: new Map([...picks.sales, ...indexById(found.sales)]),
  };
}

/** The candidates, with what is picked but not among them (a search hides it) in front. */
export function listCandidates<T extends { readonly id: number }>(
  picked: Items<T>,
  candidates: readonly T[],
): T[] {
  const listed = new Set(candidates.map((item) => item.id));
  return [...[...picked.values()].filter((item) => !listed.has(item.id)), ...candidates];
}

function indexById<T extends { readonly id: number }>(items: readonly T[]): Map<number, T> {
  return new Map(items.map((item) => [item.id, item]));
}
