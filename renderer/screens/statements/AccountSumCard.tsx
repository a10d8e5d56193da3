import { CircleAlert, CircleCheck, CircleDashed, Clock, type LucideIcon } from 'lucide-react';
import { Amount } from '#renderer/components/Amount.tsx';
import { useText } from '#renderer/lib/text.tsx';
import type { Cents } from '#shared/domain/money.ts';
import type { ImportAccountView } from '#shared/ipc/views.ts';
import { sumAccount } from './account-sum.ts';
import { FileBalance } from './FileCells.tsx';
import styles from './FileDetail.module.css';
import { notStatedWords } from './file-words.ts';

/** Opening + in − out = closing, laid out as one would on paper, and under it what was checked. */
export function AccountSumCard({ account }: { account: ImportAccountView }) {
  const { t } = useText();
  const { expected, difference } = sumAccount(account);
  const isOff = difference !== null && difference !== 0;
  const title = `${account.account} · ${account.shortCode}`;
  return (
    <section className={styles.account} aria-label={title}>
      <div className={styles.accountHead}>
        <span>{title}</span>
        <FileBalance isBalanced={account.isBalanced} />
      </div>
      <table className={styles.sum}>
        <tbody>
          <Line sign="" words={t('statements.sum-opening')} cents={account.openingCents} />
          <Line sign="+" words={t('statements.sum-in')} cents={account.inCents} />
          <Line sign="−" words={t('statements.sum-out')} cents={account.outCents} />
          <Line sign="=" words={t('statements.sum-expected')} cents={expected} className={styles.line} />
          <Line sign="" words={t('statements.sum-closing')} cents={account.closingCents} />
          {isOff && (
            <Line sign="≠" words={t('statements.sum-difference')} cents={difference} className={styles.off} />
          )}
        </tbody>
      </table>
      <Checks account={account} />
    </section>
  );
}

type LineProps = { sign: string; words: string; cents: Cents | null; className?: string | undefined };

function Line({ sign, words, cents, className }: LineProps) {
  const { t } = useText();
  return (
    <tr className={className}>
      <th scope="row">
        <span className={styles.sign} aria-hidden>
          {sign}
        </span>
        {words}
      </th>
      <td>
        {cents === null ? (
          <span className={styles.unstated}>{t('statements.not-stated')}</span>
        ) : (
          <Amount cents={cents} />
        )}
      </td>
    </tr>
  );
}

function Checks({ account }: { account: ImportAccountView }) {
  const { t, time } = useText();
  const unstated = notStatedWords(account).map((name) => t(name));
  return (
    <ul className={styles.checks} aria-label={t('statements.checks')}>
      {account.isBalanced === true && (
        <Check icon={CircleCheck} tone="good" words={t('statements.check-balanced')} />
      )}
      {account.isBalanced === false && (
        <Check
          icon={CircleAlert}
          tone="bad"
          words={t('statements.check-breaks', { count: account.breaks })}
        />
      )}
      {account.isBalanced === null && (
        <Check icon={CircleDashed} tone="quiet" words={t('statements.check-balance-not-stated')} />
      )}
      {account.coveredTo === null ? (
        <Check icon={CircleDashed} tone="quiet" words={t('statements.check-covers-nothing')} />
      ) : (
        <Check
          icon={account.isPartial ? Clock : CircleCheck}
          tone={account.isPartial ? 'open' : 'good'}
          words={t(account.isPartial ? 'statements.check-partial' : 'statements.check-whole', {
            at: time(account.coveredTo),
          })}
        />
      )}
      {unstated.length > 0 && (
        <Check
          icon={CircleDashed}
          tone="quiet"
          words={t('statements.not-stated-list', { names: unstated.join(', ') })}
        />
      )}
    </ul>
  );
}

function Check({
  icon: Icon,
  tone,
  words,
}: {
  icon: LucideIcon;
  tone: 'good' | 'bad' | 'open' | 'quiet';
  words: string;
}) {
  return (
    <li>
      <Icon size={16} aria-hidden className={styles[tone]} />
      <span>{words}</span>
    </li>
  );
}
