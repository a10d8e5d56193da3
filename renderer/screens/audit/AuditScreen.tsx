import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useLocation, useParams } from 'wouter';
import { paths } from '#renderer/app/routes.ts';
import { PageHeader } from '#renderer/components/PageHeader.tsx';
import { useAnswer } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import styles from './Audit.module.css';
import { AuditActions } from './AuditActions.tsx';
import { AuditAlarm } from './AuditAlarm.tsx';
import { AuditHeadBox } from './AuditHeadBox.tsx';
import { AuditList } from './AuditList.tsx';
import { AuditToolbar } from './AuditToolbar.tsx';
import { type Asked, type AuditFilters, NO_FILTERS, readAddress } from './audit-filters.ts';
import { useAuditJobs } from './use-audit-jobs.ts';

/** The memory of the shop: who did what, whether anybody has changed it since, and a copy to take away. */
export function AuditScreen() {
  const { how, what } = useParams<{ how?: string; what?: string }>();
  return <AuditLog key={`${how}/${what}`} asked={readAddress(how, what)} />;
}

function AuditLog({ asked: { subject, search } }: { asked: Asked }) {
  const { t } = useText();
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [filters, setFilters] = useState<AuditFilters>({ ...NO_FILTERS, search });
  const head = useAnswer('audit:head', {});
  const jobs = useAuditJobs();

  // What happened while another screen was open is not waited for: the list begins at the newest entry.
  useEffect(() => {
    void client.resetQueries({ queryKey: ['audit:list'] });
    void client.invalidateQueries({ queryKey: ['audit:head'] });
  }, [client]);

  return (
    <div className={styles.screen}>
      <PageHeader
        title={t('nav.audit')}
        sub={t('audit-screen.subtitle')}
        actions={<AuditActions jobs={jobs} />}
      />
      <div>
        <AuditAlarm alarm={head.data?.alarm ?? null} />
        <AuditHeadBox head={head.data} error={head.error} onRetry={() => void head.refetch()} />
        <AuditToolbar
          filters={filters}
          onFilter={setFilters}
          people={head.data?.people ?? []}
          subject={subject}
          onClearSubject={() => navigate(paths.audit)}
        />
      </div>
      <AuditList
        filters={filters}
        subject={subject}
        entries={head.data?.entries ?? null}
        onClear={() => {
          setFilters(NO_FILTERS);
          if (subject !== null) navigate(paths.audit);
        }}
      />
    </div>
  );
}
