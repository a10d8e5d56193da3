import { Drawer } from '@mantine/core';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useAnswer } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { BalanceAnswer, BalanceOfCode } from '#shared/ipc/balance-channels.ts';
import { nameAccount, pickAccounts, sayAmount } from './account-words.ts';
import styles from './Balance.module.css';
import { Comparison } from './Comparison.tsx';
import { QuestionState } from './QuestionState.tsx';

/** Every account of the last answer beside the books, and the answers before it. */
export function BalanceDrawer({ code, onClose }: { code: BalanceOfCode; onClose: () => void }) {
  const { t, tell } = useText();
  useShortcuts('dialog', []);
  const { shortCode, till, answer } = code;
  const history = useAnswer('balance:history', { shortCode });
  const earlier = history.data?.answers.filter(({ id }) => id !== answer?.id) ?? [];
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={560}
      title={t('balance.of', { name: till ?? shortCode })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <p className={styles.soft}>
        <QuestionState code={code} />
      </p>
      {code.cannotAsk !== null && code.question?.state !== 'waiting' && (
        <p className={styles.fine}>{tell(code.cannotAsk)}</p>
      )}
      {answer !== null && <Accounts answer={answer} />}
      <p className={styles.fine}>{t('balance.how-compared')}</p>
      <h3 className={styles.heading}>{t('balance.earlier')}</h3>
      {history.error !== null && <ErrorNotice error={history.error} onRetry={() => void history.refetch()} />}
      {history.data !== undefined && earlier.length === 0 && (
        <p className={styles.soft}>{t('balance.no-earlier')}</p>
      )}
      <ul className={styles.history}>
        {earlier.map((one) => (
          <Earlier key={one.id} answer={one} />
        ))}
      </ul>
    </Drawer>
  );
}

function Accounts({ answer }: { answer: BalanceAnswer }) {
  const text = useText();
  const { t, money } = text;
  return (
    <>
      <ul className={styles.list}>
        {answer.accounts.map((account) => (
          <li key={account.name} className={styles.account}>
            <div className={styles.line}>
              <span>{nameAccount(account, text)}</span>
              <strong>{sayAmount(account, text)}</strong>
            </div>
            <div className={styles.parts}>
              {account.availableCents !== null && (
                <span>{t('balance.available', { amount: money(account.availableCents) })}</span>
              )}
              {account.reservedCents !== null && account.reservedCents !== 0 && (
                <span>{t('balance.on-hold', { amount: money(account.reservedCents) })}</span>
              )}
              {account.unclearedCents !== null && account.unclearedCents !== 0 && (
                <span>{t('balance.uncleared', { amount: money(account.unclearedCents) })}</span>
              )}
            </div>
            <Comparison comparison={account.comparison} />
          </li>
        ))}
      </ul>
      {answer.unread.length > 0 && (
        <p className={styles.fine}>{t('balance.unread', { parts: answer.unread.join(' · ') })}</p>
      )}
    </>
  );
}

function Earlier({ answer }: { answer: BalanceAnswer }) {
  const text = useText();
  const { time } = text;
  return (
    <li>
      <span className={styles.soft}>{time(answer.asOf ?? answer.answeredAt)}</span>
      <span className={styles.soft}>{answer.askedBy}</span>
      <ul className={styles.accounts}>
        {pickAccounts(answer.accounts, 2).map((account) => (
          <li key={account.name}>
            <span className={styles.soft}>{nameAccount(account, text)}</span>
            <strong>{sayAmount(account, text)}</strong>
            <Comparison comparison={account.comparison} isShort />
          </li>
        ))}
      </ul>
    </li>
  );
}
