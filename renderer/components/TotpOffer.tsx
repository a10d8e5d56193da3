import { useText } from '../lib/text.tsx';
import { QrCode } from './QrCode.tsx';
import styles from './TotpOffer.module.css';

type Props = { secret: string; uri: string };

/** What an authenticator app needs: a code to scan, and the same to type. */
export function TotpOffer({ secret, uri }: Props) {
  const { t } = useText();
  return (
    <div className={styles.offer}>
      <QrCode text={uri} label={t('totp.qr')} />
      <div className={styles.words}>
        <ol className={styles.steps}>
          <li>{t('totp.do-1')}</li>
          <li>{t('totp.do-2')}</li>
          <li>{t('totp.do-3')}</li>
        </ol>
        <div>
          <p className={styles.hint}>{t('totp.secret')}</p>
          <code className={styles.secret}>{secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
        </div>
      </div>
    </div>
  );
}
