import { Anchor } from '@mantine/core';
import { useHashLocation } from 'wouter/use-hash-location';
import { AuditLink } from '#renderer/app/AuditLink.tsx';
import { auditAboutPath } from '#renderer/app/routes.ts';
import { Amount } from '#renderer/components/Amount.tsx';
import { useText } from '#renderer/lib/text.tsx';
import type { Detail } from '#shared/ipc/views.ts';
import { importPath } from '../statements/paths.ts';
import styles from './SaleDetail.module.css';

/** What a sale is matched with, what says that it happened, and who did what to it. */
export function SaleStory({ detail }: { detail: Detail }) {
  const { t, tell, time } = useText();
  const { sale } = detail;
  return (
    <>
      {detail.related.length > 0 && (
        <section className={styles.section}>
          <h3>{t('sales.related')}</h3>
          <ul>
            {detail.related.map((payment) => (
              <li key={payment.id}>
                <strong>{payment.receipt}</strong> · <Amount cents={payment.amountCents} withCurrency /> ·{' '}
                {time(payment.at)}
                <div className={styles.fine}>
                  {[payment.name, payment.phone].filter((word) => word !== null).join(' · ')}
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className={styles.section}>
        <h3>{t('sales.evidence')}</h3>
        <ul>
          {detail.evidence.map((evidence) => (
            <li key={`${evidence.channel}-${evidence.importId ?? ''}-${evidence.row ?? ''}-${evidence.at}`}>
              <Source evidence={evidence} />
            </li>
          ))}
        </ul>
      </section>
      {detail.history.length > 0 && (
        <section className={styles.section}>
          <h3>{t('sales.history')}</h3>
          <ul>
            {detail.history.map((entry) => (
              <li key={`${entry.at}-${entry.what.id}`}>
                {tell(entry.what)}
                <div className={styles.fine}>
                  {time(entry.at)} · {entry.by}
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
      {sale !== null && <AuditLink to={auditAboutPath(`sale:${sale.id}`)} />}
    </>
  );
}

function Source({ evidence }: { evidence: Detail['evidence'][number] }) {
  const { t, time, count } = useText();
  const [, navigate] = useHashLocation();
  const { importId, fileName, row } = evidence;
  if (importId === null || fileName === null) {
    return (
      <>
        {t('sales.evidence-typed')}
        <div className={styles.fine}>{time(evidence.at)}</div>
      </>
    );
  }
  const words = row === null ? fileName : t('sales.evidence-file', { file: fileName, row: count(row) });
  return (
    <Anchor
      component="button"
      type="button"
      ta="left"
      onClick={() => navigate(importPath('sales', importId))}
    >
      {words}
    </Anchor>
  );
}
