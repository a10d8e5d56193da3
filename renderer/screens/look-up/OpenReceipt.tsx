import { Skeleton } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { ask } from '#renderer/lib/api.ts';
import type { LookUpView } from '#shared/ipc/look-up-channels.ts';

type Props = { receipt: string; onFound: (lookUp: LookUpView) => void };

/** Looks up a receipt that another screen named: it was not shown at the counter, and does not count as such. */
export function OpenReceipt({ receipt, onFound }: Props) {
  const hasAsked = useRef(false);
  const { mutate, error, reset } = useMutation({
    mutationFn: () => ask('look-up:ask', { from: 'row', text: receipt }),
    onSuccess: ({ lookUp }) => lookUp !== null && onFound(lookUp),
  });
  useEffect(() => {
    // Once, however often the effect runs.
    if (!hasAsked.current) mutate();
    hasAsked.current = true;
  }, [mutate]);
  if (error === null) return <Skeleton height={160} animate={false} />;
  return (
    <ErrorNotice
      error={error}
      onRetry={() => {
        reset();
        mutate();
      }}
    />
  );
}
