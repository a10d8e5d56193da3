import { Button, Modal, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { FormProblem } from '#renderer/components/FormProblem.tsx';
import { TotpOffer } from '#renderer/components/TotpOffer.tsx';
import { tryAsk } from '#renderer/lib/api.ts';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useText } from '#renderer/lib/text.tsx';
import type { Output } from '#shared/ipc/contract.ts';
import type { Failure } from '#shared/ipc/result.ts';
import styles from './Account.module.css';

type Props = {
  totp: Output<'account:begin-totp'>;
  onDone: (recoveryCodes: readonly string[]) => void;
  onClose: () => void;
};

/** Switches the second factor on, once the app has shown a code that fits. */
export function EnrolDialog({ totp, onDone, onClose }: Props) {
  const { t } = useText();
  const [code, setCode] = useState('');
  const [isMissing, setMissing] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useShortcuts('dialog', []);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setMissing(code.trim() === '');
    setFailure(null);
    if (code.trim() === '') return field.current?.focus();
    setBusy(true);
    const answer = await tryAsk('account:finish-totp', { code: code.trim() });
    setBusy(false);
    if (answer.ok) return onDone(answer.value.recoveryCodes);
    setFailure(answer.error);
    field.current?.select();
  }

  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('account.factor-set-up')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form className={styles.dialog} onSubmit={(event) => void submit(event)} noValidate>
        <TotpOffer {...totp} />
        <TextInput
          ref={field}
          data-autofocus
          label={t('totp.code')}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={10}
          value={code}
          error={isMissing && code.trim() === '' ? t('totp.code-missing') : null}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <FormProblem failure={failure} />
        <div className={styles.actions}>
          <Button type="submit" loading={isBusy}>
            {t('account.factor-switch-on')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
