import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { RefreshCw, Wallet } from 'lucide-react';
import { useState } from 'react';
import { useToasts } from '#renderer/app/toasts.tsx';
import { ask } from '#renderer/lib/api.ts';
import { keyOf, useAnswer, useAppState } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { BalanceOfCode } from '#shared/ipc/balance-channels.ts';
import { nameAccount, pickAccounts, sayAmount } from './account-words.ts';
import styles from './Balance.module.css';
import { BalanceDrawer } from './BalanceDrawer.tsx';
import { Comparison } from './Comparison.tsx';
import { QuestionState } from './QuestionState.tsx';

/** As many as fit beside the time and the buttons in a window of 1,280. */
const MOST = 3;

/** What Safaricom says that the shop's accounts hold, in a line under the day. Nothing where nothing is set up. */
export function BalanceStrip({ tillId }: { tillId: number | null }) {
  const { permissions } = useAppState();
  const mayRead = permissions.includes('balances.read');
  const { data } = useAnswer('balance:show', {}, { isEnabled: mayRead });
  const codes = (mayRead ? (data?.codes ?? []) : []).filter(
    (code) => tillId === null || code.tillId === tillId,
  );
  if (codes.length === 0) return null;
  return (
    <div className={styles.strips}>
      {codes.map((code) => (
        <CodeStrip key={code.shortCode} code={code} mayAsk={permissions.includes('balances.ask')} />
      ))}
    </div>
  );
}

function CodeStrip({ code, mayAsk }: { code: BalanceOfCode; mayAsk: boolean }) {
  const text = useText();
  const { t, tell } = text;
  const { failed } = useToasts();
  const client = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const { shortCode, till, answer, question, cannotAsk } = code;
  const asking = useMutation({
    mutationFn: () => ask('balance:ask', { shortCode }),
    onSuccess: (shown) => client.setQueryData(keyOf('balance:show', {}), shown),
    onError: failed,
  });
  const isWaiting = question?.state === 'waiting' || asking.isPending;
  const name = till ?? shortCode;

  return (
    <section className={styles.strip} aria-label={t('balance.of', { name })}>
      <span className={styles.name}>
        <Wallet size={15} aria-hidden />
        {name}
      </span>
      {answer !== null && (
        <ul className={styles.accounts}>
          {pickAccounts(answer.accounts, MOST).map((account) => (
            <li key={account.name}>
              <span className={styles.soft}>{nameAccount(account, text)}</span>
              <strong>{sayAmount(account, text)}</strong>
              <Comparison comparison={account.comparison} isShort />
            </li>
          ))}
        </ul>
      )}
      <span className={styles.soft}>
        <QuestionState code={code} />
      </span>
      <span className={styles.buttons}>
        {mayAsk && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<RefreshCw size={14} aria-hidden />}
            loading={asking.isPending}
            disabled={cannotAsk !== null || isWaiting}
            title={cannotAsk === null ? undefined : tell(cannotAsk)}
            onClick={() => asking.mutate()}
          >
            {t('balance.ask')}
          </Button>
        )}
        {answer !== null && (
          <Button size="compact-sm" variant="subtle" onClick={() => setIsOpen(true)}>
            {t('balance.more')}
          </Button>
        )}
      </span>
      {isOpen && <BalanceDrawer code={code} onClose={() => setIsOpen(false)} />}
    </section>
  );
}
