import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { ArrowUp, ScrollText } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { Chip } from '#renderer/components/Chip.tsx';
import { EmptyState } from '#renderer/components/EmptyState.tsx';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { type TableColumn, VirtualTable } from '#renderer/components/VirtualTable.tsx';
import { usePages } from '#renderer/lib/pages.ts';
import { type Text, useText } from '#renderer/lib/text.tsx';
import { toNairobi, type UtcMs } from '#shared/domain/time.ts';
import type { AuditRow } from '#shared/ipc/audit-channels.ts';
import type { Output } from '#shared/ipc/contract.ts';
import styles from './Audit.module.css';
import { type AuditFilters, askFor, isNarrowed } from './audit-filters.ts';
import { AREA_WORDS } from './audit-words.ts';
import { EntryDrawer } from './EntryDrawer.tsx';
import { Who } from './Who.tsx';

/** A pause in typing, before the log is searched again. */
const SETTLE_MS = 250;
const pickEntries = (answer: Output<'audit:list'>) => answer.entries;

type Props = {
  filters: AuditFilters;
  subject: string | null;
  /** How many entries the log has now; null while unknown. */
  entries: number | null;
  onClear: () => void;
};

/** Entries newest first. New ones are announced, not pushed in under the reader's eyes. */
export function AuditList({ filters, subject, entries, onClear }: Props) {
  const text = useText();
  const { t } = text;
  const [search] = useDebouncedValue(filters.search, SETTLE_MS);
  const list = usePages('audit:list', askFor(filters, search, subject), pickEntries);
  const columns = useMemo(() => listColumns(text), [text]);
  const [openSeq, setOpenSeq] = useState<number | null>(null);
  // A search answers before it has looked everywhere: going on is then for the person to say.
  const searchedTo = list.last?.searchedTo ?? null;
  const hasStopped = searchedTo !== null;
  const isEmpty = list.error === null && !list.isPending && list.rows.length === 0 && !hasStopped;
  return (
    <div className={styles.list}>
      <NewerEntries entries={entries} />
      <div className={styles.body}>
        {list.error !== null && <ErrorNotice error={list.error} onRetry={list.retry} />}
        {isEmpty && (
          <EmptyState
            icon={ScrollText}
            title={t('audit-screen.none-title')}
            actions={
              isNarrowed(filters, subject) && (
                <Button variant="default" onClick={onClear}>
                  {t('audit-screen.clear')}
                </Button>
              )
            }
          >
            {t('audit-screen.none-text')}
          </EmptyState>
        )}
        {list.error === null && !isEmpty && (
          <VirtualTable
            label={t('nav.audit')}
            columns={columns}
            rows={list.rows}
            keyOf={(row) => row.seq}
            rowHeight={50}
            minWidth={760}
            isPending={list.isPending}
            hasMore={list.hasMore && !hasStopped}
            isCut={list.isCut}
            onEnd={list.grow}
            onOpen={(row) => setOpenSeq(row.seq)}
            foot={
              searchedTo !== null && (
                <SearchedTo at={searchedTo} isLooking={list.isGrowing} onGoOn={list.grow} />
              )
            }
          />
        )}
      </div>
      <EntryDrawer seq={openSeq} onClose={() => setOpenSeq(null)} />
    </div>
  );
}

function listColumns({ t }: Text): TableColumn<AuditRow>[] {
  return [
    { key: 'at', head: t('audit-screen.when'), width: 132, cell: (row) => <When at={row.at} /> },
    { key: 'what', head: t('audit-screen.what'), isName: true, cell: (row) => <What row={row} /> },
    { key: 'who', head: t('audit-screen.who'), width: 180, cell: (row) => <Who row={row} /> },
    {
      key: 'area',
      head: t('audit-screen.area'),
      width: 150,
      cell: (row) => <Chip tone="quiet">{t(AREA_WORDS[row.area])}</Chip>,
    },
  ];
}

function When({ at }: { at: UtcMs }) {
  const { time } = useText();
  const [day = '', clock = ''] = time(at).split(', ');
  const seconds = String(toNairobi(at).second).padStart(2, '0');
  return (
    <>
      <div>
        {clock}
        <span className={styles.seconds}>:{seconds}</span>
      </div>
      <div className={styles.fine}>{day}</div>
    </>
  );
}

function What({ row }: { row: AuditRow }) {
  const { tell, t } = useText();
  const [first, ...others] = row.changes;
  return (
    <>
      <div className={styles.what}>{tell(row.what)}</div>
      {first !== undefined && (
        <div className={styles.fine}>
          {tell(first.field)}: {first.before === null ? '–' : tell(first.before)} →{' '}
          {first.after === null ? '–' : tell(first.after)}
          {others.length > 0 && ` · ${t('audit-screen.more-changes', { count: others.length })}`}
        </div>
      )}
    </>
  );
}

function SearchedTo({ at, isLooking, onGoOn }: { at: UtcMs; isLooking: boolean; onGoOn: () => void }) {
  const { t } = useText();
  return (
    <div className={styles.searched} role="status">
      <span>{t('audit-screen.searched-to', { at: { at } })}</span>
      <Button size="compact-sm" variant="default" loading={isLooking} onClick={onGoOn}>
        {t('audit-screen.keep-looking')}
      </Button>
    </div>
  );
}

/** How many entries came since the list was fetched, and the way to see them. */
function NewerEntries({ entries }: { entries: number | null }) {
  const { t, count } = useText();
  const client = useQueryClient();
  const [seen, setSeen] = useState<number | null>(null);
  useEffect(() => {
    setSeen((before) => before ?? entries);
  }, [entries]);
  const newer = entries === null || seen === null ? 0 : entries - seen;
  if (newer <= 0) return null;
  return (
    <div className={styles.newer}>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<ArrowUp size={14} aria-hidden />}
        onClick={() => {
          setSeen(entries);
          void client.resetQueries({ queryKey: ['audit:list'] });
        }}
      >
        {t('audit-screen.newer', { count: newer, shown: count(newer) })}
      </Button>
    </div>
  );
}
