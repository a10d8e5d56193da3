import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useAnswer } from '#renderer/lib/queries.ts';
import { SECOND } from '#shared/domain/time.ts';

/** How long a sentence such as "reached just now" may stand before it is looked at again. */
const LOOK_EVERY = 20 * SECOND;

/** How it stands with the relay. Time alone makes it stale, so it is asked again and again while it is shown. */
export function useRelay() {
  const client = useQueryClient();
  useEffect(() => {
    const timer = setInterval(() => void client.invalidateQueries({ queryKey: ['relay:show'] }), LOOK_EVERY);
    return () => clearInterval(timer);
  }, [client]);
  return useAnswer('relay:show', {});
}
