import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { LoaderCircle, Satellite, TriangleAlert } from 'lucide-react';
import { useToasts } from '#renderer/app/toasts.tsx';
import { ask } from '#renderer/lib/api.ts';
import { keyOf, useAnswer, useAppState } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { PulledCodeView } from '#shared/ipc/pull-channels.ts';
import styles from './PullStatus.module.css';

/** How many stretches are named one by one; the calendar shows them all. */
const MOST_NAMED = 3;

/** How asking Pull goes, for each number that is registered for it; nothing where none is. */
export function PullStatus() {
  const pulls = useAnswer('pull:list', {});
  const { tills } = useAppState();
  if (pulls.data === undefined || pulls.data.codes.length === 0) return null;
  const { codes } = pulls.data;
  const hasSeveral = tills.length > 1 || codes.length > 1;
  return (
    <div className={styles.pulls}>
      {codes.map((code) => (
        <OneCode key={code.shortCode} code={code} isNamed={hasSeveral} />
      ))}
    </div>
  );
}

function OneCode({ code, isNamed }: { code: PulledCodeView; isNamed: boolean }) {
  const { t, tell, time } = useText();
  const { permissions } = useAppState();
  const { shortCode, running, last, stopped, lost } = code;
  return (
    <section className={styles.pull} aria-label={t('pull.title', { number: shortCode })}>
      <p className={styles.line}>
        {running === null ? (
          <Satellite size={15} aria-hidden />
        ) : (
          <LoaderCircle size={15} aria-hidden className={styles.turning} />
        )}
        <span className={styles.words} aria-live="polite">
          {isNamed && <strong>{code.till} </strong>}
          <PullWords code={code} />
        </span>
        {permissions.includes('ledger.import') && <PullButton code={code} />}
      </p>
      {running === null && stopped !== null && <p className={styles.bad}>{tell(stopped)}</p>}
      {running === null && stopped === null && last?.why != null && (
        <p className={styles.open}>{tell(last.why)}</p>
      )}
      {lost.length > 0 && (
        <div className={styles.lost} role="note">
          <TriangleAlert size={15} aria-hidden />
          <span>
            {t('pull.lost', {
              stretches: lost
                .slice(-MOST_NAMED)
                .map(({ from, to }) => t('pull.stretch', { from: time(from), to: time(to) }))
                .join('; '),
              more: Math.max(0, lost.length - MOST_NAMED),
            })}
          </span>
        </div>
      )}
    </section>
  );
}

function PullWords({ code: { running, last, nextAt } }: { code: PulledCodeView }) {
  const { t, time, clock } = useText();
  if (running !== null) return t('pull.running', { rows: running.rows });
  if (last === null) return t('pull.never');
  const words = t('pull.last', {
    at: time(last.at),
    outcome: last.outcome,
    rows: last.rows,
    new: last.newRows,
  });
  return nextAt === null ? words : `${words} ${t('pull.next', { at: clock(nextAt) })}`;
}

function PullButton({ code: { shortCode, running } }: { code: PulledCodeView }) {
  const { t } = useText();
  const client = useQueryClient();
  const { failed } = useToasts();
  const press = useMutation({
    mutationFn: (channel: 'pull:now' | 'pull:cancel') => ask(channel, { shortCode }),
    onSuccess: (list) => client.setQueryData(keyOf('pull:list', {}), list),
    onError: failed,
  });
  const channel = running === null ? 'pull:now' : 'pull:cancel';
  return (
    <Button
      size="compact-xs"
      variant="default"
      disabled={press.isPending}
      onClick={() => press.mutate(channel)}
    >
      {t(running === null ? 'pull.now' : 'pull.cancel')}
    </Button>
  );
}
