import { useState } from 'react';
import { useToasts } from '#renderer/app/toasts.tsx';
import { ActDialog } from '#renderer/components/ActDialog.tsx';
import { useText } from '#renderer/lib/text.tsx';
import type { CredentialKind } from '#shared/domain/daraja/product.ts';
import type { ShortCodeView } from '#shared/ipc/credential-channels.ts';
import { CredentialFields } from './CredentialFields.tsx';
import { choice } from './choice.ts';
import { emptyForm, isComplete, isOneForBoth, toTyped } from './credential-form.ts';
import { useSecretAct } from './use-secret-act.ts';

type Props = { code: ShortCodeView; kind: CredentialKind; onClose: () => void };

/** Types a secret, once. It is gone from the page when the dialog closes. */
export function CredentialDialog({ code, kind, onClose }: Props) {
  const { t } = useText();
  const { say } = useToasts();
  const { shortCode, credentials } = code;
  const before = credentials[kind];
  const [form, setForm] = useState(() => emptyForm(before?.name ?? null));
  const { run, isPending, failure } = useSecretAct('credential:set', () => {
    say(t('safaricom-screen.kept', { kind: choice(kind) }));
    onClose();
  });
  const mustAccept = isOneForBoth(kind, form, code);
  return (
    <ActDialog
      isWide
      title={t(before === null ? 'safaricom-screen.set-title' : 'safaricom-screen.replace-title', {
        kind: choice(kind),
        shortCode,
      })}
      act={t('safaricom-screen.keep')}
      isReady={isComplete(kind, form) && (!mustAccept || form.acceptsOneOperator)}
      isPending={isPending}
      failure={failure}
      onAct={() => run({ shortCode, credential: toTyped(kind, form) })}
      onClose={onClose}
    >
      <p>{t('safaricom-screen.where', { kind: choice(kind) })}</p>
      <CredentialFields kind={kind} form={form} mustAccept={mustAccept} onChange={setForm} />
    </ActDialog>
  );
}
