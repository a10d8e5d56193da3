import { Checkbox } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { ActDialog } from '#renderer/components/ActDialog.tsx';
import { useText } from '#renderer/lib/text.tsx';
import type { Output } from '#shared/ipc/contract.ts';
import { Registered } from './Registered.tsx';
import styles from './Safaricom.module.css';
import { useSecretAct } from './use-secret-act.ts';

type Props = {
  shortCode: string;
  environment: Output<'credential:list'>['environment'];
  relay: string | null;
  onClose: () => void;
};

/**
 * Gives Safaricom the relay's addresses for every payment. Another system may need those that are there now, and in
 * production they are taken once: nothing is asked before that is ticked.
 */
export function NoticesDialog({ shortCode, environment, relay, onClose }: Props) {
  const { t } = useText();
  const [isAware, setAware] = useState(false);
  const [answer, setAnswer] = useState<Output<'registration:notices'> | null>(null);
  const { run, isPending, failure } = useSecretAct('registration:notices', setAnswer);
  if (answer !== null) return <Registered kind="c2b" answer={answer} onClose={onClose} />;
  return (
    <ActDialog
      isWide
      title={t('safaricom-screen.register-title', { kind: 'c2b', shortCode })}
      act={t('safaricom-screen.register-now')}
      isReady={relay !== null && isAware}
      isPending={isPending}
      failure={failure}
      onAct={() => run({ shortCode, isAware: true })}
      onClose={onClose}
    >
      <p>{relay === null ? t('registration.no-relay') : t('safaricom-screen.notices-text', { relay })}</p>
      <section className={styles.caution} aria-label={t('safaricom-screen.notices-caution')}>
        <TriangleAlert size={16} aria-hidden />
        <div className={styles.form}>
          <p>{t('safaricom-screen.notices-pos')}</p>
          <p>{t('safaricom-screen.notices-once', { environment })}</p>
          <Checkbox
            label={t('safaricom-screen.notices-aware')}
            checked={isAware}
            onChange={(event) => setAware(event.currentTarget.checked)}
          />
        </div>
      </section>
    </ActDialog>
  );
}
