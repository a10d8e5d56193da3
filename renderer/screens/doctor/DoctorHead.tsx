import { Button, Progress } from '@mantine/core';
import { RadioTower, Stethoscope } from 'lucide-react';
import { useText } from '#renderer/lib/text.tsx';
import { tally } from '#shared/domain/doctor/check.ts';
import type { DoctorView } from '#shared/ipc/doctor-channels.ts';
import styles from './Doctor.module.css';
import type { Doctor } from './use-doctor.ts';

type Props = { view: DoctorView; doctor: Doctor; mayAsk: boolean };

/** How it stands in one sentence, when it was looked at, and what can be looked at now. */
export function DoctorHead({ view, doctor, mayAsk }: Props) {
  const { t, tell, shortTime } = useText();
  const { failure, warning, 'not-checked': open } = tally(view.checks);
  const { job, isStarting } = doctor;
  const isBusy = job !== null || isStarting;
  return (
    <div className={styles.head}>
      <div className={styles.sum}>
        <h2>{t('doctor.outcome', { failures: failure, warnings: warning })}</h2>
        <p className={styles.soft}>
          {open > 0 && t('doctor.open', { count: open })}{' '}
          {view.checkedAt === null
            ? t('doctor.never-run')
            : t('doctor.run-at', { at: shortTime(view.checkedAt) })}{' '}
          {view.databaseAt !== null && t('doctor.database-at', { at: shortTime(view.databaseAt) })}
        </p>
      </div>
      <div className={styles.actions}>
        <Button
          variant="default"
          size="xs"
          leftSection={<Stethoscope size={15} aria-hidden />}
          disabled={isBusy}
          onClick={() => doctor.run(true)}
        >
          {t('doctor.check-computer')}
        </Button>
        {mayAsk && view.codes.length > 0 && (
          <Button
            size="xs"
            leftSection={<RadioTower size={15} aria-hidden />}
            disabled={isBusy}
            onClick={() => doctor.ask({ shortCode: null, receipt: null })}
          >
            {t('doctor.check-safaricom')}
          </Button>
        )}
      </div>
      {mayAsk && view.codes.length > 0 && <p className={styles.fine}>{t('doctor.what-asking-costs')}</p>}
      {job !== null && (
        <div className={styles.running} role="status">
          <span>{t('doctor.running')}</span>
          <Progress
            className={styles.bar ?? ''}
            value={Math.min(99, Math.floor((job.fraction ?? 0) * 100))}
            aria-label={t('doctor.running')}
          />
          <Button size="compact-sm" variant="default" onClick={doctor.stop}>
            {t('app.cancel')}
          </Button>
        </div>
      )}
      {view.notAsked.length > 0 && (
        <ul className={styles.notAsked} role="status">
          {[...new Set(view.notAsked.map(({ why }) => tell(why)))].map((why) => (
            <li key={why}>{why}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
