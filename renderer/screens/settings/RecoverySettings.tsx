import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useToasts } from '#renderer/app/toasts.tsx';
import { RequestFailure, tryAsk } from '#renderer/lib/api.ts';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useAnswer, useAppState } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { Failure } from '#shared/ipc/result.ts';
import { type Kit, RecoveryKit, type TypedGroups } from '../kit/RecoveryKit.tsx';
import styles from './SettingsScreen.module.css';

/** The recovery code: when it was made, how to know it, and how to make another. The owner's alone. */
export function RecoverySettings() {
  const { t, tell } = useText();
  const { data, error, refetch } = useAnswer('recovery:show', {});
  const { failed } = useToasts();
  const [kit, setKit] = useState<Kit | null>(null);

  async function makeCode() {
    const answer = await tryAsk('recovery:make-code', {});
    if (answer.ok) setKit(answer.value);
    else failed(new RequestFailure(answer.error));
  }

  return (
    <section className={styles.card}>
      <h2>{t('settings.recovery')}</h2>
      <p className={styles.hint}>{t('settings.recovery-hint')}</p>
      {data !== undefined && (
        <p>
          {t('settings.recovery-made', { at: { at: data.madeAt } })}{' '}
          {t('kit.fingerprint', { fingerprint: data.fingerprint })}
        </p>
      )}
      {error !== null && (
        <p>{error instanceof RequestFailure ? tell(error.failure.message) : t('app.unexpected')}</p>
      )}
      <div>
        <Button variant="default" onClick={() => void makeCode()}>
          {t('settings.recovery-new')}
        </Button>
      </div>
      {kit !== null && (
        <NewKitDialog
          kit={kit}
          onClose={() => setKit(null)}
          onDone={() => {
            setKit(null);
            void refetch();
          }}
        />
      )}
    </section>
  );
}

type DialogProps = { kit: Kit; onDone: () => void; onClose: () => void };

/** The old code counts until two groups of the new one were typed. */
function NewKitDialog({ kit, onDone, onClose }: DialogProps) {
  const { t } = useText();
  const { shopName } = useAppState();
  const { say } = useToasts();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, setBusy] = useState(false);
  useShortcuts('dialog', []);

  async function confirm(groups: TypedGroups) {
    setBusy(true);
    setFailure(null);
    const answer = await tryAsk('recovery:confirm-code', { groups });
    setBusy(false);
    if (!answer.ok) return setFailure(answer.error);
    say(t('settings.recovery-changed'));
    onDone();
  }

  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('settings.recovery-new')}
      closeOnClickOutside={false}
      closeOnEscape={false}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <p className={styles.hint}>{t('settings.recovery-old')}</p>
      <RecoveryKit
        isInDialog
        kit={kit}
        shopName={shopName}
        failure={failure}
        isBusy={isBusy}
        onTyped={(groups) => void confirm(groups)}
        onBack={onClose}
      />
    </Modal>
  );
}
