import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { ActDialog } from '#renderer/components/ActDialog.tsx';
import { useText } from '#renderer/lib/text.tsx';
import { readNominatedNumber } from '#shared/domain/daraja/pull-registration.ts';
import type { Output } from '#shared/ipc/contract.ts';
import { Registered } from './Registered.tsx';
import styles from './Safaricom.module.css';
import { useSecretAct } from './use-secret-act.ts';

type Props = { shortCode: string; relay: string | null; onClose: () => void };

/** Registers a number for Pull: Safaricom then hands over the payments of the last two days when it is asked. */
export function PullDialog({ shortCode, relay, onClose }: Props) {
  const { t } = useText();
  const [number, setNumber] = useState('');
  const [answer, setAnswer] = useState<Output<'registration:pull'> | null>(null);
  const { run, isPending, failure } = useSecretAct('registration:pull', setAnswer);
  const isWrong = number.trim() !== '' && readNominatedNumber(number) === null;
  if (answer !== null) return <Registered kind="pull" answer={answer} onClose={onClose} />;
  return (
    <ActDialog
      isWide
      title={t('safaricom-screen.register-title', { kind: 'pull', shortCode })}
      act={t('safaricom-screen.register-now')}
      isReady={relay !== null && readNominatedNumber(number) !== null}
      isPending={isPending}
      failure={failure}
      onAct={() => run({ shortCode, nominatedNumber: number })}
      onClose={onClose}
    >
      <p>{t('safaricom-screen.pull-text')}</p>
      {relay === null && <p className={styles.warn}>{t('registration.no-relay')}</p>}
      <TextInput
        label={t('safaricom-screen.nominated')}
        description={t('safaricom-screen.nominated-hint')}
        inputMode="tel"
        maxLength={20}
        autoComplete="off"
        data-autofocus
        value={number}
        error={isWrong && number.length >= 9 ? t('registration.bad-number') : null}
        onChange={(event) => setNumber(event.currentTarget.value)}
      />
    </ActDialog>
  );
}
