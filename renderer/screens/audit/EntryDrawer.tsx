import { Button, Drawer, Skeleton } from '@mantine/core';
import { useLocation } from 'wouter';
import { auditAboutPath } from '#renderer/app/routes.ts';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useAnswer } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { Output } from '#shared/ipc/contract.ts';
import styles from './Audit.module.css';
import { isOneThing } from './audit-filters.ts';
import { AREA_WORDS } from './audit-words.ts';
import { Who } from './Who.tsx';

type Entry = Output<'audit:show'>;

/** One entry in full: the act in a sentence, what it changed, and, folded away, what proves it. */
export function EntryDrawer({ seq, onClose }: { seq: number | null; onClose: () => void }) {
  const { t, count } = useText();
  useShortcuts('dialog', [], seq !== null);
  return (
    <Drawer
      opened={seq !== null}
      onClose={onClose}
      size={560}
      title={t('audit-screen.entry', { seq: count(seq ?? 0) })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {seq !== null && <Loaded key={seq} seq={seq} onClose={onClose} />}
    </Drawer>
  );
}

function Loaded({ seq, onClose }: { seq: number; onClose: () => void }) {
  const entry = useAnswer('audit:show', { seq });
  if (entry.error !== null) return <ErrorNotice error={entry.error} onRetry={() => void entry.refetch()} />;
  if (entry.data === undefined || entry.data.seq !== seq) return <Skeleton height={260} />;
  return <Described entry={entry.data} onClose={onClose} />;
}

function Described({ entry, onClose }: { entry: Entry; onClose: () => void }) {
  const { t, tell, time } = useText();
  const [, navigate] = useLocation();
  return (
    <div className={styles.entry}>
      <h2>{tell(entry.what)}</h2>
      <dl className={styles.facts}>
        <dt>{t('audit-screen.when')}</dt>
        <dd>{time(entry.at)}</dd>
        <dt>{t('audit-screen.who')}</dt>
        <dd>
          <Who row={entry} />
        </dd>
        <dt>{t('audit-screen.area')}</dt>
        <dd>{t(AREA_WORDS[entry.area])}</dd>
      </dl>
      <Changes changes={entry.changes} />
      {isOneThing(entry.subject) && (
        <div>
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              onClose();
              navigate(auditAboutPath(entry.subject));
            }}
          >
            {t('audit-screen.same-subject')}
          </Button>
        </div>
      )}
      <details className={styles.proof}>
        <summary>{t('audit-screen.proof')}</summary>
        <p className={styles.fine}>{t('audit-screen.proof-hint')}</p>
        <dl className={styles.facts}>
          <Proof name="audit-screen.proof-seq" value={String(entry.seq)} />
          <Proof name="audit-screen.proof-action" value={entry.action} />
          <Proof name="audit-screen.proof-subject" value={entry.subject} />
          <Proof name="audit-screen.proof-session" value={entry.session ?? '–'} />
          <Proof name="audit-screen.proof-details" value={entry.details} />
          <Proof name="audit-screen.proof-previous" value={entry.previousHash} />
          <Proof name="audit-screen.proof-hash" value={entry.hash} />
        </dl>
      </details>
    </div>
  );
}

function Proof({ name, value }: { name: string; value: string }) {
  const { t } = useText();
  return (
    <>
      <dt>{t(name)}</dt>
      <dd className={styles.code}>{value}</dd>
    </>
  );
}

function Changes({ changes }: { changes: Entry['changes'] }) {
  const { t, tell } = useText();
  if (changes.length === 0) return null;
  return (
    <table className={styles.changes}>
      <thead>
        <tr>
          <th scope="col">{t('audit-screen.field')}</th>
          <th scope="col">{t('audit-screen.before')}</th>
          <th scope="col">{t('audit-screen.after')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={JSON.stringify(change)}>
            <th scope="row">{tell(change.field)}</th>
            <td>{change.before === null ? '–' : tell(change.before)}</td>
            <td>{change.after === null ? '–' : tell(change.after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
