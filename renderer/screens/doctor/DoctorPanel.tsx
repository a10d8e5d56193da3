import { Loader } from '@mantine/core';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { useAnswer, useAppState } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import { CheckLine } from './CheckLine.tsx';
import styles from './Doctor.module.css';
import { DoctorHead } from './DoctorHead.tsx';
import { useDoctor } from './use-doctor.ts';

/** One line for each thing that can be wrong, the worst first, with how to mend it. */
export function DoctorPanel() {
  const { t } = useText();
  const { permissions } = useAppState();
  const { data, error, refetch } = useAnswer('doctor:show', {});
  const doctor = useDoctor(data);
  const mayAsk = permissions.includes('safaricom.write');
  if (data === undefined) {
    if (error !== null) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
    return <Loader className={styles.waiting ?? ''} aria-label={t('doctor.loading')} />;
  }
  return (
    <div className={styles.panel}>
      <DoctorHead view={data} doctor={doctor} mayAsk={mayAsk} />
      <ul className={styles.checks} aria-label={t('doctor.list')}>
        {data.checks.map((check) => (
          <CheckLine
            key={`${check.name} ${check.about ?? ''} ${check.finding.id}`}
            check={check}
            doctor={doctor}
            mayAsk={mayAsk}
          />
        ))}
      </ul>
    </div>
  );
}
