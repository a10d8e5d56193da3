import { Drawer, Skeleton } from '@mantine/core';
import { AuditLink } from '#renderer/app/AuditLink.tsx';
import { auditAboutPath } from '#renderer/app/routes.ts';
import { Amount } from '#renderer/components/Amount.tsx';
import { Chip } from '#renderer/components/Chip.tsx';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useAnswer } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { Message } from '#shared/domain/message.ts';
import { DoByHand } from './DoByHand.tsx';
import { ReversalActions } from './ReversalActions.tsx';
import { ReversalFacts } from './ReversalFacts.tsx';
import styles from './Reversals.module.css';
import { type ReversalDetail, STATE_LOOK } from './reversal-words.ts';
import { Timeline } from './Timeline.tsx';

/** One reversal: how it stands, what may be done, and its life in words. */
export function ReversalDrawer({ reversalId, onClose }: { reversalId: number | null; onClose: () => void }) {
  const { t } = useText();
  useShortcuts('dialog', [], reversalId !== null);
  return (
    <Drawer
      opened={reversalId !== null}
      onClose={onClose}
      size={620}
      title={t('reversals.one')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {reversalId !== null && <Loaded key={reversalId} reversalId={reversalId} />}
    </Drawer>
  );
}

function Loaded({ reversalId }: { reversalId: number }) {
  const shown = useAnswer('reversal:show', { reversalId });
  if (shown.error !== null) return <ErrorNotice error={shown.error} onRetry={() => void shown.refetch()} />;
  if (shown.data === undefined || shown.data.reversal.id !== reversalId) return <Skeleton height={360} />;
  return <Shown detail={shown.data} />;
}

function Shown({ detail }: { detail: ReversalDetail }) {
  const { t, tell } = useText();
  const { reversal } = detail;
  const look = STATE_LOOK[reversal.state];
  return (
    <div className={styles.detail}>
      <header className={styles.title}>
        <div>
          <h2>{reversal.name}</h2>
          <Chip tone={look.tone} icon={look.icon}>
            {t(look.word)}
          </Chip>
        </div>
        <Amount cents={reversal.amountCents} withCurrency isStrong />
      </header>
      <p className={styles.standing}>{tell(reversal.standing)}</p>
      <Notes kind="warning" label={t('reversals.warnings')} notes={detail.warnings} />
      <Notes kind="problem" label={t('reversals.problems')} notes={detail.problems} />
      {reversal.state === 'by-hand' && <DoByHand reversal={reversal} />}
      <ReversalActions detail={detail} />
      <ReversalFacts detail={detail} />
      <Timeline detail={detail} />
      <AuditLink to={auditAboutPath(`reversal:${reversal.id}`)} />
    </div>
  );
}

function Notes({
  kind,
  label,
  notes,
}: {
  kind: 'warning' | 'problem';
  label: string;
  notes: readonly Message[];
}) {
  const { tell } = useText();
  if (notes.length === 0) return null;
  return (
    <section className={`${styles.notes} ${styles[kind] ?? ''}`} aria-label={label}>
      <h3>{label}</h3>
      <ul>
        {notes.map((note) => (
          <li key={JSON.stringify(note)}>{tell(note)}</li>
        ))}
      </ul>
    </section>
  );
}
