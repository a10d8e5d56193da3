import { Button } from '@mantine/core';
import { useHashLocation } from 'wouter/use-hash-location';
import { reconcilePath } from '#renderer/app/routes.ts';
import { useAnswer } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import { businessDayOf } from '#shared/domain/time.ts';
import type { ImportView, Job } from '#shared/ipc/views.ts';
import { importPath } from '../statements/paths.ts';
import styles from './ImportPanel.module.css';

/** How a job ended, in one sentence, and where to go from it. */
export function ImportResult({ job }: { job: Job }) {
  const { t, tell } = useText();
  return (
    <>
      <div>{job.outcome === null ? t('importing.done') : tell(job.outcome)}</div>
      {job.kind === 'import' && job.importId !== null && <Onward importId={job.importId} />}
    </>
  );
}

function Onward({ importId }: { importId: number }) {
  const { t } = useText();
  const [, navigate] = useHashLocation();
  const { data } = useAnswer('import:show', { importId });
  if (data === undefined) return null;
  const day = lastDayOf(data);
  return (
    <div className={styles.links}>
      {day !== null && (
        <Button size="compact-xs" onClick={() => navigate(reconcilePath(day))}>
          {t('importing.go-reconcile')}
        </Button>
      )}
      <Button size="compact-xs" variant="default" onClick={() => navigate(importPath(data.kind, data.id))}>
        {t(data.refused > 0 ? 'importing.see-refused' : 'importing.see-file')}
      </Button>
    </div>
  );
}

function lastDayOf(file: ImportView) {
  return file.to === null || file.rows === file.refused ? null : businessDayOf(file.to);
}
