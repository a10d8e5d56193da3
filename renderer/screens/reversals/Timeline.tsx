import { useText } from '#renderer/lib/text.tsx';
import styles from './Reversals.module.css';
import type { ReversalDetail } from './reversal-words.ts';

/** Its life in steps, oldest first, each with the entry of the log that was written with it. */
export function Timeline({ detail }: { detail: ReversalDetail }) {
  const { t, tell, time, count } = useText();
  return (
    <section>
      <h3>{t('reversals.timeline')}</h3>
      <ol className={styles.timeline}>
        {detail.timeline.map((step) => (
          <li key={step.auditSeq}>
            <div>{tell(step.what)}</div>
            <small>
              {time(step.at)} · {step.by} · {t('reversals.entry', { seq: count(step.auditSeq) })}
            </small>
          </li>
        ))}
      </ol>
    </section>
  );
}
