import { Checkbox } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useToasts } from '#renderer/app/toasts.tsx';
import { ask } from '#renderer/lib/api.ts';
import { useAppState } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { ImportView } from '#shared/ipc/views.ts';
import styles from './FileDetail.module.css';

/** The code printed on a statement: how to check it with Safaricom, and the owner's word that it was checked. */
export function CodeCheck({ file, code }: { file: ImportView; code: string }) {
  const { t, time } = useText();
  const { permissions } = useAppState();
  const { failed } = useToasts();
  const check = useMutation({
    mutationFn: (isChecked: boolean) => ask('import:check-code', { importId: file.id, isChecked }),
    onError: failed,
  });
  const isOwner = permissions.includes('settings.write');
  const { codeCheckedAt, codeCheckedBy } = file;
  return (
    <div className={styles.section}>
      <p>
        {t('statements.code')} <strong className={styles.hash}>{code}</strong>. {t('statements.code-how')}
      </p>
      <Checkbox
        label={t('statements.code-checked')}
        description={isOwner ? undefined : t('statements.code-owner-only')}
        checked={check.isPending ? check.variables : codeCheckedAt !== null}
        disabled={!isOwner || file.state !== 'done' || check.isPending}
        onChange={(event) => check.mutate(event.currentTarget.checked)}
      />
      {codeCheckedAt !== null && (
        <span className={styles.fine}>
          {t('statements.code-checked-by', { by: codeCheckedBy ?? '', at: time(codeCheckedAt) })}
        </span>
      )}
    </div>
  );
}
