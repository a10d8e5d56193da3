import { Button, Group, Modal, Radio } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { CircleAlert, FileDown } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useToasts } from '#renderer/app/toasts.tsx';
import { RequestFailure, saveFile } from '#renderer/lib/api.ts';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useText } from '#renderer/lib/text.tsx';
import type { Job } from '#shared/ipc/views.ts';
import styles from './Audit.module.css';
import { JobProgress } from './JobProgress.tsx';
import { isRunning } from './job-state.ts';
import type { AuditJobs, Format } from './use-audit-jobs.ts';

/** A copy of the log to take away: made first, then saved where the person says. */
export function ExportDialog({ jobs, onClose }: { jobs: AuditJobs; onClose: () => void }) {
  const { t } = useText();
  useShortcuts('dialog', []);
  const { copy } = jobs;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('audit-screen.export-title')}
      // Meanwhile the password may be asked for in a dialog above, and Escape is meant for that one.
      closeOnEscape={!jobs.isStarting}
      closeOnClickOutside={!jobs.isStarting}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <div className={styles.dialog}>
        <p>{t('audit-screen.export-what')}</p>
        {isRunning(copy) && (
          <JobProgress job={copy} words={t('audit-screen.exporting')} onStop={() => jobs.stop(copy)} />
        )}
        {!isRunning(copy) && copy?.file != null && (
          <SaveCopy
            file={copy.file}
            onSaved={() => {
              jobs.dismissCopy();
              onClose();
            }}
          />
        )}
        {!isRunning(copy) && copy?.file == null && (
          <ChooseFormat jobs={jobs} before={copy} onClose={onClose} />
        )}
      </div>
    </Modal>
  );
}

type ChooseProps = { jobs: AuditJobs; before: Job | null; onClose: () => void };

function ChooseFormat({ jobs, before, onClose }: ChooseProps) {
  const { t, tell } = useText();
  const [format, setFormat] = useState<Format>('csv');
  const problem = before?.failure ?? null;

  function start(event: FormEvent) {
    event.preventDefault();
    jobs.startCopy(format);
  }

  return (
    <form className={styles.dialog} onSubmit={start}>
      {problem !== null && (
        <div className={`${styles.verdict} ${styles.broken}`} role="alert">
          <CircleAlert size={20} aria-hidden />
          <p>{tell(problem)}</p>
        </div>
      )}
      <Radio.Group
        label={t('audit-screen.export-format')}
        value={format}
        onChange={(value) => setFormat(value === 'json' ? 'json' : 'csv')}
      >
        <div className={styles.formats}>
          <Radio value="csv" label={t('audit-screen.export-csv')} />
          <Radio value="json" label={t('audit-screen.export-json')} />
        </div>
      </Radio.Group>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('app.close')}
        </Button>
        <Button type="submit" loading={jobs.isStarting}>
          {t('audit-screen.export-start')}
        </Button>
      </Group>
    </form>
  );
}

/** The copy is made; where it goes is the person's to say. Thinking better of it keeps the copy for another try. */
function SaveCopy({ file, onSaved }: { file: NonNullable<Job['file']>; onSaved: () => void }) {
  const { t } = useText();
  const { say, failed } = useToasts();
  const saving = useMutation({
    mutationFn: async () => {
      const answer = await saveFile(file.token);
      if (!answer.ok) throw new RequestFailure(answer.error);
      return answer.value.saved;
    },
    onSuccess: (isSaved) => {
      if (!isSaved) return;
      say(t('audit-screen.export-saved', { file: file.name }));
      onSaved();
    },
    onError: failed,
  });
  return (
    <div className={styles.saving}>
      <span className={styles.code}>{file.name}</span>
      <Button
        data-autofocus
        leftSection={<FileDown size={16} aria-hidden />}
        loading={saving.isPending}
        onClick={() => saving.mutate()}
      >
        {t('audit-screen.export-save')}
      </Button>
    </div>
  );
}
