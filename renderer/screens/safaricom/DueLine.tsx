import { useText } from '#renderer/lib/text.tsx';
import { businessDayOf } from '#shared/domain/time.ts';
import type { CredentialView } from '#shared/ipc/credential-channels.ts';
import { choice } from './choice.ts';
import styles from './Safaricom.module.css';

/** Who set a secret and when, and until when it is good. */
export function DueLine({ view }: { view: CredentialView }) {
  const { t, day } = useText();
  const { name, form, setAt, setBy, dueAt, left, standing, days } = view;
  const tone = standing === 'overdue' ? styles.bad : standing === 'due-soon' ? styles.warn : styles.soft;
  return (
    <p className={styles.facts}>
      {name !== null && (
        <span>
          {t('safaricom-screen.operator-is', { name })}
          {form === 'ready-made' && ` ${t('safaricom-screen.is-ready-made')}`}
        </span>
      )}
      <span>{t('safaricom-screen.set-by', { day: day(businessDayOf(setAt)), name: setBy })}</span>
      <span className={tone}>
        {t('safaricom-screen.due', {
          standing: choice(standing),
          day: day(businessDayOf(dueAt)),
          left,
          days,
        })}
      </span>
    </p>
  );
}
