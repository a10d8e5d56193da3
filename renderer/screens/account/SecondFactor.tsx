import { Button, Modal } from '@mantine/core';
import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useSession } from '#renderer/app/session-context.tsx';
import { useToasts } from '#renderer/app/toasts.tsx';
import { Chip } from '#renderer/components/Chip.tsx';
import { OneTimeCodes } from '#renderer/components/OneTimeCodes.tsx';
import { RequestFailure, tryAsk } from '#renderer/lib/api.ts';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useAppState } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { Output } from '#shared/ipc/contract.ts';
import settings from '../settings/SettingsScreen.module.css';
import styles from './Account.module.css';
import { EnrolDialog } from './EnrolDialog.tsx';
import { RemoveDialog } from './RemoveDialog.tsx';

type Props = { name: string; since: string | null; codesLeft: number; onChanged: () => void };
type Shown =
  | { what: 'enrol'; totp: Output<'account:begin-totp'> }
  | { what: 'codes'; codes: readonly string[] }
  | { what: 'remove' }
  | null;

/** The code on the phone: on or off, and the codes for the day the phone is gone. */
export function SecondFactor({ name, since, codesLeft, onChanged }: Props) {
  const { t } = useText();
  const { refresh } = useSession();
  const { failed } = useToasts();
  const [shown, setShown] = useState<Shown>(null);

  function changed() {
    onChanged();
    refresh();
  }

  async function enrol() {
    const answer = await tryAsk('account:begin-totp', {});
    if (answer.ok) setShown({ what: 'enrol', totp: answer.value });
    else failed(new RequestFailure(answer.error));
  }

  async function makeCodes() {
    const answer = await tryAsk('account:new-recovery-codes', {});
    if (answer.ok) {
      setShown({ what: 'codes', codes: answer.value.recoveryCodes });
      changed();
    } else failed(new RequestFailure(answer.error));
  }

  return (
    <section className={settings.card}>
      <div className={settings.line}>
        <h2>{t('account.factor')}</h2>
        {since === null ? (
          <Chip tone="open" icon={ShieldAlert}>
            {t('account.factor-off')}
          </Chip>
        ) : (
          <Chip tone="good" icon={ShieldCheck}>
            {t('account.factor-on')}
          </Chip>
        )}
      </div>
      <p className={settings.hint}>
        {since === null ? t('account.factor-why') : t('account.factor-since', { since })}
      </p>
      {since !== null && <p>{t('account.codes-left', { count: codesLeft })}</p>}
      <div className={styles.actions}>
        {since === null ? (
          <Button onClick={() => void enrol()}>{t('account.factor-set-up')}</Button>
        ) : (
          <>
            <Button variant="default" onClick={() => void makeCodes()}>
              {t('account.new-codes')}
            </Button>
            <Button variant="default" onClick={() => setShown({ what: 'remove' })}>
              {t('account.factor-remove')}
            </Button>
          </>
        )}
      </div>
      {shown?.what === 'enrol' && (
        <EnrolDialog
          totp={shown.totp}
          onClose={() => setShown(null)}
          onDone={(codes) => {
            setShown({ what: 'codes', codes });
            changed();
          }}
        />
      )}
      {shown?.what === 'codes' && (
        <CodesDialog codes={shown.codes} name={name} onClose={() => setShown(null)} />
      )}
      {shown?.what === 'remove' && (
        <RemoveDialog
          onClose={() => setShown(null)}
          onDone={() => {
            setShown(null);
            changed();
          }}
        />
      )}
    </section>
  );
}

type CodesProps = { codes: readonly string[]; name: string; onClose: () => void };

/** Closed by its button only: the codes are not shown again. */
function CodesDialog({ codes, name, onClose }: CodesProps) {
  const { t } = useText();
  const { shopName } = useAppState();
  useShortcuts('dialog', []);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('totp.codes-title')}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <div className={styles.dialog}>
        <OneTimeCodes codes={codes} shopName={shopName} person={name} />
        <div className={styles.actions}>
          <Button data-autofocus onClick={onClose}>
            {t('totp.codes-kept')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
