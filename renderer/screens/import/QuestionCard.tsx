import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '#renderer/lib/text.tsx';
import styles from './ImportPanel.module.css';
import { useImportDesk } from './import-desk.ts';
import type { QueueItem } from './import-queue.ts';

/** A question in words, why it is asked, and below it the ways to answer. */
export function QuestionCard({ title, why, children }: { title: string; why: string; children: ReactNode }) {
  return (
    <fieldset className={styles.question}>
      <legend className="visually-hidden">{title}</legend>
      <div>
        <h3>{title}</h3>
        <div className={styles.fine}>{why}</div>
      </div>
      {children}
    </fieldset>
  );
}

export function LeaveOut({ item }: { item: QueueItem }) {
  const { t } = useText();
  const desk = useImportDesk();
  return (
    <Button size="xs" variant="subtle" onClick={() => desk.leaveOut(item)}>
      {t('importing.leave-out')}
    </Button>
  );
}
