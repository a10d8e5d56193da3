import { Undo2 } from 'lucide-react';
import { useMemo } from 'react';
import { Amount } from '#renderer/components/Amount.tsx';
import { Chip } from '#renderer/components/Chip.tsx';
import { EmptyState } from '#renderer/components/EmptyState.tsx';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { type TableColumn, VirtualTable } from '#renderer/components/VirtualTable.tsx';
import { usePages } from '#renderer/lib/pages.ts';
import { type Text, useText } from '#renderer/lib/text.tsx';
import type { Output } from '#shared/ipc/contract.ts';
import styles from './Reversals.module.css';
import { customerOf, METHOD_WORDS, type Reversal, type ReversalTab, STATE_LOOK } from './reversal-words.ts';

const PAGE = 100;
const pickReversals = (answer: Output<'reversal:list'>) => answer.reversals;

const EMPTY: Readonly<Record<ReversalTab, { title: string; text: string }>> = {
  waiting: { title: 'reversals.none-waiting', text: 'reversals.none-waiting-text' },
  open: { title: 'reversals.none-open', text: 'reversals.none-open-text' },
  history: { title: 'reversals.none-history', text: 'reversals.none-history-text' },
};

type Props = { tab: ReversalTab; onOpen: (reversal: Reversal) => void };

/** The reversals of one tab, newest first. */
export function ReversalList({ tab, onOpen }: Props) {
  const text = useText();
  const { t } = text;
  const list = usePages('reversal:list', { tab, limit: PAGE }, pickReversals);
  const columns = useMemo(() => listColumns(text), [text]);
  if (list.error !== null) return <ErrorNotice error={list.error} onRetry={list.retry} />;
  if (!list.isPending && list.rows.length === 0) {
    return (
      <EmptyState icon={Undo2} title={t(EMPTY[tab].title)}>
        {t(EMPTY[tab].text)}
      </EmptyState>
    );
  }
  return (
    <div className={styles.list}>
      <VirtualTable
        label={t('nav.reversals')}
        columns={columns}
        rows={list.rows}
        keyOf={(row) => row.id}
        rowHeight={60}
        minWidth={880}
        isPending={list.isPending}
        hasMore={list.hasMore}
        isCut={list.isCut}
        onEnd={list.grow}
        onOpen={onOpen}
      />
    </div>
  );
}

function listColumns({ t, tell, time }: Text): TableColumn<Reversal>[] {
  return [
    {
      key: 'name',
      head: t('reversals.column-name'),
      width: 150,
      isName: true,
      cell: (row) => <Two first={row.name} second={row.receipt} />,
    },
    {
      key: 'state',
      head: t('reversals.column-state'),
      cell: (row) => <State row={row} said={tell(row.standing)} word={t(STATE_LOOK[row.state].word)} />,
    },
    {
      key: 'customer',
      head: t('reversals.column-customer'),
      width: 256,
      cell: (row) => <Two first={customerOf(row)} second={t(METHOD_WORDS[row.method])} />,
    },
    {
      key: 'who',
      head: t('reversals.column-who'),
      width: 190,
      cell: (row) => <Two first={row.requestedBy.name} second={time(row.requestedAt)} />,
    },
    {
      key: 'amount',
      head: t('reversals.column-amount'),
      width: 130,
      isFigure: true,
      cell: (row) => <Amount cents={row.amountCents} isStrong />,
    },
  ];
}

function Two({ first, second }: { first: string; second: string }) {
  return (
    <>
      <div className={styles.strong}>{first}</div>
      <div className={styles.fine}>{second}</div>
    </>
  );
}

function State({ row, said, word }: { row: Reversal; said: string; word: string }) {
  const { tone, icon } = STATE_LOOK[row.state];
  return (
    <>
      <Chip tone={tone} icon={icon}>
        {word}
      </Chip>
      <div className={styles.fine} title={said}>
        {said}
      </div>
    </>
  );
}
