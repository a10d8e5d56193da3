import { Modal, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useText } from '#renderer/lib/text.tsx';
import type { PaymentView } from '#shared/ipc/views.ts';
import { RequestForm } from './RequestForm.tsx';
import styles from './Reversals.module.css';

/** What the dialog needs to know of a payment; a look-up knows no more. */
export type PaymentToSendBack = Pick<PaymentView, 'id' | 'receipt' | 'amountCents'>;

type Props = { payments: readonly PaymentToSendBack[]; onClose: () => void };

/** Asks for money to be sent back. Somebody else decides, in a window of its own. */
export function RequestDialog({ payments, onClose }: Props) {
  const { t, kes } = useText();
  const [paymentId, setPaymentId] = useState(payments[0]?.id ?? null);
  const payment = payments.find(({ id }) => id === paymentId);
  useShortcuts('dialog', []);
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('reversals.request-title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <div className={styles.form}>
        {payments.length > 1 && (
          <NativeSelect
            label={t('reversals.which-payment')}
            value={String(paymentId)}
            data={payments.map(({ id, receipt, amountCents }) => ({
              value: String(id),
              label: `${receipt} · ${kes(amountCents)}`,
            }))}
            onChange={(event) => setPaymentId(Number(event.currentTarget.value))}
          />
        )}
        {payment !== undefined && <RequestForm key={payment.id} payment={payment} onClose={onClose} />}
      </div>
    </Modal>
  );
}
