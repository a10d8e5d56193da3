import { Fragment } from 'react';
import { useText } from '#renderer/lib/text.tsx';
import { businessDayOf } from '#shared/domain/time.ts';
import type { CertificateView } from '#shared/ipc/credential-channels.ts';
import styles from './Safaricom.module.css';

/** What a certificate says of itself, and what is known of it. */
export function CertificateFacts({ certificate }: { certificate: CertificateView }) {
  const { t, day } = useText();
  const { subject, issuer, from, to, bits, fingerprint, knownFor, origin, loadedAt, loadedBy } = certificate;
  const notStated = t('safaricom-screen.certificate-not-stated');
  return (
    <dl className={styles.factList}>
      <dt>{t('safaricom-screen.certificate-name')}</dt>
      <dd>{subject ?? notStated}</dd>
      <dt>{t('safaricom-screen.certificate-for')}</dt>
      <dd>{t('safaricom-screen.certificate-known', { knownFor: knownFor ?? 'unknown' })}</dd>
      <dt>{t('safaricom-screen.certificate-valid')}</dt>
      <dd>
        {from === null || to === null
          ? notStated
          : t('safaricom-screen.certificate-dates', {
              from: day(businessDayOf(from)),
              to: day(businessDayOf(to)),
            })}
      </dd>
      <dt>{t('safaricom-screen.certificate-issuer')}</dt>
      <dd>{t('safaricom-screen.certificate-issued', { issuer: issuer ?? notStated, bits: String(bits) })}</dd>
      <dt>{t('safaricom-screen.certificate-print')}</dt>
      <dd className={styles.print}>
        {inPairs(fingerprint).map((pair, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same pair stands in several places, and none ever moves
          <Fragment key={index}>
            {index > 0 && ':'}
            <wbr />
            {pair}
          </Fragment>
        ))}
      </dd>
      <dt>{t('safaricom-screen.certificate-from')}</dt>
      <dd>
        {origin === 'shipped' || loadedAt === null
          ? t('safaricom-screen.certificate-shipped')
          : t('safaricom-screen.certificate-loaded', {
              day: day(businessDayOf(loadedAt)),
              name: loadedBy ?? '–',
            })}
      </dd>
    </dl>
  );
}

/** As other programs print it: `A5:42:C3…`. */
function inPairs(hex: string): readonly string[] {
  return hex.toUpperCase().match(/../g) ?? [];
}
