import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { FormProblem } from '#renderer/components/FormProblem.tsx';
import { tryAsk } from '#renderer/lib/api.ts';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useText } from '#renderer/lib/text.tsx';
import type { Failure } from '#shared/ipc/result.ts';
import styles from './Account.module.css';

/** Switches the second factor off, after saying what that means. */
export function RemoveDialog({ onDone, onClose }: { onDone: () => void; onClose: () => void }) {
  const { t } = useText();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, setBusy] = useState(false);
  useShortcuts('dialog', []);

  async function remove() {
    setBusy(true);
    setFailure(null);
    const answer = await tryAsk('account:remove-totp', {});
    setBusy(false);
    if (answer.ok) onDone();
    else if (answer.error.code !== 'access/cancelled') setFailure(answer.error);
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('account.factor-remove')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <div className={styles.dialog}>
        <p>{t('account.factor-remove-what')}</p>
        <FormProblem failure={failure} />
        <div className={styles.actions}>
          <Button color="red.9" loading={isBusy} onClick={() => void remove()}>
            {t('account.factor-remove')}
          </Button>
          <Button variant="default" data-autofocus onClick={onClose}>
            {t('app.cancel')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
