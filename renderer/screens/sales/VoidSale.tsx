import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useToasts } from '#renderer/app/toasts.tsx';
import { ask } from '#renderer/lib/api.ts';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useText } from '#renderer/lib/text.tsx';
import type { SaleView } from '#shared/ipc/views.ts';
import styles from './SaleDetail.module.css';

const LEAST_NOTE = 3;

type Props = { isOpen: boolean; sale: SaleView; onClose: () => void };

/** A sale that did not happen: it stays visible with who said so and why. */
export function VoidSale({ isOpen, sale, onClose }: Props) {
  const { t } = useText();
  useShortcuts('dialog', [], isOpen);
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('sales.void-title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {isOpen && <Decide sale={sale} onClose={onClose} />}
    </Modal>
  );
}

function Decide({ sale, onClose }: Omit<Props, 'isOpen'>) {
  const { t } = useText();
  const { done, failed } = useToasts();
  const [note, setNote] = useState('');
  const [isChecked, setChecked] = useState(false);
  const isTooShort = note.trim().length < LEAST_NOTE;
  const annul = useMutation({
    mutationFn: () => ask('sale:void', { saleId: sale.id, note: note.trim() }),
    onSuccess: ({ step }) => {
      done(step);
      onClose();
    },
    onError: failed,
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (!isTooShort) annul.mutate();
  }

  return (
    <form onSubmit={submit} noValidate className={styles.section}>
      <p>{t('sales.void-text', { money: { money: sale.amountCents } })}</p>
      <TextInput
        label={t('sales.void-note')}
        data-autofocus
        required
        maxLength={300}
        autoComplete="off"
        value={note}
        error={isChecked && isTooShort ? t('sales.void-note-short') : null}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <div className={styles.end}>
        <Button variant="default" onClick={onClose}>
          {t('sales.void-keep')}
        </Button>
        <Button type="submit" color="red.9" loading={annul.isPending}>
          {t('sales.void-confirm')}
        </Button>
      </div>
    </form>
  );
}
