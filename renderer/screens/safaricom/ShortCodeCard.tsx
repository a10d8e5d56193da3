import { Button } from '@mantine/core';
import { useState } from 'react';
import { Chip } from '#renderer/components/Chip.tsx';
import { useText } from '#renderer/lib/text.tsx';
import type { CredentialKind } from '#shared/domain/daraja/product.ts';
import type { Output } from '#shared/ipc/contract.ts';
import type { ShortCodeView } from '#shared/ipc/credential-channels.ts';
import { CredentialDialog } from './CredentialDialog.tsx';
import { CredentialLine } from './CredentialLine.tsx';
import type { CredentialAct } from './credential-acts.ts';
import { RegistrationLines } from './RegistrationLines.tsx';
import { RemoveDialog } from './RemoveDialog.tsx';
import { RetryDialog } from './RetryDialog.tsx';
import { RotateDialog } from './RotateDialog.tsx';
import styles from './Safaricom.module.css';
import { KINDS } from './standing.ts';

type Props = {
  code: ShortCodeView;
  environment: Output<'credential:list'>['environment'];
  registrations: Output<'registration:list'> | null;
  canChange: boolean;
  startsOpen: boolean;
};

type Open = { readonly kind: CredentialKind; readonly act: CredentialAct };

/** Everything that is set up for one number. */
export function ShortCodeCard({ code, environment, registrations, canChange, startsOpen }: Props) {
  const { t } = useText();
  const [isOpen, setOpen] = useState(startsOpen);
  const [dialog, setDialog] = useState<Open | null>(null);
  const close = () => setDialog(null);
  const { shortCode, till } = code;
  return (
    <section className={styles.card} aria-label={t('safaricom-screen.number', { shortCode })}>
      <div className={styles.cardHead}>
        <h2>
          {shortCode} <span className={styles.till}>{till === shortCode ? '' : till}</span>
        </h2>
        {!isOpen && (
          <>
            <Chip tone="quiet">{t('safaricom-screen.nothing-set')}</Chip>
            <Button size="xs" variant="default" aria-expanded={false} onClick={() => setOpen(true)}>
              {t(canChange ? 'safaricom-screen.set-up' : 'safaricom-screen.show')}
            </Button>
          </>
        )}
      </div>
      {isOpen && (
        <>
          <ul className={styles.lines}>
            {KINDS.map((kind) => (
              <CredentialLine
                key={kind}
                kind={kind}
                view={code.credentials[kind]}
                code={code}
                canChange={canChange}
                onAct={(act) => setDialog({ kind, act })}
              />
            ))}
          </ul>
          {registrations !== null && (
            <RegistrationLines
              shortCode={shortCode}
              environment={environment}
              list={registrations}
              canChange={canChange}
            />
          )}
        </>
      )}
      {dialog?.act === 'set' && <CredentialDialog code={code} kind={dialog.kind} onClose={close} />}
      {dialog?.act === 'rotate' && <RotateDialog code={code} kind={dialog.kind} onClose={close} />}
      {dialog?.act === 'remove' && <RemoveDialog code={code} kind={dialog.kind} onClose={close} />}
      {dialog?.act === 'retry' && <RetryDialog code={code} kind={dialog.kind} onClose={close} />}
    </section>
  );
}
