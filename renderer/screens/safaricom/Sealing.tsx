import { LockKeyhole, TriangleAlert } from 'lucide-react';
import { useText } from '#renderer/lib/text.tsx';
import type { ShortCodeView } from '#shared/ipc/credential-channels.ts';
import styles from './Safaricom.module.css';

/** For whom the password that sends money back opens, and what the others still have to do. */
export function Sealing({ code, isSet }: { code: ShortCodeView; isSet: boolean }) {
  const { t } = useText();
  const { to, signInOnce, typeAgain } = code.sealing;
  const list = (names: readonly string[]) => names.join(', ');
  return (
    <>
      {code.sharesOperator && (
        <div className={styles.caution}>
          <TriangleAlert size={16} aria-hidden />
          <p>{t('safaricom-screen.shares-operator')}</p>
        </div>
      )}
      {isSet && (
        <p className={styles.sealing}>
          <LockKeyhole size={14} aria-hidden />
          <span>
            {to.length > 0 && t('safaricom-screen.sealed-to', { names: list(to.map(({ name }) => name)) })}
            {typeAgain.length > 0 && ` ${t('safaricom-screen.type-again', { names: list(typeAgain) })}`}
            {signInOnce.length > 0 && ` ${t('safaricom-screen.sign-in-once', { names: list(signInOnce) })}`}
          </span>
        </p>
      )}
      {!isSet && signInOnce.length > 0 && (
        <p className={styles.soft}>{t('safaricom-screen.sign-in-first', { names: list(signInOnce) })}</p>
      )}
    </>
  );
}
