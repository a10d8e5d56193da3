import { ActDialog } from '#renderer/components/ActDialog.tsx';
import { useText } from '#renderer/lib/text.tsx';
import type { CredentialKind } from '#shared/domain/daraja/product.ts';
import type { ShortCodeView } from '#shared/ipc/credential-channels.ts';
import { choice } from './choice.ts';
import { useSecretAct } from './use-secret-act.ts';

type Props = { code: ShortCodeView; kind: CredentialKind; onClose: () => void };

/** The owner has unlocked the operator, or given it its role, in Safaricom's portal. */
export function RetryDialog({ code: { shortCode, credentials }, kind, onClose }: Props) {
  const { t, tell } = useText();
  const why = credentials[kind]?.why ?? null;
  const { run, isPending, failure } = useSecretAct('credential:retry', onClose);
  return (
    <ActDialog
      isWide
      title={t('safaricom-screen.retry-title', { kind: choice(kind), shortCode })}
      act={t('safaricom-screen.act', { act: 'retry' })}
      isPending={isPending}
      failure={failure}
      onAct={() => run({ shortCode, kind })}
      onClose={onClose}
    >
      {why !== null && <p>{tell(why)}</p>}
      <p>{t('safaricom-screen.retry-text')}</p>
    </ActDialog>
  );
}
