import { Button, Group, Modal, Radio, Skeleton, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { Search, TriangleAlert } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useToasts } from '#renderer/app/toasts.tsx';
import { Amount } from '#renderer/components/Amount.tsx';
import { FormProblem } from '#renderer/components/FormProblem.tsx';
import { ask, RequestFailure } from '#renderer/lib/api.ts';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useAnswer } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { LookUpView } from '#shared/ipc/look-up-channels.ts';
import type { SaleView } from '#shared/ipc/views.ts';
import styles from './HoldDialog.module.css';

const NOT_YET = 'none';

type Props = { lookUp: LookUpView; onClose: () => void };

/** Holds the payment for the sale at the counter: nobody else gets goods for it. */
export function HoldDialog({ lookUp, onClose }: Props) {
  const { t } = useText();
  useShortcuts('dialog', []);
  return (
    <Modal
      opened
      onClose={onClose}
      size={560}
      title={t('hold-dialog.title', {
        receipt: lookUp.receipt,
        amount: lookUp.amountCents === null ? '–' : { money: lookUp.amountCents },
      })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <Choose lookUp={lookUp} onClose={onClose} />
    </Modal>
  );
}

function Choose({ lookUp, onClose }: Props) {
  const { t } = useText();
  const { done } = useToasts();
  const [search, setSearch] = useState('');
  const [settled] = useDebouncedValue(search, 150);
  const [chosen, setChosen] = useState(NOT_YET);
  const [note, setNote] = useState('');
  const found = useAnswer('claim:sales', { lookUpId: lookUp.id, search: settled.trim() });
  const sales = sortSales(found.data?.sales ?? [], lookUp.amountCents);
  const picked = sales.find((sale) => String(sale.id) === chosen);
  const hold = useMutation({
    mutationFn: () =>
      ask('claim:hold', {
        lookUpId: lookUp.id,
        saleId: chosen === NOT_YET ? null : Number(chosen),
        note: note.trim(),
      }),
    onSuccess: ({ step }) => {
      done(step);
      onClose();
    },
  });
  const failure = hold.error instanceof RequestFailure ? hold.error.failure : null;
  if (hold.error !== null && failure === null) throw hold.error;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!hold.isPending) hold.mutate();
  }

  return (
    <form className={styles.form} onSubmit={submit}>
      <p className={styles.hint}>{t('hold-dialog.words')}</p>
      <TextInput
        data-autofocus
        size="xs"
        maxLength={200}
        autoComplete="off"
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        aria-label={t('hold-dialog.search')}
        placeholder={t('hold-dialog.search')}
        leftSection={<Search size={15} aria-hidden />}
      />
      <Radio.Group value={chosen} onChange={setChosen} aria-label={t('hold-dialog.sale')}>
        <div className={styles.list}>
          <Radio value={NOT_YET} label={t('hold-dialog.not-yet')} />
          {found.isPending && <Skeleton height={80} animate={false} />}
          {sales.map((sale) => (
            <Radio key={sale.id} value={String(sale.id)} label={<SaleLine sale={sale} />} />
          ))}
        </div>
      </Radio.Group>
      <div role="status">
        {picked !== undefined && lookUp.amountCents !== null && picked.amountCents !== lookUp.amountCents && (
          <p className={styles.differs}>
            <TriangleAlert size={15} aria-hidden />{' '}
            {t('hold-dialog.differs', {
              paid: { money: lookUp.amountCents },
              sold: { money: picked.amountCents },
            })}
          </p>
        )}
      </div>
      <Textarea
        label={t('hold-dialog.note')}
        maxLength={300}
        autosize
        minRows={1}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <FormProblem failure={failure} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('app.cancel')}
        </Button>
        <Button type="submit" loading={hold.isPending}>
          {t('look-up-screen.hold')}
        </Button>
      </Group>
    </form>
  );
}

/** Those of the very amount first, each half as it came: the nearest in time first. */
export function sortSales(sales: readonly SaleView[], cents: LookUpView['amountCents']): SaleView[] {
  const fits = (sale: SaleView) => Number(sale.amountCents !== cents);
  return [...sales].sort((a, b) => fits(a) - fits(b));
}

function SaleLine({ sale }: { sale: SaleView }) {
  const { t, clock, day } = useText();
  const words = [sale.reference ?? t('reconcile.sale-without-reference'), sale.description, sale.cashier];
  return (
    <span className={styles.sale}>
      <span>
        {words.filter((word) => word !== null && word !== '').join(' · ')}
        <small>{sale.at === null ? day(sale.day) : `${day(sale.day)}, ${clock(sale.at)}`}</small>
      </span>
      <Amount cents={sale.amountCents} withCurrency isStrong />
    </span>
  );
}
