import { Button, Group, Modal, TextInput } from '@mantine/core';
import { CircleAlert, CircleCheck, CircleDashed } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useText } from '#renderer/lib/text.tsx';
import type { Job } from '#shared/ipc/views.ts';
import styles from './Audit.module.css';
import { JobProgress } from './JobProgress.tsx';
import { isRunning } from './job-state.ts';
import type { AuditJobs } from './use-audit-jobs.ts';

/** Reads the whole log again and says in plain words whether anybody has changed it. */
export function VerifyDialog({ jobs, onClose }: { jobs: AuditJobs; onClose: () => void }) {
  const { t, tell } = useText();
  const [head, setHead] = useState('');
  useShortcuts('dialog', []);
  const { check } = jobs;

  function start(event: FormEvent) {
    event.preventDefault();
    jobs.startCheck(head.trim());
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('audit-screen.verify-title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <div className={styles.dialog}>
        <p>{t('audit-screen.verify-what')}</p>
        {isRunning(check) ? (
          <JobProgress job={check} words={t('audit-screen.verifying')} onStop={() => jobs.stop(check)} />
        ) : (
          <>
            {check !== null && <Verdict job={check} />}
            <form className={styles.dialog} onSubmit={start}>
              <TextInput
                label={t('audit-screen.head-label')}
                description={t('audit-screen.head-hint')}
                maxLength={80}
                autoComplete="off"
                spellCheck={false}
                value={head}
                error={jobs.headProblem === null ? null : tell(jobs.headProblem)}
                onChange={(event) => setHead(event.currentTarget.value)}
              />
              <Group justify="flex-end" gap="xs">
                <Button variant="default" onClick={onClose}>
                  {t('app.close')}
                </Button>
                <Button type="submit" loading={jobs.isStarting} data-autofocus>
                  {t(check === null ? 'audit-screen.verify-start' : 'audit-screen.verify-again')}
                </Button>
              </Group>
            </form>
          </>
        )}
        <p className={styles.fine}>{t('audit-screen.limits')}</p>
      </div>
    </Modal>
  );
}

/** How a check ended: whole, not whole, or not finished. By word, sign and colour. */
function Verdict({ job }: { job: Job }) {
  const { tell } = useText();
  const isWhole = job.state === 'done';
  const isBroken = job.state === 'failed';
  const Icon = isWhole ? CircleCheck : isBroken ? CircleAlert : CircleDashed;
  const words = isBroken ? job.failure : job.outcome;
  return (
    <div
      className={`${styles.verdict} ${isWhole ? styles.whole : isBroken ? styles.broken : ''}`}
      role={isBroken ? 'alert' : 'status'}
      data-verdict={job.state}
    >
      <Icon size={20} aria-hidden />
      <p>{words === null ? '' : tell(words)}</p>
    </div>
  );
}
