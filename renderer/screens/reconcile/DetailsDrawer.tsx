import { Drawer } from '@mantine/core';
import { useReveal } from '#renderer/app/use-reveal.ts';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useText } from '#renderer/lib/text.tsx';
import styles from './DetailsDrawer.module.css';
import { ItemDetails } from './ItemDetails.tsx';
import { phoneOwnersOf, type Question } from './question.ts';

type Props = { question: Question; onClose: () => void };

/** Everything the ledger knows about the row: where each side comes from and what happened to it. */
export function DetailsDrawer({ question, onClose }: Props) {
  const { t, tell } = useText();
  const reveal = useReveal();
  useShortcuts('dialog', [
    { keys: ['D'], label: 'keys.close-details', run: onClose },
    {
      keys: ['V'],
      label: 'privacy.key',
      isOn: reveal.isAllowed,
      isHidden: !reveal.isAllowed,
      run: () => reveal.run(phoneOwnersOf(question)),
    },
  ]);
  return (
    <Drawer
      opened
      onClose={onClose}
      size={520}
      title={t('details.title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <p className={styles.why}>{tell(question.row.why)}</p>
      {question.payments.map((payment) => (
        <ItemDetails key={`payment-${payment.id}`} type="payment" id={payment.id} />
      ))}
      {question.sales.map((sale) => (
        <ItemDetails key={`sale-${sale.id}`} type="sale" id={sale.id} />
      ))}
    </Drawer>
  );
}
