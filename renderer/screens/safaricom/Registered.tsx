import { Button, Group, Modal } from '@mantine/core';
import { Check, CircleAlert } from 'lucide-react';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useText } from '#renderer/lib/text.tsx';
import type { Output } from '#shared/ipc/contract.ts';
import type { RegistrationView } from '#shared/ipc/credential-channels.ts';
import { choice } from './choice.ts';
import styles from './Safaricom.module.css';

type Props = {
  kind: RegistrationView['kind'];
  answer: Output<'registration:notices'>;
  onClose: () => void;
};

/** What Safaricom answered to a registration, in words. */
export function Registered({ kind, answer: { outcome, why }, onClose }: Props) {
  const { t, tell } = useText();
  useShortcuts('dialog', []);
  const isGood = outcome === 'registered';
  const Sign = isGood ? Check : CircleAlert;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('safaricom-screen.outcome-title', { outcome: choice(outcome) })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <div className={styles.form}>
        <div
          role="status"
          className={`${styles.outcome} ${styles[isGood ? 'outcome-good' : 'outcome-no-answer'] ?? ''}`}
        >
          <Sign size={16} aria-hidden />
          <div>
            <p>{t('safaricom-screen.outcome', { outcome: choice(outcome), kind: choice(kind) })}</p>
            {why !== null && <p>{tell(why)}</p>}
          </div>
        </div>
        <Group justify="flex-end">
          <Button data-autofocus onClick={onClose}>
            {t('app.close')}
          </Button>
        </Group>
      </div>
    </Modal>
  );
}
