import type { PaymentView, ReconcileRow, SaleView } from '#shared/ipc/views.ts';

/** One of the equally good answers of an ambiguous row. */
export type Option = ReconcileRow['options'][number];

/** What the screen shows as one row: one question to a person, or one answer that was given. */
export type Question = {
  /** What it is about. Unlike the key of the row it stays the same when the core matches the day again. */
  readonly key: string;
  readonly row: ReconcileRow;
  /** Empty unless the answer is ambiguous. */
  readonly options: readonly Option[];
  /** Of an ambiguous row: the payments of all its answers. */
  readonly payments: readonly PaymentView[];
  readonly sales: readonly SaleView[];
};

type Items = { readonly payments: readonly { id: number }[]; readonly sales: readonly { id: number }[] };

/** Names a pair of sides by what is on them. */
export function nameItems({ payments, sales }: Items): string {
  return `${payments.map((item) => item.id).join(',')}|${sales.map((item) => item.id).join(',')}`;
}

export function asQuestion(row: ReconcileRow): Question {
  const options = row.state === 'todo' ? row.options : [];
  const payments = options.length > 0 ? options.flatMap((option) => option.payments) : row.payments;
  const sales = options.length > 0 ? options.flatMap((option) => option.sales) : row.sales;
  const items = { payments: keepDistinct(payments), sales: keepDistinct(sales) };
  return { key: `${row.state}:${row.kind}:${nameItems(items)}`, row, options, ...items };
}

function keepDistinct<T extends { readonly id: number }>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [item.id, item])).values()];
}

export function isAmbiguous(question: Question): boolean {
  return question.options.length > 0;
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
  /** It has a customer's payment that nobody has asked back: whether it may really go back, main says. */
  readonly canSendBack: boolean;
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
    canSendBack: mayMatch && paymentsToSendBack(question).length > 0,
  };
}

/** Customers' payments that nobody has asked back yet. */
export function paymentsToSendBack({ payments }: Question): Question['payments'] {
  return payments.filter(
    ({ kind, direction, reversal }) => kind === 'customer-payment' && direction === 'in' && reversal === null,
  );
}

/** Where all of them were asked back: the first of those reversals. */
export function reversalOf(question: Question): { readonly id: number; readonly name: string } | null {
  if (paymentsToSendBack(question).length > 0) return null;
  return question.payments.find(({ reversal }) => reversal !== null)?.reversal ?? null;
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

/** The receipt that a row is about: its payment's, else the one that the cashier typed. */
export function receiptOf({ payments, sales }: Question): string | null {
  return payments[0]?.receipt ?? sales.find((sale) => sale.receipt !== null)?.receipt ?? null;
}

/** Whose full number may be asked for from a row: its payments first, as Safaricom is surer of them. */
export function phoneOwnersOf(question: Question) {
  return [
    ...question.payments.map(({ id, hasFullPhone }) => ({ type: 'payment' as const, id, hasFullPhone })),
    ...question.sales.map(({ id, hasFullPhone }) => ({ type: 'sale' as const, id, hasFullPhone })),
  ];
}
