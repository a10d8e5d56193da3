import { Button, Modal, Skeleton } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Ban, Copy, Hand, type LucideIcon, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useToasts } from '#renderer/app/toasts.tsx';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { ask } from '#renderer/lib/api.ts';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useAnswer } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { Message } from '#shared/domain/message.ts';
import type { ImportView, UndoPlan } from '#shared/ipc/views.ts';
import { useImportDesk } from '../import/import-desk.ts';
import styles from './UndoImport.module.css';

type Props = { file: ImportView; isOpen: boolean; onClose: () => void };

/** Before anything goes: what would go, what stays and why, and what cannot go. */
export function UndoImport({ file, isOpen, onClose }: Props) {
  const { t } = useText();
  useShortcuts('dialog', [], isOpen);
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      size="lg"
      title={t('statements.undo-title', { file: file.fileName })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {isOpen && <Decide file={file} onClose={onClose} />}
    </Modal>
  );
}

function Decide({ file, onClose }: { file: ImportView; onClose: () => void }) {
  const { t } = useText();
  const { track } = useImportDesk();
  const { failed } = useToasts();
  const plan = useAnswer('import:plan-undo', { importId: file.id });
  const undo = useMutation({
    mutationFn: () => ask('import:undo', { importId: file.id }),
    onSuccess: (job) => {
      track(job, file.fileName);
      onClose();
    },
    onError: failed,
  });
  if (plan.error !== null) return <ErrorNotice error={plan.error} onRetry={() => void plan.refetch()} />;
  if (plan.data === undefined) return <Skeleton height={220} />;
  const isNothing = plan.data.reversed === 0 && plan.data.shared === 0;
  return (
    <>
      <p>{t(isNothing ? 'statements.undo-nothing' : 'statements.undo-intro')}</p>
      <Plan plan={plan.data} />
      <div className={styles.actions}>
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('statements.undo-keep')}
        </Button>
        <Button color="red.9" disabled={isNothing} loading={undo.isPending} onClick={() => undo.mutate()}>
          {t('statements.undo-confirm')}
        </Button>
      </div>
    </>
  );
}

function Plan({ plan }: { plan: UndoPlan }) {
  const { t } = useText();
  const about = (start: string) => plan.reasons.filter((reason) => reason.id.startsWith(start));
  return (
    <ul className={styles.plan}>
      <Part
        icon={Undo2}
        count={plan.reversed}
        title={t('statements.undo-reversed', { count: plan.reversed })}
      >
        {t('statements.undo-reversed-why')}
      </Part>
      <Part icon={Copy} count={plan.shared} title={t('statements.undo-shared', { count: plan.shared })}>
        {t('statements.undo-shared-why')}
      </Part>
      <Part icon={Hand} count={plan.kept} title={t('statements.undo-kept', { count: plan.kept })}>
        <Reasons reasons={about('undo.kept')} />
      </Part>
      <Part icon={Ban} count={plan.blocked} title={t('statements.undo-blocked', { count: plan.blocked })}>
        <Reasons reasons={about('undo.blocked')} />
      </Part>
    </ul>
  );
}

function Reasons({ reasons }: { reasons: readonly Message[] }) {
  const { tell } = useText();
  return (
    <ul className={styles.reasons}>
      {reasons.map((reason) => (
        <li key={reason.id}>{tell(reason)}</li>
      ))}
    </ul>
  );
}

function Part({
  icon: Icon,
  count,
  title,
  children,
}: {
  icon: LucideIcon;
  count: number;
  title: string;
  children: ReactNode;
}) {
  if (count === 0) return null;
  return (
    <li>
      <Icon size={18} aria-hidden />
      <div>
        <strong>{title}</strong>
        <div className={styles.fine}>{children}</div>
      </div>
    </li>
  );
}
