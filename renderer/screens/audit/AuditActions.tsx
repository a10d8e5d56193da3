import { Button } from '@mantine/core';
import { FileOutput, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useAppState } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import { isRunning, percentOf } from './job-state.ts';
import type { AuditJobs } from './use-audit-jobs.ts';
import { VerifyDialog } from './VerifyDialog.tsx';

/** Checks the log and takes a copy of it; both say how far they are while their dialog is closed. */
export function AuditActions({ jobs }: { jobs: AuditJobs }) {
  const { t } = useText();
  const { permissions } = useAppState();
  const [open, setOpen] = useState<'verify' | 'export' | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      {permissions.includes('audit.export') && (
        <Button
          size="xs"
          variant="default"
          leftSection={<FileOutput size={16} aria-hidden />}
          onClick={() => setOpen('export')}
        >
          {isRunning(jobs.copy) ? t('audit-screen.exporting-short') : t('audit-screen.export')}
        </Button>
      )}
      <Button size="xs" leftSection={<ShieldCheck size={16} aria-hidden />} onClick={() => setOpen('verify')}>
        {isRunning(jobs.check)
          ? t('audit-screen.verifying-short', { percent: percentOf(jobs.check) })
          : t('audit-screen.verify')}
      </Button>
      {open === 'verify' && <VerifyDialog jobs={jobs} onClose={close} />}
      {open === 'export' && <ExportDialog jobs={jobs} onClose={close} />}
    </>
  );
}
