import { Button } from '@mantine/core';
import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { reversalsPath } from '#renderer/app/routes.ts';
import { useAppState } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { PaymentView } from '#shared/ipc/views.ts';
import { type PaymentToSendBack, RequestDialog } from './RequestDialog.tsx';
import { ReversalMark } from './ReversalMark.tsx';
import styles from './Reversals.module.css';

type Shown = Pick<PaymentView, 'reversal' | 'kind' | 'direction'>;
type Props = { payment: PaymentToSendBack & Shown };

/** Whether this person may ask for this payment to be sent back, as far as the screen knows: main says the rest. */
export function mayAskBack(payment: Shown, permissions: readonly string[]): boolean {
  const isCustomers = payment.kind === 'customer-payment' && payment.direction === 'in';
  return isCustomers && payment.reversal === null && permissions.includes('reversals.request');
}

/** Where a payment is shown: what became of sending it back, or the way to ask for that. */
export function PaymentReversal({ payment }: Props) {
  const { t } = useText();
  const { permissions } = useAppState();
  const [isAsking, setAsking] = useState(false);
  const { reversal } = payment;
  if (reversal !== null) {
    return (
      <p className={styles.ofPayment}>
        <ReversalMark payments={[payment]} />
        <Link href={reversalsPath(reversal.id)}>{t('reversals.open-one', { name: reversal.name })}</Link>
      </p>
    );
  }
  if (!mayAskBack(payment, permissions)) return null;
  return (
    <>
      <Button
        size="xs"
        variant="default"
        className={styles.ofPayment ?? ''}
        leftSection={<Undo2 size={14} aria-hidden />}
        onClick={() => setAsking(true)}
      >
        {t('reconcile.send-back')}
      </Button>
      {isAsking && <RequestDialog payments={[payment]} onClose={() => setAsking(false)} />}
    </>
  );
}
