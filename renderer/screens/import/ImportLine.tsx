import { ActionIcon, Button, Progress } from '@mantine/core';
import {
  CircleAlert,
  CircleCheck,
  CircleHelp,
  CircleSlash,
  Clock,
  LoaderCircle,
  type LucideIcon,
  X,
} from 'lucide-react';
import { useText } from '#renderer/lib/text.tsx';
import type { Job } from '#shared/ipc/views.ts';
import styles from './ImportPanel.module.css';
import { ImportQuestion } from './ImportQuestion.tsx';
import { ImportResult } from './ImportResult.tsx';
import { useImportDesk } from './import-desk.ts';
import { type ItemState, jobOf, type QueueItem, stateOf } from './import-queue.ts';
import { useTimeLeft } from './time-left.ts';

const SIGNS: Readonly<Record<ItemState, { icon: LucideIcon; tone: string }>> = {
  waiting: { icon: Clock, tone: 'quiet' },
  running: { icon: LoaderCircle, tone: 'good' },
  asking: { icon: CircleHelp, tone: 'open' },
  done: { icon: CircleCheck, tone: 'good' },
  failed: { icon: CircleAlert, tone: 'bad' },
  cancelled: { icon: CircleSlash, tone: 'quiet' },
};

const STAGES: Readonly<Record<Job['stage'], string>> = {
  reading: 'importing.stage-reading',
  writing: 'importing.stage-writing',
  checking: 'importing.stage-checking',
  matching: 'importing.stage-matching',
  undoing: 'importing.stage-undoing',
  finished: 'importing.done',
};

/** One file of the panel: how it stands, in a sentence, and what can be done about it. */
export function ImportLine({ item }: { item: QueueItem }) {
  const { t, tell } = useText();
  const desk = useImportDesk();
  const job = jobOf(desk.queue, item);
  const state = stateOf(desk.queue, item);
  const { icon: Icon, tone } = SIGNS[state];
  const isOver = state === 'done' || state === 'failed' || state === 'cancelled';
  const name = nameLine(item, job, t);
  const failure = item.failure?.message ?? job?.failure ?? null;
  return (
    <>
      <span className={`${styles.sign} ${styles[tone] ?? ''}`}>
        <Icon size={18} aria-hidden />
      </span>
      <div className={styles.body}>
        <div className={styles.name}>{name}</div>
        {state === 'waiting' && <div className={styles.fine}>{t('importing.waiting')}</div>}
        {state === 'running' && <Running job={job} name={name} />}
        {state === 'asking' && job?.question && <ImportQuestion item={item} question={job.question} />}
        {state === 'failed' && (
          <Failed item={item} sentence={failure === null ? t('importing.failed') : tell(failure)} />
        )}
        {state === 'cancelled' && (
          <div className={styles.fine}>
            {t(job?.kind === 'undo' ? 'importing.cancelled-undo' : 'importing.cancelled')}
          </div>
        )}
        {state === 'done' && job !== null && <ImportResult job={job} />}
        {state === 'done' && job?.question && <ImportQuestion item={item} question={job.question} />}
      </div>
      {state === 'running' && job !== null && (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={t('importing.cancel-file', { file: name })}
          onClick={() => desk.stop(item)}
        >
          {t('importing.cancel')}
        </Button>
      )}
      {(isOver || state === 'waiting') && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('importing.remove', { file: name })}
          onClick={() => desk.dismiss(item)}
        >
          <X size={16} aria-hidden />
        </ActionIcon>
      )}
    </>
  );
}

function nameLine(
  item: QueueItem,
  job: Job | null,
  t: (id: string, values?: Record<string, string>) => string,
): string {
  if (job?.kind !== 'undo') return item.fileName;
  return item.fileName === '' ? t('importing.undo-unnamed') : t('importing.undo-of', { file: item.fileName });
}

function Running({ job, name }: { job: Job | null; name: string }) {
  const { t, count } = useText();
  const timeLeft = useTimeLeft(job?.secondsLeft ?? null);
  const percent = job?.fraction === null || job === null ? null : Math.floor(job.fraction * 100);
  const words = [t(job === null ? 'importing.starting' : STAGES[job.stage])];
  if (job !== null && job.rows > 0)
    words.push(t('importing.rows-read', { rows: job.rows, count: count(job.rows) }));
  if (timeLeft !== null) words.push(timeLeft);
  return (
    <>
      <div className={styles.fine}>{words.join(' · ')}</div>
      <Progress
        value={percent ?? 100}
        animated={percent === null}
        size="sm"
        aria-label={t('importing.progress-of', { file: name })}
      />
    </>
  );
}

function Failed({ item, sentence }: { item: QueueItem; sentence: string }) {
  const { t } = useText();
  const desk = useImportDesk();
  return (
    <>
      <div className={styles.bad}>{sentence}</div>
      {item.failure?.reference !== undefined && (
        <div className={styles.fine}>{t('app.reference', { reference: item.failure.reference })}</div>
      )}
      {item.file !== null && (
        <div className={styles.links}>
          <Button size="compact-xs" variant="default" onClick={() => desk.answer(item, {})}>
            {t('importing.try-again')}
          </Button>
        </div>
      )}
    </>
  );
}
