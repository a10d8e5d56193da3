import { Button, Drawer, Skeleton } from '@mantine/core';
import { useLocation } from 'wouter';
import { AuditLink } from '#renderer/app/AuditLink.tsx';
import { auditAboutPath, reconcilePath } from '#renderer/app/routes.ts';
import { Chip } from '#renderer/components/Chip.tsx';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useAnswer } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { Output } from '#shared/ipc/contract.ts';
import styles from './Callbacks.module.css';
import { KINDS, OUTCOMES, QUESTIONS } from './callback-words.ts';
import { Explained } from './Explained.tsx';

type Shown = Output<'callback:show'>;

/** One callback in full: what became of it and why, what it says, and what came. */
export function CallbackDrawer({ callbackId, onClose }: { callbackId: number | null; onClose: () => void }) {
  const { t, count } = useText();
  useShortcuts('dialog', [], callbackId !== null);
  return (
    <Drawer
      opened={callbackId !== null}
      onClose={onClose}
      size={600}
      title={t('callbacks.number', { number: count(callbackId ?? 0) })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {callbackId !== null && <Loaded key={callbackId} callbackId={callbackId} />}
    </Drawer>
  );
}

function Loaded({ callbackId }: { callbackId: number }) {
  const shown = useAnswer('callback:show', { callbackId });
  if (shown.error !== null) return <ErrorNotice error={shown.error} onRetry={() => void shown.refetch()} />;
  if (shown.data === undefined || shown.data.id !== callbackId) return <Skeleton height={320} />;
  return <Described shown={shown.data} />;
}

function Described({ shown }: { shown: Shown }) {
  const { t, tell } = useText();
  const { words, tone, icon } = OUTCOMES[shown.outcome];
  return (
    <div className={styles.entry}>
      <div className={styles.verdict}>
        <Chip tone={tone} icon={icon}>
          {t(words)}
        </Chip>
        <p>{tell(shown.why)}</p>
      </div>
      <Facts shown={shown} />
      <section>
        <h2>{t('callbacks.says')}</h2>
        {shown.explanation === null ? (
          <p className={styles.fine}>{t('callbacks.erased')}</p>
        ) : (
          <Explained explanation={shown.explanation} />
        )}
      </section>
      {shown.body !== null && (
        <details className={styles.raw}>
          <summary>{t('callbacks.raw')}</summary>
          <p className={styles.fine}>{t('callbacks.raw-hint')}</p>
          {/* Reachable by key, because it scrolls. */}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus */}
          <section tabIndex={0} aria-label={t('callbacks.raw')} className={styles.rawBody}>
            <pre>{shown.body}</pre>
          </section>
        </details>
      )}
      <AuditLink to={auditAboutPath(`callback:${shown.id}`)} />
    </div>
  );
}

function Facts({ shown }: { shown: Shown }) {
  const { t, time, count } = useText();
  const [, navigate] = useLocation();
  const { call, payment } = shown;
  const question = call === null ? undefined : QUESTIONS[call.product];
  return (
    <dl className={styles.facts}>
      <dt>{t('callbacks.kind')}</dt>
      <dd>{t(KINDS[shown.kind])}</dd>
      <dt>{t('callbacks.came')}</dt>
      <dd>
        {shown.cameAt === null ? '–' : time(shown.cameAt)}
        {shown.from !== null && ` · ${t('callbacks.from-address', { address: shown.from })}`}
      </dd>
      <dt>{t('callbacks.taken')}</dt>
      <dd>{time(shown.takenAt)}</dd>
      {call !== null && question !== undefined && (
        <>
          <dt>{t('callbacks.answers')}</dt>
          <dd>{t(question, { at: { at: call.askedAt } })}</dd>
        </>
      )}
      {payment !== null && (
        <>
          <dt>{t('callbacks.payment')}</dt>
          <dd>
            <Button size="compact-xs" variant="light" onClick={() => navigate(reconcilePath(payment.day))}>
              {t('callbacks.show-day', { day: { day: payment.day } })}
            </Button>
          </dd>
        </>
      )}
      <dt>{t('callbacks.sequence')}</dt>
      <dd>{count(shown.sequence)}</dd>
    </dl>
  );
}
