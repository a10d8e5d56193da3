import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Input, Output } from '#shared/ipc/contract.ts';
import { ask } from './api.ts';

/** Channels that answer a page at a time and take the cursor of the page before in `after`. */
export type PagedChannel =
  | 'alert:list'
  | 'audit:list'
  | 'callback:list'
  | 'import:list'
  | 'import:problems'
  | 'look-up:list'
  | 'reversal:list'
  | 'review:list'
  | 'sale:list'
  | 'step:list';

/** Chromium cannot scroll a list much higher than this many rows are. */
const MOST_ROWS = 100_000;

/**
 * A paged request as one growing list. `pick` takes the rows out of an answer and must be the same function on
 * every render. The list stops at 100,000 rows and says so in `isCut`.
 */
export function usePages<C extends PagedChannel, Row>(
  channel: C,
  input: Omit<Input<C>, 'after'>,
  pick: (answer: Output<C>) => readonly Row[],
) {
  const query = useInfiniteQuery({
    queryKey: [channel, input],
    queryFn: ({ pageParam }) => ask(channel, { ...input, after: pageParam } as Input<C>),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => pick(page)) ?? [], [query.data, pick]);
  const isCut = query.hasNextPage && rows.length >= MOST_ROWS;
  const canGrow = query.hasNextPage && !query.isFetchingNextPage && !isCut;
  return {
    rows,
    first: query.data?.pages[0],
    last: query.data?.pages.at(-1),
    isPending: query.isPending,
    error: query.error,
    isCut,
    hasMore: query.hasNextPage && !isCut,
    isGrowing: query.isFetchingNextPage,
    grow: () => {
      if (canGrow) void query.fetchNextPage();
    },
    retry: () => void query.refetch(),
  };
}
