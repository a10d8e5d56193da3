import { type InfiniteData, keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { ask } from '#renderer/lib/api.ts';
import type { ReconcilePage } from '#shared/ipc/views.ts';
import { asQuestion, type Question } from './question.ts';
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

  const all = useMemo(
    () => (query.data?.pages ?? []).flatMap((page) => page.rows.map(asQuestion)),
    [query.data],
  );
  const [answered, setAnswered] = useState<ReadonlySet<string>>(new Set());

  // An answered question stays hidden until the core has left it out once; after an undo it may come back.
  useEffect(() => {
    setAnswered((hidden) => {
      const left = [...hidden].filter((key) => all.some((question) => question.key === key));
      return left.length === hidden.size ? hidden : new Set(left);
    });
  }, [all]);

  const questions = useMemo(() => all.filter((question) => !answered.has(question.key)), [all, answered]);

  return {
    questions,
    isPending: query.isPending,
    /** True while the rows on screen still belong to the days, tab or search before. */
    isStale: query.isPlaceholderData,
    error: query.error,
    retry: () => void query.refetch(),
    hasMore: query.hasNextPage,
    isCut: all.length >= MOST_ROWS,
    loadMore: () => {
      if (query.hasNextPage && !query.isFetching) void query.fetchNextPage();
    },
    /** True when what is on screen was asked for after `since` and nothing newer is known or on its way. */
    isFresh: (since: number) => {
      const state = client.getQueryState(queryKey);
      return state?.fetchStatus === 'idle' && !state.isInvalidated && state.dataUpdatedAt > since;
    },
    /** Takes a question out before the core has answered. */
    hide: ({ key }: Question) => setAnswered((before) => new Set([...before, key])),
    /** Puts it back: the answer was refused. */
    show: ({ key }: Question) =>
      setAnswered((before) => new Set([...before].filter((other) => other !== key))),
    /**
     * Asks again and gives the question as the core knows it now, null when it is gone. Far pages are dropped, so
     * that this costs the same wherever in the list one works.
     */
    askAgain: async ({ key }: Question): Promise<Question | null> => {
      client.setQueryData<Pages>(queryKey, (data) => data && keepPagesAround(data, key));
      await client.refetchQueries({ queryKey, exact: true });
      const pages = client.getQueryData<Pages>(queryKey)?.pages ?? [];
      return (
        pages.flatMap((page) => page.rows.map(asQuestion)).find((question) => question.key === key) ?? null
      );
    },
  };
}

export type Rows = ReturnType<typeof useRows>;

/** Keeps the pages down to the one after the question. */
function keepPagesAround(data: Pages, key: string): Pages {
  const at = data.pages.findLastIndex((page) => page.rows.some((row) => asQuestion(row).key === key));
  const keep = at < 0 ? data.pages.length : at + 2;
  return { pages: data.pages.slice(0, keep), pageParams: data.pageParams.slice(0, keep) };
}
