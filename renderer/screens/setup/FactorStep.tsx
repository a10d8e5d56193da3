import { Button, Checkbox, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { FormProblem } from '#renderer/components/FormProblem.tsx';
import { TotpOffer } from '#renderer/components/TotpOffer.tsx';
import { useText } from '#renderer/lib/text.tsx';
import type { Output } from '#shared/ipc/contract.ts';
import type { Failure } from '#shared/ipc/result.ts';
import styles from '../access/Form.module.css';
import wizard from './Wizard.module.css';

type Props = {
  totp: Output<'setup:make-owner'>['totp'];
  /** Finishes with the first code of the app, or with none; a failure that belongs to this step comes back. */
  onSend: (code: string | null) => Promise<Failure | null>;
  onBack: () => void;
};

/** The second factor, unless the owner says in words that it can wait. */
export function FactorStep({ totp, onSend, onBack }: Props) {
  const { t } = useText();
  const [code, setCode] = useState('');
  const [isMissing, setMissing] = useState(false);
  const [isRefusing, setRefusing] = useState(false);
  const [isRiskSeen, setRiskSeen] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);

  async function send(given: string | null) {
    setBusy(true);
    setFailure(null);
    const failed = await onSend(given);
    setBusy(false);
    setFailure(failed);
    if (failed !== null) field.current?.select();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    setMissing(code.trim() === '');
    if (code.trim() === '') field.current?.focus();
    else void send(code.trim());
  }

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <div className={styles.head}>
        <h1>{t('wizard.factor-title')}</h1>
        <p className={styles.soft}>{t('wizard.factor-why')}</p>
      </div>
      <TotpOffer {...totp} />
      <TextInput
        ref={field}
        label={t('totp.code')}
        autoFocus
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={10}
        value={code}
        error={isMissing && code.trim() === '' ? t('totp.code-missing') : null}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <FormProblem failure={failure} />
      <div className={styles.actions}>
        <Button type="submit" loading={isBusy && !isRefusing}>
          {t('wizard.finish')}
        </Button>
        <Button variant="default" onClick={onBack}>
          {t('wizard.back')}
        </Button>
        {!isRefusing && (
          <Button variant="subtle" size="xs" onClick={() => setRefusing(true)}>
            {t('wizard.not-now')}
          </Button>
        )}
      </div>
      {isRefusing && (
        <section className={wizard.risk} aria-label={t('wizard.not-now')}>
          <p>{t('wizard.risk')}</p>
          <Checkbox
            autoFocus
            label={t('wizard.risk-seen')}
            checked={isRiskSeen}
            onChange={(event) => setRiskSeen(event.currentTarget.checked)}
          />
          <div>
            <Button variant="default" disabled={!isRiskSeen} loading={isBusy} onClick={() => void send(null)}>
              {t('wizard.go-on-without')}
            </Button>
          </div>
        </section>
      )}
    </form>
  );
}
