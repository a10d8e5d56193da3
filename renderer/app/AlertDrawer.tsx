import { Button, Drawer, Skeleton } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { BellOff, Check } from 'lucide-react';
import { useLocation } from 'wouter';
import type { AlertView } from '#shared/ipc/alert-channels.ts';
import type { Output } from '#shared/ipc/contract.ts';
import { EmptyState } from '../components/EmptyState.tsx';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { ask } from '../lib/api.ts';
import { useShortcuts } from '../lib/keyboard.tsx';
import { usePages } from '../lib/pages.ts';
import { useAppState } from '../lib/queries.ts';
import { useText } from '../lib/text.tsx';
import styles from './AlertDrawer.module.css';
import { alertLink } from './alert-link.ts';
import { useToasts } from './toasts.tsx';

const PAGE = 50;
const pickAlerts = (answer: Output<'alert:list'>) => answer.alerts;

/** What the program noticed by itself: each in a sentence, with its time and the way to what it is about. */
export function AlertDrawer({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useText();
  useShortcuts('dialog', [], isOpen);
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      size={480}
      title={t('alerts.title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <Loaded onClose={onClose} />
    </Drawer>
  );
}

function Loaded({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  const { permissions } = useAppState();
  const { failed } = useToasts();
  const list = usePages('alert:list', { state: 'all', limit: PAGE }, pickAlerts);
  const seeing = useMutation({
    mutationFn: (alertIds: number[]) => ask('alert:dismiss', { alertIds }),
    onError: failed,
  });
  if (list.error !== null) return <ErrorNotice error={list.error} onRetry={list.retry} />;
  if (list.isPending) return <Skeleton height={200} />;
  if (list.rows.length === 0) {
    return (
      <EmptyState icon={BellOff} title={t('alerts.none-title')}>
        {t('alerts.none-text')}
      </EmptyState>
    );
  }
  const mayDismiss = permissions.includes('alerts.dismiss');
  const unseen = list.rows.filter(({ seen }) => seen === null);
  const seen = list.rows.filter((alert) => alert.seen !== null);
  const cardOf = (alert: AlertView) => (
    <AlertCard
      key={alert.id}
      alert={alert}
      onSeen={mayDismiss ? () => seeing.mutate([alert.id]) : null}
      onFollow={onClose}
    />
  );
  return (
    <div className={styles.body}>
      {unseen.length === 0 && <p className={styles.fine}>{t('alerts.all-seen')}</p>}
      {unseen.length > 1 && mayDismiss && (
        <div>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<Check size={14} aria-hidden />}
            loading={seeing.isPending}
            onClick={() => seeing.mutate(unseen.slice(0, 200).map(({ id }) => id))}
          >
            {t('alerts.see-all', { count: unseen.length })}
          </Button>
        </div>
      )}
      <ul className={styles.list}>{unseen.map(cardOf)}</ul>
      {seen.length > 0 && (
        <section>
          <h2 className={styles.before}>{t('alerts.before')}</h2>
          <ul className={styles.list}>{seen.map(cardOf)}</ul>
        </section>
      )}
      {list.hasMore && (
        <Button variant="default" size="xs" loading={list.isGrowing} onClick={list.grow}>
          {t('alerts.older')}
        </Button>
      )}
    </div>
  );
}

type CardProps = { alert: AlertView; onSeen: (() => void) | null; onFollow: () => void };

function AlertCard({ alert, onSeen, onFollow }: CardProps) {
  const { t, tell, time } = useText();
  const { permissions } = useAppState();
  const [, navigate] = useLocation();
  const link = alertLink(alert);
  const { seen } = alert;
  return (
    <li className={seen === null ? styles.card : `${styles.card} ${styles.seen}`}>
      <p>{tell(alert.what)}</p>
      <p className={styles.fine}>
        {time(alert.at)}
        {seen !== null && ` · ${t('alerts.seen-by', { who: seen.by, at: { at: seen.at } })}`}
      </p>
      <div className={styles.acts}>
        {link !== null && permissions.includes(link.needs) && (
          <Button
            size="compact-sm"
            variant="light"
            onClick={() => {
              onFollow();
              navigate(link.path);
            }}
          >
            {t('alerts.show')}
          </Button>
        )}
        {seen === null && onSeen !== null && (
          <Button size="compact-sm" variant="default" onClick={onSeen}>
            {t('alerts.see')}
          </Button>
        )}
      </div>
    </li>
  );
}
