import { Check, Hourglass, Minus, X } from 'lucide-react';
import { useText } from '#renderer/lib/text.tsx';
import type { LookUpEvidence } from '#shared/ipc/look-up-channels.ts';
import styles from './LookUp.module.css';

const SIGNS = { good: Check, bad: X, wait: Hourglass, quiet: Minus } as const;

/** What speaks for and against, each with where it came from and when. */
export function EvidenceList({ evidence }: { evidence: readonly LookUpEvidence[] }) {
  const { t, tell, time } = useText();
  return (
    <section className={styles.evidence} aria-labelledby="evidence-title">
      <h3 id="evidence-title">{t('look-up-screen.evidence')}</h3>
      <ol>
        {evidence.map((line) => {
          const Icon = SIGNS[line.sign];
          const source = [
            line.channel === null ? null : t('look-up-screen.channel', { channel: line.channel }),
            line.at === null ? null : time(line.at),
          ].filter((part) => part !== null);
          return (
            <li key={JSON.stringify(line)} className={styles[`sign-${line.sign}`] ?? ''}>
              <Icon size={15} aria-hidden />
              <span className="visually-hidden">{t('look-up-screen.sign', { sign: line.sign })}</span>
              <span>{tell(line.what)}</span>
              {source.length > 0 && <small>{source.join(' · ')}</small>}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
