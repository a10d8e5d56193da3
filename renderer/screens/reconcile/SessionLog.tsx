import { Button, Drawer, Skeleton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { ask } from '#renderer/lib/api.ts';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useText } from '#renderer/lib/text.tsx';
import type { StepView } from '#shared/ipc/views.ts';
import styles from './SessionLog.module.css';

type Props = { mayUndo: boolean; onUndo: (step: StepView) => Promise<void>; onClose: () => void };

/** Everything that was done, newest first, each with its own way back. It outlives a restart. */
export function SessionLog({ mayUndo, onUndo, onClose }: Props) {
  const { t } = useText();
  useShortcuts('dialog', []);
  const query = useInfiniteQuery({
    queryKey: ['step:list'],
    queryFn: ({ pageParam }) => ask('step:list', { after: pageParam, limit: 100 }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const steps = query.data?.pages.flatMap((page) => page.steps) ?? [];
  return (
    <Drawer
      opened
      onClose={onClose}
      size={480}
      title={t('reconcile.log')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {query.isPending && <Skeleton height={320} animate={false} />}
      {query.isError && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && steps.length === 0 && <p className={styles.soft}>{t('reconcile.log-empty')}</p>}
      <ol className={styles.steps}>
        {steps.map((step) => (
          <Step key={step.id} step={step} mayUndo={mayUndo} onUndo={onUndo} />
        ))}
      </ol>
      {query.hasNextPage && (
        <Button
          variant="default"
          fullWidth
          loading={query.isFetching}
          onClick={() => void query.fetchNextPage()}
        >
          {t('reconcile.log-more')}
        </Button>
      )}
    </Drawer>
  );
}

type StepProps = { step: StepView; mayUndo: boolean; onUndo: (step: StepView) => Promise<void> };

function Step({ step, mayUndo, onUndo }: StepProps) {
  const { t, tell, time } = useText();
  return (
    <li className={step.isUndone ? `${styles.step} ${styles.undone}` : styles.step}>
      <div>
        <p className={styles.what}>{tell(step.what)}</p>
        <p className={styles.soft}>
          {time(step.at)} · {step.by}
          {step.isUndone && ` · ${t('reconcile.log-undone')}`}
        </p>
      </div>
      {mayUndo && step.isUndoable && !step.isUndone && (
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<Undo2 size={14} aria-hidden />}
          aria-label={t('reconcile.undo-step', { what: tell(step.what) })}
          onClick={() => void onUndo(step)}
        >
          {t('app.undo')}
        </Button>
      )}
    </li>
  );
}
