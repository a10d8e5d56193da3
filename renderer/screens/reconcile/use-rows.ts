import { type InfiniteData, keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { ask } from '#renderer/lib/api.ts';
import type { ReconcilePage, ReconcileRow } from '#shared/ipc/views.ts';
import { foldQuestions, type Question } from './question.ts';
import type { Scope } from './use-scope.ts';

export type Tab = 'todo' | 'matched' | 'parked' | 'all';
export type RowsFilter = { readonly tab: Tab; readonly search: string; readonly kinds: readonly string[] };

const PAGE_ROWS = 200;
/** Chromium cannot scroll much further than this many rows of a comfortable height. */
export const MOST_ROWS = 100_000;

type Pages = InfiniteData<ReconcilePage, string | null>;

/** The rows of the screen, page by page, and the ones that were just answered taken out at once. */
export function useRows(scope: Scope, filter: RowsFilter) {
  const client = useQueryClient();
  const queryKey = useMemo(() => ['reconcile:rows', { ...scope, ...filter }] as const, [scope, filter]);
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) =>
      ask('reconcile:rows', {
        ...scope,
        ...filter,
        kinds: [...filter.kinds],
        after: pageParam,
        limit: PAGE_ROWS,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last, pages) => (pages.length * PAGE_ROWS >= MOST_ROWS ? null : last.next),
    placeholderData: keepPreviousData,
  });

  const rows = useMemo(() => (query.data?.pages ?? []).flatMap((page) => page.rows), [query.data]);
  const [answered, setAnswered] = useState<ReadonlySet<string>>(new Set());

  // An answered row stays hidden until the core has left it out once; after an undo it may come back.
  useEffect(() => {
    setAnswered((hidden) => {
      const left = [...hidden].filter((key) => rows.some((row) => row.key === key));
      return left.length === hidden.size ? hidden : new Set(left);
    });
  }, [rows]);

  const questions = useMemo<Question[]>(
    () => foldQuestions(rows.filter((row) => !answered.has(row.key))),
    [rows, answered],
  );

  return {
    questions,
    isPending: query.isPending,
    /** True while the rows on screen still belong to the days, tab or search before. */
    isStale: query.isPlaceholderData,
    error: query.error,
    retry: () => void query.refetch(),
    hasMore: query.hasNextPage,
    isCut: rows.length >= MOST_ROWS,
    loadMore: () => {
      if (query.hasNextPage && !query.isFetching) void query.fetchNextPage();
    },
    /** Takes rows out before the core has answered. */
    hide: (hidden: readonly ReconcileRow[]) => {
      setAnswered((before) => new Set([...before, ...hidden.map((row) => row.key)]));
      // What lies far below is asked again only when it is scrolled to: not after every answer.
      client.setQueryData<Pages>(queryKey, (data) => (data === undefined ? data : trimPages(data, hidden)));
    },
    /** Puts them back: the answer was refused. */
    show: (shown: readonly ReconcileRow[]) => {
      const keys = new Set(shown.map((row) => row.key));
      setAnswered((before) => new Set([...before].filter((key) => !keys.has(key))));
    },
  };
}

export type Rows = ReturnType<typeof useRows>;

/** Keeps the pages down to the one after the row that was answered. */
function trimPages(data: Pages, around: readonly ReconcileRow[]): Pages {
  const keys = new Set(around.map((row) => row.key));
  const at = data.pages.findLastIndex((page) => page.rows.some((row) => keys.has(row.key)));
  const keep = at < 0 ? data.pages.length : at + 2;
  return { pages: data.pages.slice(0, keep), pageParams: data.pageParams.slice(0, keep) };
}
