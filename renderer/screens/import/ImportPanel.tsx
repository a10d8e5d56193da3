import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { ChevronDown, Files } from 'lucide-react';
import { useText } from '#renderer/lib/text.tsx';
import { ImportLine } from './ImportLine.tsx';
import styles from './ImportPanel.module.css';
import { useImportDesk } from './import-desk.ts';
import { countStates } from './import-queue.ts';

const PANEL = 'import-panel';

/** For whoever works by keyboard: the panel stands at the end of the page, far from what opens it. */
export function focusImportPanel() {
  requestAnimationFrame(() => document.getElementById(PANEL)?.focus());
}

/** What became of every file, in a corner of the window: it stands beside the work, never in front of it. */
export function ImportPanel() {
  const { t } = useText();
  const desk = useImportDesk();
  const counts = countStates(desk.queue);
  const summary = t('importing.summary', { ...counts, failed: counts.failed + counts.cancelled });
  if (desk.queue.items.length === 0) return null;
  const hasFinished = counts.done + counts.failed + counts.cancelled > 0;
  return (
    <>
      <div role="status" className="visually-hidden">
        {summary}
      </div>
      {desk.isOpen ? (
        <section id={PANEL} tabIndex={-1} className={styles.panel} aria-label={t('importing.title')}>
          <div className={styles.head}>
            <div className={styles.words}>
              <h2>{t('importing.title')}</h2>
              <div className={styles.summary}>{summary}</div>
            </div>
            {hasFinished && (
              <Button size="compact-xs" variant="subtle" onClick={desk.dismissFinished}>
                {t('importing.clear')}
              </Button>
            )}
            <Tooltip label={t('importing.hide')}>
              <ActionIcon
                variant="subtle"
                aria-label={t('importing.hide')}
                onClick={() => desk.setOpen(false)}
              >
                <ChevronDown size={18} aria-hidden />
              </ActionIcon>
            </Tooltip>
          </div>
          <ul className={styles.list}>
            {desk.queue.items.map((item) => (
              <li key={item.key}>
                <ImportLine item={item} />
              </li>
            ))}
          </ul>
        </section>
      ) : (
        <Button
          className={styles.pill ?? ''}
          variant="default"
          size="xs"
          leftSection={<Files size={16} aria-hidden />}
          onClick={() => {
            desk.setOpen(true);
            focusImportPanel();
          }}
          aria-label={`${t('importing.show')}: ${summary}`}
        >
          {summary}
        </Button>
      )}
    </>
  );
}
