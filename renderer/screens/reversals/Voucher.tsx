import { useText } from '#renderer/lib/text.tsx';
import { ReversalFacts } from './ReversalFacts.tsx';
import type { ReversalDetail } from './reversal-words.ts';
import styles from './Voucher.module.css';

/** One reversal on paper: both names, the times, the ids, and what proves that the log says so. */
export function Voucher({ detail }: { detail: ReversalDetail }) {
  const { t, tell, time, kes, count } = useText();
  const { reversal, voucher } = detail;
  return (
    <article className={styles.sheet}>
      <header>
        <strong>{voucher.shop}</strong>
        <span>Daftari</span>
      </header>
      <h1>{t('reversals.voucher-title', { name: reversal.name, amount: kes(reversal.amountCents) })}</h1>
      <p>{tell(reversal.standing)}</p>
      <ReversalFacts detail={detail} />
      <h2>{t('reversals.timeline')}</h2>
      <ol>
        {detail.timeline.map((step) => (
          <li key={step.auditSeq}>
            {time(step.at)} · {tell(step.what)}
          </li>
        ))}
      </ol>
      <h2>{t('reversals.voucher-proof')}</h2>
      <p className={styles.codes}>
        {voucher.entries.map(({ seq, code }) => `${count(seq)}: ${code}`).join(' · ')}
      </p>
      <p className={styles.codes}>
        {t('reversals.voucher-head', { entries: count(voucher.head.entries), code: voucher.head.code })}
      </p>
      <div className={styles.signatures}>
        <span>{t('reversals.voucher-asked', { name: reversal.requestedBy.name })}</span>
        <span>{t('reversals.voucher-approved', { name: reversal.approvedBy?.name ?? '…' })}</span>
      </div>
    </article>
  );
}
