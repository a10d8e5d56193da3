import { useDebouncedValue } from '@mantine/hooks';
import type { UseQueryResult } from '@tanstack/react-query';
import { useAnswer } from '#renderer/lib/queries.ts';
import type { ColumnMap } from '#shared/domain/sales/types.ts';
import type { DateOrder } from '#shared/domain/time.ts';
import type { SalesPreview } from '#shared/ipc/views.ts';
import type { QueueItem } from './import-queue.ts';

/** A pause in choosing, before the file is read again. */
const SETTLE_MS = 250;

/** The first rows of the file as they would be read with these columns. */
export function usePreview(
  item: QueueItem,
  map: ColumnMap,
  dates: DateOrder | null,
  isComplete: boolean,
): UseQueryResult<SalesPreview> {
  const [settled] = useDebouncedValue(JSON.stringify(map), SETTLE_MS);
  const isSettled = settled === JSON.stringify(map);
  return useAnswer(
    'import:preview-sales',
    { token: item.token ?? '', map, dates },
    { isEnabled: isComplete && isSettled && item.token !== null },
  );
}
