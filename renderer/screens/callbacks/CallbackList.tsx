import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Inbox } from 'lucide-react';
import { useMemo } from 'react';
import { Chip } from '#renderer/components/Chip.tsx';
import { EmptyState } from '#renderer/components/EmptyState.tsx';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { type TableColumn, VirtualTable } from '#renderer/components/VirtualTable.tsx';
import { usePages } from '#renderer/lib/pages.ts';
import { type Text, useText } from '#renderer/lib/text.tsx';
import type { UtcMs } from '#shared/domain/time.ts';
import type { CallbackRow } from '#shared/ipc/callback-channels.ts';
import type { Output } from '#shared/ipc/contract.ts';
import { CallbackDrawer } from './CallbackDrawer.tsx';
import styles from './Callbacks.module.css';
import { askFor, type CallbackFilters, isNarrowed } from './callback-filters.ts';
import { KINDS, OUTCOMES } from './callback-words.ts';

/** A pause in typing, before the list is searched again. */
const SETTLE_MS = 250;
const pickCallbacks = (answer: Output<'callback:list'>) => answer.callbacks;

type Props = {
  filters: CallbackFilters;
  openId: number | null;
  onOpen: (id: number) => void;
  onClose: () => void;
  onClear: () => void;
};

/** Newest first. */
export function CallbackList({ filters, openId, onOpen, onClose, onClear }: Props) {
  const text = useText();
  const { t } = text;
  const [search] = useDebouncedValue(filters.search, SETTLE_MS);
  const list = usePages('callback:list', askFor(filters, search), pickCallbacks);
  const columns = useMemo(() => listColumns(text), [text]);
  const isEmpty = list.error === null && !list.isPending && list.rows.length === 0;
  return (
    <div className={styles.body}>
      {list.error !== null && <ErrorNotice error={list.error} onRetry={list.retry} />}
      {isEmpty && isNarrowed(filters) && (
        <EmptyState
          icon={Inbox}
          title={t('callbacks.none-fits')}
          actions={
            <Button variant="default" onClick={onClear}>
              {t('audit-screen.clear')}
            </Button>
          }
        />
      )}
      {isEmpty && !isNarrowed(filters) && (
        <EmptyState icon={Inbox} title={t('callbacks.none-title')}>
          {t('callbacks.none-text')}
        </EmptyState>
      )}
      {list.error === null && !isEmpty && (
        <VirtualTable
          label={t('nav.callbacks')}
          columns={columns}
          rows={list.rows}
          keyOf={(row) => row.id}
          rowHeight={56}
          minWidth={820}
          isPending={list.isPending}
          hasMore={list.hasMore}
          isCut={list.isCut}
          onEnd={list.grow}
          onOpen={(row) => onOpen(row.id)}
        />
      )}
      <CallbackDrawer callbackId={openId} onClose={onClose} />
    </div>
  );
}

function listColumns({ t }: Text): TableColumn<CallbackRow>[] {
  return [
    {
      key: 'at',
      head: t('callbacks.when'),
      width: 116,
      cell: (row) => <When at={row.cameAt ?? row.takenAt} />,
    },
    { key: 'what', head: t('callbacks.what'), isName: true, cell: (row) => <What row={row} /> },
    {
      key: 'from',
      head: t('callbacks.from'),
      width: 150,
      cell: (row) => <span className={styles.code}>{row.from ?? '–'}</span>,
    },
    {
      key: 'outcome',
      head: t('callbacks.outcome'),
      width: 168,
      cell: ({ outcome }) => {
        const { words, tone, icon } = OUTCOMES[outcome];
        return (
          <Chip tone={tone} icon={icon}>
            {t(words)}
          </Chip>
        );
      },
    },
  ];
}

function When({ at }: { at: UtcMs }) {
  const { time } = useText();
  const [day = '', clock = ''] = time(at).split(', ');
  return (
    <>
      <div>{clock}</div>
      <div className={styles.fine}>{day}</div>
    </>
  );
}

function What({ row }: { row: CallbackRow }) {
  const { t, tell, kes } = useText();
  const parts = [t(KINDS[row.kind]), row.receipt, row.amountCents === null ? null : kes(row.amountCents)];
  return (
    <>
      <div className={styles.what}>{parts.filter((part) => part !== null).join(' · ')}</div>
      <div className={styles.fine}>{tell(row.why)}</div>
    </>
  );
}
