import { CircleAlert, CircleCheck, CircleDashed } from 'lucide-react';
import { useText } from '#renderer/lib/text.tsx';
import { cents } from '#shared/domain/money.ts';
import type { Account } from './account-words.ts';
import styles from './Balance.module.css';

type Props = {
  comparison: Account['comparison'];
  /** Only the sign is to be seen; the words are for a screen reader and under the pointer. */
  isShort?: boolean;
};

/** How a balance stands beside the books at the same instant: by sign, colour and words. */
export function Comparison({ comparison, isShort = false }: Props) {
  const { t, tell, kes, time } = useText();
  if (comparison.type === 'equal') {
    return (
      <Verdict tone={styles.equal} words={t('balance.equal')} isShort={isShort}>
        <CircleCheck size={14} aria-hidden />
      </Verdict>
    );
  }
  if (comparison.type === 'differs') {
    const { by, books, at } = comparison;
    const amount = kes(cents(Math.abs(by)));
    const words = t('balance.differs', {
      way: by > 0 ? 'more' : 'less',
      amount,
      books: kes(books),
      at: time(at),
    });
    return (
      <Verdict
        tone={styles.differs}
        words={isShort ? t('balance.differs-short', { amount }) : words}
        isShort={false}
      >
        <CircleAlert size={14} aria-hidden />
      </Verdict>
    );
  }
  const words = t('balance.not-comparable', { why: tell(comparison.why) });
  return (
    <Verdict tone={styles.unknown} words={words} isShort={isShort}>
      <CircleDashed size={14} aria-hidden />
    </Verdict>
  );
}

type VerdictProps = {
  tone: string | undefined;
  words: string;
  isShort: boolean;
  children: React.ReactNode;
};

function Verdict({ tone, words, isShort, children }: VerdictProps) {
  return (
    <span className={`${styles.verdict} ${tone ?? ''}`} title={isShort ? words : undefined}>
      {children}
      <span className={isShort ? 'visually-hidden' : ''}>{words}</span>
    </span>
  );
}
