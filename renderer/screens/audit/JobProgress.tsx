import { Button, Progress } from '@mantine/core';
import { useText } from '#renderer/lib/text.tsx';
import type { Job } from '#shared/ipc/views.ts';
import styles from './Audit.module.css';
import { percentOf } from './job-state.ts';

/** How far a job has come, and the way to stop it. */
export function JobProgress({ job, words, onStop }: { job: Job; words: string; onStop: () => void }) {
  const { t, count } = useText();
  const percent = percentOf(job);
  return (
    <div className={styles.progress}>
      <div className={styles.progressLine}>
        <span>{words}</span>
        <span className={styles.fine}>{t('audit-screen.rows-read', { rows: count(job.rows) })}</span>
      </div>
      <Progress value={percent} aria-label={words} />
      <div>
        <Button size="xs" variant="default" onClick={onStop}>
          {t('app.cancel')}
        </Button>
      </div>
    </div>
  );
}
