import { useCallback } from 'react';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import type { ReconcileSummary } from '#shared/ipc/views.ts';
import { AllDone, NothingFound, NothingInTab, NothingToCompare } from './DayStates.tsx';
import styles from './ListArea.module.css';
import { RowList, RowListSkeleton } from './RowList.tsx';
import type { Commands } from './use-commands.ts';
import type { Rows, RowsFilter } from './use-rows.ts';
import type { ScopeControl } from './use-scope.ts';

type Props = {
  control: ScopeControl;
  summary: ReconcileSummary | undefined;
  summaryError: unknown;
  filter: RowsFilter;
  rows: Rows;
  commands: Commands;
  mayMatch: boolean;
  onShowAll: () => void;
  onShowParked: () => void;
};

/** The list, or the reason why there is none. */
export function ListArea(props: Props) {
  const { control, summary, filter, rows, commands } = props;
  const { loadMore } = rows;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asks again only when there is another page
  const onNearEnd = useCallback(loadMore, [rows.hasMore, rows.questions.length]);
  const error = rows.error ?? props.summaryError;

  if (error !== null) {
    return (
      <div className={styles.state}>
        <ErrorNotice error={error} onRetry={rows.retry} />
      </div>
    );
  }
  if (rows.isPending || summary === undefined) return <RowListSkeleton />;
  if (rows.questions.length > 0) {
    return (
      <RowList
        questions={rows.questions}
        total={
          rows.hasMore ? Math.max(summary.tabs[filter.tab], rows.questions.length) : rows.questions.length
        }
        activeIndex={commands.activeIndex}
        focusRequest={commands.focusRequest}
        isStale={rows.isStale}
        isCut={rows.isCut}
        withDay={control.scope.from !== control.scope.to}
        mayMatch={props.mayMatch}
        fadesMatched={filter.tab === 'all'}
        commands={commands}
        onPick={commands.goTo}
        onNearEnd={onNearEnd}
      />
    );
  }
  return <div className={styles.state}>{rows.isStale ? null : <Nothing {...props} summary={summary} />}</div>;
}

function Nothing({
  control,
  summary,
  filter,
  onShowAll,
  onShowParked,
}: Props & { summary: ReconcileSummary }) {
  if (filter.search !== '' || filter.kinds.length > 0) {
    return <NothingFound search={filter.search} onShowAll={onShowAll} />;
  }
  if (summary.payments === 0 && summary.sales === 0)
    return <NothingToCompare control={control} summary={summary} />;
  if (filter.tab === 'todo')
    return <AllDone control={control} summary={summary} onShowParked={onShowParked} />;
  return <NothingInTab tab={filter.tab} />;
}
