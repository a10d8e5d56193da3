import { TriangleAlert } from 'lucide-react';
import { useText } from '#renderer/lib/text.tsx';
import type { ExplanationView } from '#shared/ipc/callback-channels.ts';
import styles from './Callbacks.module.css';

/** What is understood of a body, a message or a receipt, one fact a line. */
export function Explained({ explanation }: { explanation: ExplanationView }) {
  const { t, tell } = useText();
  const { head, facts, reason, warnings } = explanation;
  return (
    <div className={styles.explained}>
      <p className={styles.what}>{tell(head)}</p>
      {reason !== null && <p>{tell(reason)}</p>}
      {facts.length > 0 && (
        <dl className={styles.facts}>
          {facts.map(({ field, value }, at) => (
            // Facts never move: their place is their name.
            // biome-ignore lint/suspicious/noArrayIndexKey: two facts may be alike, such as two parties
            <div key={at} className={styles.fact}>
              <dt>{t('callbacks.field', { field: field.replaceAll('-', '_') })}</dt>
              <dd>{tell(value)}</dd>
            </div>
          ))}
        </dl>
      )}
      {warnings.map((warning) => (
        <p key={JSON.stringify(warning)} className={styles.warning}>
          <TriangleAlert size={16} aria-hidden />
          <span>{tell(warning)}</span>
        </p>
      ))}
    </div>
  );
}
