import { Button, Loader } from '@mantine/core';
import { Check, CircleAlert, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { FormProblem } from '#renderer/components/FormProblem.tsx';
import { useText } from '#renderer/lib/text.tsx';
import type { CredentialKind } from '#shared/domain/daraja/product.ts';
import type { RotationView } from '#shared/ipc/credential-channels.ts';
import { choice } from './choice.ts';
import styles from './Safaricom.module.css';
import { useSecretAct } from './use-secret-act.ts';

type Props = {
  of: { readonly shortCode: string; readonly kind: CredentialKind };
  rotation: RotationView;
  onChecked: (rotation: RotationView) => void;
};

const SIGNS: Readonly<Record<RotationView['step'], ReactNode>> = {
  gone: <CircleAlert size={16} aria-hidden />,
  typed: null,
  asked: <Loader size={16} aria-hidden />,
  good: <Check size={16} aria-hidden />,
  refused: <TriangleAlert size={16} aria-hidden />,
  'no-answer': <CircleAlert size={16} aria-hidden />,
  'cannot-check': <CircleAlert size={16} aria-hidden />,
};

/** The try at the end of a rotation: it is one of those that Safaricom counts, so it is asked for by hand. */
export function RotationCheck({ of, rotation, onChecked }: Props) {
  const { t, tell, clock } = useText();
  const { run, isPending, failure } = useSecretAct('credential:rotate-check', onChecked);
  const { step, why, at } = rotation;
  const mayAsk = step === 'typed' || step === 'no-answer' || step === 'cannot-check';
  return (
    <>
      <div role="status" className={`${styles.outcome} ${styles[`outcome-${step}`] ?? ''}`}>
        {SIGNS[step]}
        <div>
          <p>
            {t('safaricom-screen.rotation', {
              step: choice(step),
              kind: choice(of.kind),
              at: at === null ? '' : clock(at),
            })}
          </p>
          {why !== null && <p>{tell(why)}</p>}
        </div>
      </div>
      {mayAsk && (
        <div>
          <Button loading={isPending} onClick={() => run(of)}>
            {t('safaricom-screen.rotate-check', { kind: choice(of.kind) })}
          </Button>
          <p className={styles.soft}>{t('safaricom-screen.rotate-check-cost', { kind: choice(of.kind) })}</p>
        </div>
      )}
      <FormProblem failure={failure} />
    </>
  );
}
