import { Button, Group } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useToasts } from '#renderer/app/toasts.tsx';
import { ActDialog } from '#renderer/components/ActDialog.tsx';
import { tryAsk } from '#renderer/lib/api.ts';
import { keyOf, useAnswer } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { CredentialKind } from '#shared/domain/daraja/product.ts';
import type { RotationView, ShortCodeView } from '#shared/ipc/credential-channels.ts';
import { CredentialFields } from './CredentialFields.tsx';
import { choice } from './choice.ts';
import { emptyForm, isComplete, isOneForBoth, toTyped } from './credential-form.ts';
import { RotationCheck } from './RotationCheck.tsx';
import styles from './Safaricom.module.css';
import { useSecretAct } from './use-secret-act.ts';

type Props = { code: ShortCodeView; kind: CredentialKind; onClose: () => void };
type Step = 'prepare' | 'type' | 'check';
const STEPS: readonly Step[] = ['prepare', 'type', 'check'];

/**
 * A new secret in the place of the old one, step by step: changed with Safaricom, typed, tried once, put into use. Until
 * then it is in memory alone and the old one stays.
 */
export function RotateDialog({ code, kind, onClose }: Props) {
  const { t } = useText();
  const { say } = useToasts();
  const { shortCode, credentials } = code;
  const of = { shortCode, kind };
  const [step, setStep] = useState<Step>('prepare');
  const [form, setForm] = useState(() => emptyForm(credentials[kind]?.name ?? null));
  const client = useQueryClient();
  const show = (view: RotationView) => client.setQueryData(keyOf('credential:rotate-show', of), view);
  const begin = useSecretAct('credential:rotate', (view) => {
    show(view);
    // From here on main holds it; the page does not.
    setForm(emptyForm(form.name));
    setStep('check');
  });
  const finish = useSecretAct('credential:rotate-finish', () => {
    say(t('safaricom-screen.rotated', { kind: choice(kind) }));
    onClose();
  });
  const rotation = useAnswer('credential:rotate-show', of, { isEnabled: step === 'check' });
  const mustAccept = isOneForBoth(kind, form, code);

  // However the dialog is left, main forgets what was not put into use.
  useEffect(() => () => void tryAsk('credential:rotate-cancel', { shortCode, kind }), [shortCode, kind]);

  function go() {
    if (step === 'prepare') return setStep('type');
    if (step === 'check') return finish.run(of);
    const typed = toTyped(kind, form);
    if (typed.kind === 'app' || typed.kind === 'look-up-operator')
      begin.run({ shortCode, credential: typed });
  }

  const found = rotation.data?.step ?? 'typed';
  const act =
    step === 'prepare'
      ? t('safaricom-screen.rotate-go-on')
      : step === 'type'
        ? t('safaricom-screen.rotate-next')
        : found === 'refused' || found === 'gone'
          ? null
          : t('safaricom-screen.rotate-finish', { isChecked: found === 'good' ? 'yes' : 'no' });
  return (
    <ActDialog
      isWide
      title={t('safaricom-screen.rotate-title', { kind: choice(kind), shortCode })}
      act={act}
      isQuiet={step === 'check' && found !== 'good'}
      isReady={step !== 'type' || (isComplete(kind, form) && (!mustAccept || form.acceptsOneOperator))}
      isPending={begin.isPending || finish.isPending}
      failure={begin.failure ?? finish.failure}
      onAct={go}
      onClose={onClose}
    >
      <p className={styles.soft}>
        {t('safaricom-screen.rotate-step', { step: STEPS.indexOf(step) + 1, steps: STEPS.length })}
      </p>
      {step === 'prepare' && (
        <p className={styles.steps}>{t('safaricom-screen.rotate-prepare', { kind: choice(kind) })}</p>
      )}
      {step === 'type' && (
        <CredentialFields kind={kind} form={form} mustAccept={mustAccept} onChange={setForm} />
      )}
      {step === 'check' && rotation.data !== undefined && (
        <>
          <RotationCheck of={of} rotation={rotation.data} onChecked={show} />
          {(found === 'refused' || found === 'gone') && (
            <Group>
              <Button variant="default" onClick={() => setStep('type')}>
                {t('safaricom-screen.rotate-type-again')}
              </Button>
            </Group>
          )}
        </>
      )}
    </ActDialog>
  );
}
