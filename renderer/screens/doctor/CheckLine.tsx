import { Button } from '@mantine/core';
import { CircleAlert, CircleCheck, CircleDashed, type LucideIcon, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { paths } from '#renderer/app/routes.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { DoctorCheckView } from '#shared/ipc/doctor-channels.ts';
import styles from './Doctor.module.css';
import { TryReceipt } from './TryReceipt.tsx';
import type { Doctor } from './use-doctor.ts';

type Level = DoctorCheckView['level'];

const SIGNS: Readonly<Record<Level, { icon: LucideIcon; tone: string | undefined }>> = {
  failure: { icon: CircleAlert, tone: styles.failure },
  warning: { icon: TriangleAlert, tone: styles.warning },
  'not-checked': { icon: CircleDashed, tone: styles.open },
  ok: { icon: CircleCheck, tone: styles.fineTone },
};

const PLACES: Readonly<Record<NonNullable<DoctorCheckView['place']>, string>> = {
  'set-up': `${paths.safaricom}/set-up`,
  staff: paths.staff,
  audit: paths.audit,
  callbacks: paths.callbacks,
  settings: paths.settings,
};

/** Lines that this computer's own check fills, and those that only asking Safaricom can. */
const LOCAL: readonly string[] = [
  'keychain',
  'disk-space',
  'node',
  'clock',
  'temp-folder',
  'cipher',
  'workers',
  'database',
  'credentials',
];
const ONLINE: readonly string[] = ['token', 'products', 'initiator'];

/** It was asked, and only Safaricom can say more. */
function isWaiting({ finding }: DoctorCheckView): boolean {
  return finding.id === 'doctor.initiator.waiting' || finding.id === 'doctor.till-number.waiting';
}

type Props = { check: DoctorCheckView; doctor: Doctor; mayAsk: boolean };

/** What was found, how to mend it, and the way there. By sign, word and colour. */
export function CheckLine({ check, doctor, mayAsk }: Props) {
  const { t, tell } = useText();
  const { name, about, level, finding, mend, place } = check;
  const { icon: Icon, tone } = SIGNS[level];
  const isBad = level === 'failure' || level === 'warning';
  const [isNaming, setIsNaming] = useState(false);
  const mayName = name === 'till-number' && level !== 'ok' && mayAsk && !isNaming && !isWaiting(check);
  return (
    <li className={styles.check} data-level={level} data-check={name}>
      <Icon size={17} className={`${styles.sign} ${tone ?? ''}`} aria-hidden />
      <div className={styles.words}>
        <p>
          <span className="visually-hidden">{t(`doctor.level-${level}`)} </span>
          <strong>
            {t(`doctor.name.${name}`)}
            {about !== null && ` · ${about}`}
          </strong>{' '}
          <span className={level === 'ok' ? styles.soft : ''}>{tell(finding)}</span>
        </p>
        {mend !== null && <p className={styles.mend}>{tell(mend)}</p>}
        {isNaming && about !== null && <TryReceipt shortCode={about} doctor={doctor} />}
      </div>
      <div className={styles.way}>
        {mayName && (
          <Button size="compact-sm" variant="default" onClick={() => setIsNaming(true)}>
            {t('doctor.name-receipt')}
          </Button>
        )}
        <Action check={check} doctor={doctor} mayAsk={mayAsk} />
        {isBad && place !== null && (
          <Link href={PLACES[place]} className={styles.link ?? ''}>
            {t(`doctor.go-${place}`)}
          </Link>
        )}
      </div>
    </li>
  );
}

/** The button that fills a line that nobody has looked at, or answers what it asks. */
function Action({ check, doctor, mayAsk }: Props) {
  const { name, about, level } = check;
  const { t } = useText();
  const isBusy = doctor.job !== null || doctor.isStarting;
  if (name === 'access-review' && level === 'warning' && mayAsk) {
    return (
      <Button size="compact-sm" variant="default" disabled={isBusy} onClick={doctor.reviewAccess}>
        {t('doctor.reviewed')}
      </Button>
    );
  }
  // One of this week, too, may have been followed by another.
  if (name === 'copies' && mayAsk) {
    return (
      <Button size="compact-sm" variant="default" disabled={isBusy} onClick={doctor.noteCopy}>
        {t('doctor.copied')}
      </Button>
    );
  }
  if (level !== 'not-checked' || isWaiting(check)) return null;
  if (LOCAL.includes(name)) {
    return (
      <Button
        size="compact-sm"
        variant="default"
        disabled={isBusy}
        onClick={() => doctor.run(name === 'database')}
      >
        {t('doctor.check-now')}
      </Button>
    );
  }
  if (ONLINE.includes(name) && mayAsk && about !== null) {
    return (
      <Button
        size="compact-sm"
        variant="default"
        disabled={isBusy}
        onClick={() => doctor.ask({ shortCode: about, receipt: null })}
      >
        {t('doctor.ask-now')}
      </Button>
    );
  }
  return null;
}
