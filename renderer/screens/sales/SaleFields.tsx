import { NativeSelect, TextInput } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import type { ReactNode, RefObject } from 'react';
import { useAppState } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import styles from './SaleFormDialog.module.css';
import type { FormProblem, SaleForm } from './sale-form.ts';
import { KIND_WORDS, KINDS, TENDER_WORDS, TENDERS } from './sale-words.ts';

const PROBLEM_WORDS: Readonly<Record<FormProblem, string>> = {
  'amount-missing': 'sales.problem-amount-missing',
  'amount-unreadable': 'sales.problem-amount-unreadable',
  'amount-zero': 'sales.problem-amount-zero',
  'amount-negative': 'sales.problem-amount-negative',
  'day-missing': 'sales.problem-day-missing',
  'time-unreadable': 'sales.problem-time-unreadable',
  'receipt-unreadable': 'sales.problem-receipt-unreadable',
  'note-missing': 'sales.problem-note-missing',
};

/** The fields that hold plain text, with their label and the length main allows. */
const TEXTS = {
  time: { label: 'sales.form-time', most: 5 },
  reference: { label: 'sales.form-reference', most: 100 },
  receipt: { label: 'sales.form-receipt', most: 20 },
  customer: { label: 'sales.form-customer', most: 120 },
  phone: { label: 'sales.form-phone', most: 20 },
  cashier: { label: 'sales.form-cashier', most: 80 },
} as const;

type Props = {
  form: SaleForm;
  onChange: (form: SaleForm) => void;
  problems: Readonly<Partial<Record<keyof SaleForm, FormProblem>>>;
  isEdit: boolean;
  amountRef: RefObject<HTMLInputElement | null>;
};

/** Amount first: it is all that a quick sale needs beside its day. */
export function SaleFields({ form, onChange, problems, isEdit, amountRef }: Props) {
  const { t } = useText();
  const { tills } = useAppState();
  const wrong = (name: keyof SaleForm): ReactNode => {
    const problem = problems[name];
    return problem === undefined ? null : t(PROBLEM_WORDS[problem]);
  };
  const textField = (name: keyof typeof TEXTS) => (
    <TextInput
      label={t(TEXTS[name].label)}
      maxLength={TEXTS[name].most}
      autoComplete="off"
      value={form[name]}
      error={wrong(name)}
      onChange={(event) => onChange({ ...form, [name]: event.currentTarget.value })}
    />
  );
  return (
    <div className={styles.fields}>
      <TextInput
        ref={amountRef}
        label={t('sales.form-amount')}
        inputMode="decimal"
        autoComplete="off"
        data-autofocus
        required
        maxLength={20}
        value={form.amount}
        error={wrong('amount')}
        {...(form.kind === 'refund' ? { description: t('sales.form-refund-hint') } : {})}
        onChange={(event) => onChange({ ...form, amount: event.currentTarget.value })}
      />
      <DatePickerInput
        label={t('sales.form-day')}
        required
        valueFormat="D MMM YYYY"
        value={form.day === '' ? null : form.day}
        error={wrong('day')}
        onChange={(day) => onChange({ ...form, day: day ?? '' })}
      />
      {textField('time')}
      <NativeSelect
        label={t('sales.form-tender')}
        value={form.tender}
        onChange={(event) =>
          onChange({
            ...form,
            tender: TENDERS.find((one) => one === event.currentTarget.value) ?? form.tender,
          })
        }
        data={TENDERS.map((tender) => ({ value: tender, label: t(TENDER_WORDS[tender]) }))}
      />
      {textField('reference')}
      {textField('receipt')}
      <NativeSelect
        label={t('sales.form-kind')}
        value={form.kind}
        onChange={(event) =>
          onChange({ ...form, kind: KINDS.find((one) => one === event.currentTarget.value) ?? form.kind })
        }
        data={KINDS.map((kind) => ({ value: kind, label: t(KIND_WORDS[kind]) }))}
      />
      {textField('customer')}
      {textField('phone')}
      {textField('cashier')}
      {tills.length > 0 && (
        <NativeSelect
          label={t('app.till')}
          value={form.tillId === null ? '' : String(form.tillId)}
          onChange={(event) =>
            onChange({
              ...form,
              tillId: event.currentTarget.value === '' ? null : Number(event.currentTarget.value),
            })
          }
          data={[
            { value: '', label: t('sales.form-any-till') },
            ...tills.map((till) => ({
              value: String(till.id),
              label: `${till.name} · ${till.numbers[0] ?? ''}`,
            })),
          ]}
        />
      )}
      <TextInput
        className={styles.wide ?? ''}
        label={t(isEdit ? 'sales.form-note-why' : 'sales.form-note')}
        required={isEdit}
        maxLength={300}
        autoComplete="off"
        value={form.note}
        error={wrong('note')}
        onChange={(event) => onChange({ ...form, note: event.currentTarget.value })}
      />
    </div>
  );
}
