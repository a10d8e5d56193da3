import { Button, Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useToasts } from '#renderer/app/toasts.tsx';
import { ask } from '#renderer/lib/api.ts';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useAppState } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { BusinessDay } from '#shared/domain/time.ts';
import type { SaleView } from '#shared/ipc/views.ts';
import { SaleFields } from './SaleFields.tsx';
import styles from './SaleFormDialog.module.css';
import { checkForm, emptyForm, type SaleFields as Fields, formOf, type SaleForm } from './sale-form.ts';

type Props = {
  isOpen: boolean;
  /** The sale to edit; null adds a new one. */
  sale: SaleView | null;
  day: BusinessDay;
  tillId: number | null;
  onClose: () => void;
};

/** A sale by hand, in the few seconds a clerk has between two customers. */
export function SaleFormDialog(props: Props) {
  const { t } = useText();
  useShortcuts('dialog', [], props.isOpen);
  return (
    <Modal
      opened={props.isOpen}
      onClose={props.onClose}
      size="lg"
      title={t(props.sale === null ? 'sales.form-add' : 'sales.form-edit')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {props.isOpen && <Form {...props} />}
    </Modal>
  );
}

function Form({ sale, day, tillId, onClose }: Props) {
  const { t } = useText();
  const { tills, dayStarts } = useAppState();
  const { done, failed } = useToasts();
  const start = () => (sale === null ? emptyForm(day, tillId) : formOf(sale, findTill(tills, sale.till)));
  const [form, setForm] = useState<SaleForm>(start);
  const [isChecked, setChecked] = useState(false);
  const amount = useRef<HTMLInputElement>(null);
  const checked = checkForm(form, sale, dayStarts);

  const save = useMutation({
    mutationFn: (input: { fields: Fields; goesOn: boolean }) =>
      sale === null ? ask('sale:add', input.fields) : ask('sale:edit', { saleId: sale.id, ...input.fields }),
    onSuccess: ({ step }, { goesOn }) => {
      done(step);
      if (!goesOn) return onClose();
      setChecked(false);
      setForm({ ...emptyForm(form.day, form.tillId), tender: form.tender, cashier: form.cashier });
      amount.current?.focus();
    },
    onError: failed,
  });

  function submit(goesOn: boolean) {
    setChecked(true);
    if (checked.ok) save.mutate({ fields: checked.fields, goesOn });
  }

  return (
    <form
      noValidate
      className={styles.form}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        submit(false);
      }}
    >
      <SaleFields
        form={form}
        onChange={setForm}
        problems={isChecked && !checked.ok ? checked.problems : {}}
        isEdit={sale !== null}
        amountRef={amount}
      />
      <p className={styles.note}>{t(sale === null ? 'sales.form-typed-note' : 'sales.form-edit-note')}</p>
      <div className={styles.actions}>
        <Button variant="default" onClick={onClose}>
          {t('sales.form-cancel')}
        </Button>
        {sale === null && (
          <Button variant="default" disabled={save.isPending} onClick={() => submit(true)}>
            {t('sales.form-save-next')}
          </Button>
        )}
        <Button type="submit" loading={save.isPending}>
          {t('sales.form-save')}
        </Button>
      </div>
    </form>
  );
}

/** A sale names its till in words or by number; the form needs its id. */
function findTill(
  tills: readonly { id: number; name: string; numbers: string[] }[],
  name: string | null,
): number | null {
  return (
    tills.find((till) => till.name === name || (name !== null && till.numbers.includes(name)))?.id ?? null
  );
}
