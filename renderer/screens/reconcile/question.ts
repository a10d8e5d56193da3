import type { PaymentView, ReconcileRow, SaleView } from '#shared/ipc/views.ts';

/**
 * What the screen shows as one row: one question to a person. Answers that are equally good come from the core as
 * rows of one ambiguity group; here they are the alternatives of one question.
 */
export type Question = {
  /** The key of its first row, which stays the same while the question stands. */
  readonly key: string;
  readonly row: ReconcileRow;
  /** Two or more when the answer is ambiguous, otherwise the row alone. */
  readonly alternatives: readonly [ReconcileRow, ...ReconcileRow[]];
  readonly payments: readonly PaymentView[];
  readonly sales: readonly SaleView[];
};

/** Folds the alternatives of each ambiguity into the place of the first. Keeps the order of the rows. */
export function foldQuestions(rows: readonly ReconcileRow[]): Question[] {
  const groups = new Map<string, [ReconcileRow, ...ReconcileRow[]]>();
  for (const row of rows) {
    const key = row.state === 'todo' && row.ambiguityGroup !== null ? `group-${row.ambiguityGroup}` : row.key;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups.values()].map((alternatives) => ({
    key: alternatives[0].key,
    row: alternatives[0],
    alternatives,
    payments: keepDistinct(alternatives.flatMap((row) => row.payments)),
    sales: keepDistinct(alternatives.flatMap((row) => row.sales)),
  }));
}

function keepDistinct<T extends { readonly id: number }>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [item.id, item])).values()];
}

export function isAmbiguous(question: Question): boolean {
  return question.alternatives.length > 1 || question.row.alternatives > 1;
}

/** What a person can do with a question. */
export type Abilities = {
  readonly canAccept: boolean;
  readonly canChoose: boolean;
  readonly canReject: boolean;
  readonly canMatch: boolean;
  readonly canPark: boolean;
  readonly canUnpark: boolean;
  readonly canUnmatch: boolean;
};

/** Which keys answer a question. A person who may only read can do none of it. */
export function readAbilities(question: Question, mayMatch: boolean): Abilities {
  const { state, type } = question.row;
  const isTodo = mayMatch && state === 'todo';
  const isProposal = isTodo && type === 'proposal';
  const isChoice = isAmbiguous(question);
  return {
    canAccept: isProposal && !isChoice,
    canChoose: isProposal && isChoice,
    canReject: isProposal && !isChoice,
    canMatch: mayMatch && state !== 'matched',
    canPark: isTodo,
    canUnpark: mayMatch && state === 'parked',
    canUnmatch: mayMatch && state === 'matched' && type === 'link',
  };
}

/** `finding-12` → 12, `link-40` → 40. A key of another shape is a bug. */
export function idOfKey(key: string, kind: 'finding' | 'link'): number {
  const match = /^(finding|link)-(\d+)$/.exec(key);
  if (match?.[1] !== kind) throw new Error(`row ${key} is not a ${kind}`);
  return Number(match[2]);
}

/** The ids of both sides, as the requests take them. */
export function itemsOf(question: Question): { payments: number[]; sales: number[] } {
  return {
    payments: question.payments.map((payment) => payment.id),
    sales: question.sales.map((sale) => sale.id),
  };
}
