import { describe, expect, test } from 'vitest';
import { checkForm, emptyForm, formOf, type SaleForm } from '#renderer/screens/sales/sale-form.ts';
import { cents } from '#shared/domain/money.ts';
import { type BusinessDay, fromNairobi, type UtcMs } from '#shared/domain/time.ts';
import type { SaleView } from '#shared/ipc/views.ts';

const DAY = '2026-11-19' as BusinessDay;

function at(hour: number, minute: number, second = 0): UtcMs {
  const instant = fromNairobi({ year: 2026, month: 11, day: 19, hour, minute, second });
  if (instant === null) throw new Error('no such time');
  return instant;
}

function typed(changes: Partial<SaleForm>): SaleForm {
  return { ...emptyForm(DAY, null), amount: '1,250', ...changes };
}

function fieldsOf(form: SaleForm, before: SaleView | null = null) {
  const checked = checkForm(form, before);
  if (!checked.ok) throw new Error(`refused: ${JSON.stringify(checked.problems)}`);
  return checked.fields;
}

function problemsOf(form: SaleForm, before: SaleView | null = null) {
  const checked = checkForm(form, before);
  return checked.ok ? {} : checked.problems;
}

const known: SaleView = {
  id: 7,
  reference: 'S-1187',
  at: at(10, 40, 33),
  day: DAY,
  amountCents: cents(125_000),
  tender: 'mpesa',
  kind: 'sale',
  status: 'closed',
  receipt: 'UKJ4T7O2MX',
  accountReference: null,
  phone: null,
  hasFullPhone: false,
  customer: 'AMINA EXAMPLE',
  cashier: null,
  till: null,
  description: null,
  typedBy: null,
  typedAt: null,
  isAfterPayment: false,
  isUndone: false,
};

describe('a new sale', () => {
  test('needs an amount and a day, no more', () => {
    expect(fieldsOf(typed({}))).toMatchObject({
      amountCents: 125_000,
      day: DAY,
      at: null,
      tender: 'mpesa',
      kind: 'sale',
      note: null,
    });
  });

  test.each([
    ['9:05', at(9, 5)],
    ['09:05', at(9, 5)],
    [' 0905 ', at(9, 5)],
    ['23:59', at(23, 59)],
  ])('reads the time %j', (time, expected) => {
    expect(fieldsOf(typed({ time })).at).toBe(expected);
  });

  test('a refund is typed plainly and kept as a negative amount, with or without the minus', () => {
    expect(fieldsOf(typed({ kind: 'refund' })).amountCents).toBe(-125_000);
    expect(fieldsOf(typed({ kind: 'refund', amount: '-1250' })).amountCents).toBe(-125_000);
  });

  test('tidies the receipt and drops fields of spaces', () => {
    expect(fieldsOf(typed({ receipt: ' ukj4 t7o2mx', customer: '  ', reference: ' S-1 ' }))).toMatchObject({
      receipt: 'UKJ4T7O2MX',
      customer: null,
      reference: 'S-1',
    });
  });

  test.each<[Partial<SaleForm>, Partial<Record<keyof SaleForm, string>>]>([
    [{ amount: '' }, { amount: 'amount-missing' }],
    [{ amount: 'ten' }, { amount: 'amount-unreadable' }],
    [{ amount: '1.23E+05' }, { amount: 'amount-unreadable' }],
    [{ amount: '0.00' }, { amount: 'amount-zero' }],
    [{ amount: '-50' }, { amount: 'amount-negative' }],
    [{ day: '' }, { day: 'day-missing' }],
    [{ day: '2026-02-31' }, { day: 'day-missing' }],
    [{ time: '25:00' }, { time: 'time-unreadable' }],
    [{ time: 'noon' }, { time: 'time-unreadable' }],
    [{ receipt: 'ABC' }, { receipt: 'receipt-unreadable' }],
  ])('refuses %j', (changes, problems) => {
    expect(problemsOf(typed(changes))).toEqual(problems);
  });

  test('says everything that is wrong at once', () => {
    expect(Object.keys(problemsOf(typed({ amount: '', time: 'noon', receipt: '!' }))).sort()).toEqual([
      'amount',
      'receipt',
      'time',
    ]);
  });
});

describe('an edit', () => {
  test('leaves the sale as it was when only the note is written', () => {
    const form = { ...formOf(known, 3), note: 'checked the paper slip' };
    expect(fieldsOf(form, known)).toEqual({
      reference: 'S-1187',
      at: known.at,
      day: DAY,
      amountCents: 125_000,
      tender: 'mpesa',
      kind: 'sale',
      tillId: 3,
      receipt: 'UKJ4T7O2MX',
      phone: null,
      customer: 'AMINA EXAMPLE',
      cashier: null,
      note: 'checked the paper slip',
    });
  });

  test('a time that was changed has no seconds; one moved to another day is of that day', () => {
    expect(fieldsOf({ ...formOf(known, null), time: '10:41', note: 'late' }, known).at).toBe(at(10, 41));
    const moved = fieldsOf({ ...formOf(known, null), day: '2026-11-18', note: 'late' }, known).at;
    expect(moved).toBe(at(10, 40) - 86_400_000);
  });

  test('a clock time before the day begins is of the night after', () => {
    const starts = [{ fromDay: '2026-11-01' as BusinessDay, minutes: 240 }];
    const night = checkForm({ ...formOf(known, null), time: '01:30', note: 'late' }, known, starts);
    expect(night.ok ? night.fields.at : null).toBe(at(1, 30) + 86_400_000);
    const noon = checkForm({ ...formOf(known, null), time: '12:00', note: 'late' }, known, starts);
    expect(noon.ok ? noon.fields.at : null).toBe(at(12, 0));
  });

  test('keeps a refund a refund', () => {
    const refund: SaleView = { ...known, kind: 'refund', amountCents: cents(-45_000) };
    expect(formOf(refund, null).amount).toBe('450.00');
    expect(fieldsOf({ ...formOf(refund, null), note: 'reason' }, refund).amountCents).toBe(-45_000);
  });

  test('needs a reason', () => {
    expect(problemsOf(formOf(known, null), known)).toEqual({ note: 'note-missing' });
    expect(problemsOf({ ...formOf(known, null), note: ' x ' }, known)).toEqual({ note: 'note-missing' });
  });
});
