import { Button } from '@mantine/core';
import { useHashLocation } from 'wouter/use-hash-location';
import { reconcilePath } from '#renderer/app/routes.ts';
import { useAnswer } from '#renderer/lib/queries.ts';
import { type Text, useText } from '#renderer/lib/text.tsx';
import { businessDayOf } from '#shared/domain/time.ts';
import type { ImportView, Job } from '#shared/ipc/views.ts';
import { FileBalance } from '../statements/FileCells.tsx';
import { importPath, REVIEWS_PATH } from '../statements/paths.ts';
import styles from './ImportPanel.module.css';
import { useImportDesk } from './import-desk.ts';

/** How a job ended, in one sentence, and where to go from it. */
export function ImportResult({ job }: { job: Job }) {
  const { t, tell } = useText();
  return (
    <>
      <div>{endOf(job, { t, tell })}</div>
      {job.kind === 'import' && job.importId !== null && <Onward importId={job.importId} />}
    </>
  );
}

function endOf(job: Job, { t, tell }: Pick<Text, 't' | 'tell'>): string {
  if (job.outcome !== null) return tell(job.outcome);
  if (job.undo === null) return t('importing.done');
  const { reversed, shared, kept, blocked } = job.undo;
  return t('importing.undone', { reversed, shared, kept, blocked });
}

function Onward({ importId }: { importId: number }) {
  const { t } = useText();
  const [, navigate] = useHashLocation();
  const { setOpen } = useImportDesk();
  const { data, error } = useAnswer('import:show', { importId });
  if (error !== null) return <div className={styles.fine}>{t('app.could-not-show')}</div>;
  if (data === undefined) return null;
  const day = lastDayOf(data);
  const go = (path: string) => {
    setOpen(false);
    navigate(path);
  };
  return (
    <>
      {data.kind === 'statement' && <WhatItProves file={data} />}
      <div className={styles.links}>
        {day !== null && (
          <Button size="compact-xs" onClick={() => go(reconcilePath(day))}>
            {t('importing.go-reconcile')}
          </Button>
        )}
        {data.changed > 0 && (
          <Button size="compact-xs" variant="default" onClick={() => go(REVIEWS_PATH)}>
            {t('importing.see-reviews')}
          </Button>
        )}
        <Button size="compact-xs" variant="default" onClick={() => go(importPath(data.kind, data.id))}>
          {t(data.refused > 0 ? 'importing.see-refused' : 'importing.see-file')}
        </Button>
      </div>
    </>
  );
}

/** Whether the file adds up, and until when its days are covered. */
function WhatItProves({ file }: { file: ImportView }) {
  const { t, time } = useText();
  return (
    <div className={styles.links}>
      <FileBalance isBalanced={file.isBalanced} />
      {file.coveredTo !== null && (
        <span className={styles.fine}>
          {t(file.isPartial ? 'importing.covers-partly' : 'importing.covers', { at: time(file.coveredTo) })}
        </span>
      )}
    </div>
  );
}

function lastDayOf(file: ImportView) {
  const last = file.coveredTo ?? file.to;
  return last === null || file.rows === file.refused ? null : businessDayOf(last);
}
