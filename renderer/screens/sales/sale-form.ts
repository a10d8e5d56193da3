import { cents, parseAmount, toDecimal } from '#shared/domain/money.ts';
import { parseReceipt } from '#shared/domain/receipt.ts';
import type { SaleKind, Tender } from '#shared/domain/sales/types.ts';
import {
  DAY,
  type DayStart,
  fromNairobi,
  parseBusinessDay,
  startMinutesOf,
  toNairobi,
  type UtcMs,
} from '#shared/domain/time.ts';
import type { Input } from '#shared/ipc/contract.ts';
import type { SaleView } from '#shared/ipc/views.ts';

/** The form as typed: text until it is checked. */
export type SaleForm = {
  readonly amount: string;
  /** `YYYY-MM-DD`. */
  readonly day: string;
  /** `HH:MM`, or empty for a day alone. */
  readonly time: string;
  readonly tender: Tender;
  readonly kind: SaleKind;
  readonly tillId: number | null;
  readonly reference: string;
  readonly receipt: string;
  readonly phone: string;
  readonly customer: string;
  readonly cashier: string;
  readonly note: string;
};

export type SaleFields = Input<'sale:add'>;
export type FormProblem =
  | 'amount-missing'
  | 'amount-unreadable'
  | 'amount-zero'
  | 'amount-negative'
  | 'day-missing'
  | 'time-unreadable'
  | 'receipt-unreadable'
  | 'note-missing';
export type CheckedForm =
  | { readonly ok: true; readonly fields: SaleFields }
  | { readonly ok: false; readonly problems: Readonly<Partial<Record<keyof SaleForm, FormProblem>>> };

export function emptyForm(day: string, tillId: number | null): SaleForm {
  return {
    amount: '',
    day,
    time: '',
    tender: 'mpesa',
    kind: 'sale',
    tillId,
    reference: '',
    receipt: '',
    phone: '',
    customer: '',
    cashier: '',
    note: '',
  };
}

/** The form for editing a known sale. The note starts empty: it says why this edit is made. */
export function formOf(sale: SaleView, tillId: number | null): SaleForm {
  return {
    ...emptyForm(sale.day, tillId),
    amount: toDecimal(cents(Math.abs(sale.amountCents))),
    time: sale.at === null ? '' : clockOf(sale.at),
    tender: sale.tender,
    kind: sale.kind,
    reference: sale.reference ?? '',
    receipt: sale.receipt ?? '',
    phone: sale.phone ?? '',
    customer: sale.customer ?? '',
    cashier: sale.cashier ?? '',
  };
}

function clockOf(at: UtcMs): string {
  const { hour, minute } = toNairobi(at);
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/**
 * Checks every field at once and says all that is wrong. A refund is typed as a plain amount and kept as a
 * negative one. `before` is the sale being edited: a clock time left as it was keeps its seconds. `starts` says when
 * the shop's day begins: a clock time before that is of the night after.
 */
export function checkForm(
  form: SaleForm,
  before: SaleView | null = null,
  starts: readonly DayStart[] = [],
): CheckedForm {
  const problems: Partial<Record<keyof SaleForm, FormProblem>> = {};
  const amount = parseAmount(form.amount);
  if (!amount.ok) problems.amount = amount.problem === 'empty' ? 'amount-missing' : 'amount-unreadable';
  else if (amount.cents === 0) problems.amount = 'amount-zero';
  else if (amount.cents < 0 && form.kind !== 'refund') problems.amount = 'amount-negative';
  const day = parseBusinessDay(form.day);
  if (day === null) problems.day = 'day-missing';
  const at = day === null ? null : timeOf(day, form.time.trim(), before, startMinutesOf(day, starts));
  if (at === undefined) problems.time = 'time-unreadable';
  const receipt = form.receipt.trim() === '' ? null : parseReceipt(form.receipt);
  if (receipt === null && form.receipt.trim() !== '') problems.receipt = 'receipt-unreadable';
  if (before !== null && form.note.trim().length < 3) problems.note = 'note-missing';
  if (!amount.ok || day === null || at === undefined || Object.keys(problems).length > 0)
    return { ok: false, problems };
  const size = Math.abs(amount.cents);
  const fields: SaleFields = {
    reference: filled(form.reference),
    at,
    day,
    amountCents: cents(form.kind === 'refund' ? -size : amount.cents),
    tender: form.tender,
    kind: form.kind,
    tillId: form.tillId,
    receipt,
    phone: filled(form.phone),
    customer: filled(form.customer),
    cashier: filled(form.cashier),
    note: filled(form.note),
  };
  return { ok: true, fields };
}

function filled(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}

/** Null = a day alone. */
function timeOf(
  day: string,
  time: string,
  before: SaleView | null,
  startMinutes: number,
): UtcMs | null | undefined {
  if (time === '') return null;
  const isUntouched =
    before !== null && before.at !== null && before.day === day && clockOf(before.at) === time;
  return isUntouched ? before.at : instantOf(day, time, startMinutes);
}

/** Undefined when the clock time cannot be read; `9:05`, `09:05` and `0905` can. */
function instantOf(day: string, time: string, startMinutes: number): UtcMs | undefined {
  const clock = /^(\d{1,2}):?(\d{2})$/.exec(time);
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  if (!clock) return undefined;
  const at = fromNairobi({
    year,
    month,
    day: date,
    hour: Number(clock[1]),
    minute: Number(clock[2]),
    second: 0,
  });
  if (at === null) return undefined;
  const isNightAfter = Number(clock[1]) * 60 + Number(clock[2]) < startMinutes;
  return (isNightAfter ? at + DAY : at) as UtcMs;
}
