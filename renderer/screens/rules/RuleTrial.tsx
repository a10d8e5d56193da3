import { Skeleton } from '@mantine/core';
import { CircleAlert, CircleCheck, CircleQuestionMark } from 'lucide-react';
import { Chip, type Tone } from '#renderer/components/Chip.tsx';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { useText } from '#renderer/lib/text.tsx';
import type { BusinessDay } from '#shared/domain/time.ts';
import type { RuleTrial as Trial } from '#shared/ipc/rule-channels.ts';
import { PaymentSide, SaleSide } from '../reconcile/Sides.tsx';
import styles from './Rules.module.css';

type Verdict = Trial['examples'][number]['verdict'];
const TONES: Readonly<Record<Verdict, Tone>> = { agrees: 'good', contradicts: 'bad', open: 'likely' };
const ICONS = { agrees: CircleCheck, contradicts: CircleAlert, open: CircleQuestionMark } as const;

type Props = { trial: Trial | undefined; error: unknown; onRetry: () => void };

/** What a rule would have suggested on past days, beside what people did there. */
export function RuleTrial({ trial, error, onRetry }: Props) {
  const { t, day } = useText();
  if (error !== null) return <ErrorNotice error={error} onRetry={onRetry} />;
  if (trial === undefined) return <Skeleton height={200} animate={false} />;
  const { days, wouldMatch, agrees, contradicts, open, examples } = trial;
  const span = days === null ? null : nameSpan(days, day);
  if (span === null || wouldMatch === 0) {
    return (
      <p className={styles.soft} role="status">
        {span === null ? t('rules.trial-no-days') : t('rules.trial-nothing', span)}
      </p>
    );
  }
  return (
    <div className={styles.trial}>
      <p role="status">{t('rules.trial-total', { count: wouldMatch, ...span })}</p>
      <ul className={styles.figures}>
        <Figure verdict="agrees" count={agrees} />
        <Figure verdict="contradicts" count={contradicts} />
        <Figure verdict="open" count={open} />
      </ul>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard */}
      <ul className={styles.examples} tabIndex={0} aria-label={t('rules.trial-examples')}>
        {examples.map(({ verdict, payment, sale }) => (
          <li key={`${payment.id}-${sale.id}`}>
            <PaymentSide payments={[payment]} withDay />
            <SaleSide sales={[sale]} withDay receipt={null} />
            <VerdictChip verdict={verdict} />
          </li>
        ))}
      </ul>
      {examples.length < wouldMatch && (
        <p className={styles.soft}>{t('rules.trial-more', { count: wouldMatch - examples.length })}</p>
      )}
    </div>
  );
}

/** The days of the trial as its sentences take them. */
function nameSpan({ from, to }: NonNullable<Trial['days']>, name: (day: BusinessDay) => string) {
  return { span: from === to ? 'day' : 'days', from: name(from), to: name(to) };
}

function Figure({ verdict, count }: { verdict: Verdict; count: number }) {
  const { t } = useText();
  return (
    <li data-verdict={verdict}>
      <strong>{count}</strong> {t('rules.trial-figure', { verdict, count })}
    </li>
  );
}

function VerdictChip({ verdict }: { verdict: Verdict }) {
  const { t } = useText();
  return (
    <span>
      <Chip tone={TONES[verdict]} icon={ICONS[verdict]}>
        {t('rules.verdict', { verdict })}
      </Chip>
    </span>
  );
}
