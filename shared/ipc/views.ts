import { z } from 'zod';
import {
  businessDay,
  cents,
  columnMap,
  count,
  cursor,
  dateOrder,
  environment,
  id,
  language,
  message,
  reversalState,
  saleKind,
  tender,
  utcMs,
} from './fields.ts';

const s = z.string();
const optional = s.nullable();

export const till = z.object({ id, name: s, numbers: z.array(s) });

export const appState = z.object({
  environment,
  host: z.enum(['electron', 'preview']),
  version: s,
  language,
  theme: z.enum(['light', 'dark', 'auto']),
  shopName: s,
  actor: z.object({ name: s, role: z.enum(['owner', 'manager', 'clerk', 'auditor']) }),
  permissions: z.array(s),
  tills: z.array(till),
  /** When the business day begins, from which day on; none = midnight. Oldest first. */
  dayStarts: z.array(z.object({ fromDay: businessDay, minutes: count })),
  /** A payment that only a notice has reported is asked about at once above this. */
  askAboveCents: cents,
  /** The newest business day with a movement or a sale; null in an empty ledger. */
  latestDay: businessDay.nullable(),
  toDo: count,
  reviews: count,
  /** What is wrong with the audit log, for whoever may read it; null when nothing is. */
  auditAlarm: message.nullable(),
  isEmpty: z.boolean(),
});

export const payment = z.object({
  id,
  receipt: s,
  at: utcMs,
  precision: z.enum(['second', 'minute', 'day']),
  day: businessDay,
  amountCents: cents,
  direction: z.enum(['in', 'out']),
  kind: s,
  status: s,
  /** Masked for the screen. */
  phone: optional,
  /** The books have the number in full: `phone:reveal` answers it. */
  hasFullPhone: z.boolean(),
  name: optional,
  accountReference: optional,
  till: s,
  account: s,
  isUndone: z.boolean(),
  /**
   * `settled`: a statement or Pull shows it. `reported`: a notice alone does. `wait`: so does one above the owner's
   * amount, and Safaricom has not answered yet that it is so.
   */
  standing: z.enum(['settled', 'reported', 'wait']),
  /** Asked back, or gone back: the request that says so. */
  reversal: z.object({ id, name: s, state: reversalState }).nullable(),
});

export const sale = z.object({
  id,
  reference: optional,
  at: utcMs.nullable(),
  day: businessDay,
  amountCents: cents,
  tender,
  kind: saleKind,
  status: z.enum(['closed', 'cancelled', 'open', 'void']),
  receipt: optional,
  accountReference: optional,
  phone: optional,
  hasFullPhone: z.boolean(),
  customer: optional,
  cashier: optional,
  till: optional,
  description: optional,
  /** Typed or edited by a person: said for ever. */
  typedBy: optional,
  typedAt: utcMs.nullable(),
  isAfterPayment: z.boolean(),
  isUndone: z.boolean(),
});

/** One row of the reconcile screen: one question, or one answer. */
export const reconcileRow = z.object({
  /** `finding-12` or `link-40`. */
  key: s,
  cursor,
  state: z.enum(['todo', 'matched', 'parked']),
  type: z.enum(['proposal', 'exception', 'link']),
  /** A rule for proposals and links, an exception kind for exceptions. */
  kind: s,
  linkKind: s.nullable(),
  band: z.enum(['certain', 'likely', 'possible']).nullable(),
  /** How many answers are equally good; 1 = no ambiguity. */
  alternatives: count,
  ambiguityGroup: optional,
  /** The equally good answers of an ambiguous row, this one included; empty when there is only one. */
  options: z.array(
    z.object({ findingId: id, why: message, payments: z.array(payment), sales: z.array(sale) }),
  ),
  why: message,
  at: utcMs,
  day: businessDay,
  payments: z.array(payment),
  sales: z.array(sale),
  /** Payments minus sales. */
  differenceCents: cents,
  how: z.enum(['auto', 'accepted', 'by-hand']).nullable(),
  madeBy: optional,
  parked: z.object({ note: s, at: utcMs, by: s }).nullable(),
});

export const reconcilePage = z.object({ rows: z.array(reconcileRow), next: cursor.nullable() });

export const reconcileSummary = z.object({
  payments: count,
  paymentsCents: cents,
  matchedPayments: count,
  matchedCents: cents,
  /** Paid but not matched plus sold but not matched. */
  openCents: cents,
  /** Those among them that only a notice has reported. */
  reported: z.object({ count, cents }),
  sales: count,
  salesCents: cents,
  tabs: z.object({ todo: count, matched: count, parked: count, all: count }),
  acceptable: z.object({ count, cents }),
  kinds: z.array(z.object({ kind: s, count })),
  coverage: z.object({
    /** Until when statements cover the last day; null when nothing covers it. */
    coveredTo: utcMs.nullable(),
    isPartial: z.boolean(),
    /** false if any file does not add up; null if none states it. */
    isBalanced: z.boolean().nullable(),
    files: count,
    witness: z.enum(['none', 'some', 'all']),
    /** Of the customers' payments on the files, those that Safaricom itself has shown or answered for. */
    seen: count,
    seenOf: count,
  }),
});

export const step = z.object({
  id,
  at: utcMs,
  by: s,
  action: s,
  what: message,
  isUndone: z.boolean(),
  isUndoable: z.boolean(),
});

export const rowProblem = z.object({
  row: count,
  severity: z.enum(['refused', 'warning', 'review', 'break']),
  reason: message,
});

export const importAccount = z.object({
  shortCode: s,
  account: s,
  rows: count,
  openingCents: cents.nullable(),
  closingCents: cents.nullable(),
  inCents: cents,
  outCents: cents,
  isBalanced: z.boolean().nullable(),
  breaks: count,
  coveredTo: utcMs.nullable(),
  isPartial: z.boolean(),
  /** Names of the checks that the layout cannot carry. */
  notStated: z.array(s),
});

export const importView = z.object({
  id,
  kind: z.enum(['statement', 'sales']),
  fileName: s,
  sha256: s,
  layout: s,
  state: z.enum(['running', 'done', 'undoing', 'undone', 'failed', 'cancelled']),
  at: utcMs,
  by: s,
  rows: count,
  new: count,
  known: count,
  changed: count,
  refused: count,
  warnings: count,
  from: utcMs.nullable(),
  to: utcMs.nullable(),
  coveredTo: utcMs.nullable(),
  isPartial: z.boolean(),
  reportAt: utcMs.nullable(),
  isBalanced: z.boolean().nullable(),
  totalCents: cents,
  /** What, beside the file, vouches for it. */
  witness: z.enum(['none', 'some', 'all', 'code']),
  /** Of the customers' payments on it, those that Safaricom itself has shown by Pull or answered for. */
  seen: count,
  seenOf: count,
  /** Printed on a statement, to be checked with Safaricom (*334#); null when it has none. */
  verificationCode: s.nullable(),
  codeCheckedAt: utcMs.nullable(),
  codeCheckedBy: s.nullable(),
  accounts: z.array(importAccount),
});

export const undoPlan = z.object({
  importId: id,
  /** Rows that go: they came from this file alone. */
  reversed: count,
  /** Rows that stay because another file also has them. */
  shared: count,
  /** Rows that stay because a person matched them. */
  kept: count,
  /** Rows that cannot go now, each with its reason. */
  blocked: count,
  reasons: z.array(message),
});

export const coverageDay = z.object({
  day: businessDay,
  state: z.enum(['full', 'partial', 'none']),
  coveredTo: utcMs.nullable(),
  /** How much of the day Pull answered for; a statement settles the rest of its business. */
  pulled: z.enum(['full', 'partial', 'none']),
  pulledTo: utcMs.nullable(),
  /** Stretches of the day that Pull can no longer list and no statement covers. */
  lost: z.array(z.object({ from: utcMs, to: utcMs })),
  payments: count,
  cents,
  openCount: count,
});

export const review = z.object({
  id,
  kind: z.enum(['changed-line', 'vanished-line', 'changed-sale', 'vanished-sale']),
  at: utcMs,
  fileName: s,
  /** What brought the other version: a file, or news from elsewhere. */
  source: z.enum(['file', 'pull', 'notice']),
  row: count.nullable(),
  what: message,
  before: z.record(s, s),
  after: z.record(s, s),
  state: z.enum(['open', 'kept', 'applied']),
});

/** What a file still needs from a person before it can be imported. */
export const question = z.discriminatedUnion('ask', [
  z.object({ ask: z.literal('short-code') }),
  /** A locked PDF; `wrong` when a password was given and is not the one. */
  z.object({ ask: z.literal('password'), wrong: z.boolean() }),
  z.object({ ask: z.literal('is-ours'), numbers: z.array(s) }),
  z.object({ ask: z.literal('dates'), samples: z.array(s) }),
  z.object({
    ask: z.literal('columns'),
    headers: z.array(s),
    rows: z.array(z.array(s)),
    suggested: columnMap,
  }),
  z.object({ ask: z.literal('kind') }),
]);

export const job = z.object({
  id: s,
  kind: z.enum(['import', 'undo', 'match', 'verify', 'export', 'doctor']),
  fileName: optional,
  state: z.enum(['running', 'done', 'failed', 'cancelled', 'asking']),
  stage: z.enum(['reading', 'writing', 'checking', 'matching', 'undoing', 'finished']),
  rows: count,
  /** 0..1, null while unknown. */
  fraction: z.number().min(0).max(1).nullable(),
  secondsLeft: z.number().nonnegative().nullable(),
  importId: id.nullable(),
  failure: message.nullable(),
  question: question.nullable(),
  /** How the job ended, in one sentence. */
  outcome: message.nullable(),
  undo: undoPlan.nullable(),
  /** A file that was made and waits to be saved: `saveFile(token)` of the bridge. */
  file: z.object({ token: s, name: s }).nullable(),
});

export const salesPreview = z.object({
  rows: z.array(
    z.object({
      row: count,
      cells: z.array(s),
      sale: sale
        .omit({
          id: true,
          hasFullPhone: true,
          typedBy: true,
          typedAt: true,
          isAfterPayment: true,
          isUndone: true,
        })
        .nullable(),
      problem: message.nullable(),
    }),
  ),
  good: count,
  bad: count,
  needsDates: z.array(s),
  missing: z.array(s),
});

export const columnMapping = z.object({ headers: z.array(s), map: columnMap, dates: dateOrder.nullable() });

export const searchHit = z.object({
  type: z.enum(['payment', 'sale']),
  payment: payment.nullable(),
  sale: sale.nullable(),
  /** The row of the reconcile screen that holds it. */
  rowKey: optional,
  state: z.enum(['todo', 'matched', 'parked', 'other']),
});

export const evidence = z.object({
  channel: z.enum(['file', 'direct', 'relay', 'typed']),
  fileName: optional,
  importId: id.nullable(),
  row: count.nullable(),
  at: utcMs,
  /** What it is: a line of a file, what a person typed, or news from elsewhere. */
  kind: z.enum(['line', 'typed', 'confirmation', 'pulled-row', 'status-answer']),
  /** When it was seen last, where it was seen more than once. */
  lastAt: utcMs.nullable(),
});

export const detail = z.object({
  payment: payment.nullable(),
  sale: sale.nullable(),
  details: optional,
  balanceCents: cents.nullable(),
  evidence: z.array(evidence),
  history: z.array(z.object({ at: utcMs, by: s, what: message })),
  related: z.array(payment),
});

export type AppState = z.infer<typeof appState>;
export type PaymentView = z.infer<typeof payment>;
export type SaleView = z.infer<typeof sale>;
export type ReconcileRow = z.infer<typeof reconcileRow>;
export type ReconcilePage = z.infer<typeof reconcilePage>;
export type ReconcileSummary = z.infer<typeof reconcileSummary>;
export type StepView = z.infer<typeof step>;
export type ImportView = z.infer<typeof importView>;
export type ImportAccountView = z.infer<typeof importAccount>;
export type UndoPlan = z.infer<typeof undoPlan>;
export type CoverageDay = z.infer<typeof coverageDay>;
export type ReviewView = z.infer<typeof review>;
export type Question = z.infer<typeof question>;
export type Job = z.infer<typeof job>;
export type SalesPreview = z.infer<typeof salesPreview>;
export type SearchHit = z.infer<typeof searchHit>;
export type Detail = z.infer<typeof detail>;
export type RowProblemView = z.infer<typeof rowProblem>;
