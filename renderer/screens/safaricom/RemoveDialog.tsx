import { useState } from 'react';
import { useToasts } from '#renderer/app/toasts.tsx';
import { ActDialog } from '#renderer/components/ActDialog.tsx';
import { useText } from '#renderer/lib/text.tsx';
import type { CredentialKind } from '#shared/domain/daraja/product.ts';
import type { ShortCodeView } from '#shared/ipc/credential-channels.ts';
import { choice } from './choice.ts';
import styles from './Safaricom.module.css';
import { useSecretAct } from './use-secret-act.ts';

type Props = { code: ShortCodeView; kind: CredentialKind; onClose: () => void };

/** Forgets a secret, and says so where the keychain would not let go of it. */
export function RemoveDialog({ code: { shortCode }, kind, onClose }: Props) {
  const { t } = useText();
  const { say } = useToasts();
  const [isLeft, setLeft] = useState(false);
  const { run, isPending, failure } = useSecretAct('credential:remove', ({ isGone }) => {
    if (!isGone) return setLeft(true);
    say(t('safaricom-screen.removed', { kind: choice(kind) }));
    onClose();
  });
  return (
    <ActDialog
      isWide
      title={t('safaricom-screen.remove-title', { kind: choice(kind), shortCode })}
      act={isLeft ? null : t('safaricom-screen.act', { act: 'remove' })}
      isGrave
      isPending={isPending}
      failure={failure}
      onAct={() => run({ shortCode, kind })}
      onClose={onClose}
    >
      <p>{t('safaricom-screen.remove-text', { kind: choice(kind) })}</p>
      {isLeft && (
        <p role="alert" className={styles.warn}>
          {t('safaricom-screen.left-in-keychain')}
        </p>
      )}
    </ActDialog>
  );
}
