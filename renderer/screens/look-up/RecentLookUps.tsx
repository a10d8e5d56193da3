import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { Amount } from '#renderer/components/Amount.tsx';
import { Chip } from '#renderer/components/Chip.tsx';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { usePages } from '#renderer/lib/pages.ts';
import { useText } from '#renderer/lib/text.tsx';
import { businessDayOf, type UtcMs } from '#shared/domain/time.ts';
import type { Output } from '#shared/ipc/contract.ts';
import type { LookUpRowView } from '#shared/ipc/look-up-channels.ts';
import styles from './RecentLookUps.module.css';
import { chipTone, kindWord, verdictIcon } from './verdict-look.ts';

const PAGE = 12;
const pickRows = (answer: Output<'look-up:list'>) => answer.lookUps;

type Props = { openId: number | null; onOpen: (id: number) => void };

/** What was looked up before, each as it stands now. */
export function RecentLookUps({ openId, onOpen }: Props) {
  const { t } = useText();
  const [whose, setWhose] = useState<'mine' | 'all'>('all');
  const list = usePages('look-up:list', { whose, limit: PAGE }, pickRows);
  return (
    <aside className={styles.recent} aria-labelledby="recent-title">
      <header className={styles.head}>
        <h2 id="recent-title">{t('look-up-screen.recent')}</h2>
        <SegmentedControl
          size="xs"
          aria-label={t('look-up-screen.whose')}
          value={whose}
          onChange={(value) => setWhose(value === 'mine' ? 'mine' : 'all')}
          data={[
            { value: 'all', label: t('look-up-screen.all') },
            { value: 'mine', label: t('look-up-screen.mine') },
          ]}
        />
      </header>
      {list.error !== null && <ErrorNotice error={list.error} onRetry={list.retry} />}
      {list.isPending && <Skeleton height={200} animate={false} />}
      {list.error === null && !list.isPending && list.rows.length === 0 && (
        <p className={styles.none}>{t('look-up-screen.none')}</p>
      )}
      <ul className={styles.list}>
        {list.rows.map((row) => (
          <li key={row.id}>
            <Row row={row} isOpen={row.id === openId} onOpen={onOpen} />
          </li>
        ))}
      </ul>
      {list.hasMore && (
        <Button size="compact-sm" variant="default" loading={list.isGrowing} onClick={list.grow}>
          {t('look-up-screen.older')}
        </Button>
      )}
    </aside>
  );
}

type RowProps = { row: LookUpRowView; isOpen: boolean; onOpen: (id: number) => void };

function Row({ row, isOpen, onOpen }: RowProps) {
  const { t, clock, day } = useText();
  const shownDay = businessDayOf(row.at);
  const isToday = shownDay === businessDayOf(Date.now() as UtcMs);
  return (
    <button
      type="button"
      className={styles.row}
      data-testid="recent"
      {...(isOpen ? { 'aria-current': 'true' as const } : {})}
      onClick={() => onOpen(row.id)}
    >
      <span className={styles.line}>
        <span className={styles.receipt}>{row.receipt}</span>
        {row.amountCents !== null && <Amount cents={row.amountCents} isStrong />}
      </span>
      <span className={styles.line}>
        <Chip tone={chipTone(row.tone)} icon={verdictIcon(row)}>
          {t('look-up-screen.kind', { kind: kindWord(row.kind) })}
        </Chip>
        <small>
          {isToday ? clock(row.at) : day(shownDay)} · {row.by}
        </small>
      </span>
    </button>
  );
}
