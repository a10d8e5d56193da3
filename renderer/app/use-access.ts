import { notifications } from '@mantine/notifications';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import type { AccessState } from '#shared/ipc/access-channels.ts';
import { listen } from '../lib/api.ts';
import { keyOf, useAnswer } from '../lib/queries.ts';
import { onSignedOut } from '../lib/signed-out.ts';
import { type Ending, endSession } from './access-view.ts';

const ACCESS = keyOf('access:state', {});

/** Who sits before the window, kept true: whatever ends the session takes the books off the page at once. */
export function useAccess() {
  const client = useQueryClient();
  const [ending, setEnding] = useState<Ending | null>(null);
  const { data, error, isPending } = useAnswer('access:state', {});

  const refresh = useCallback(() => client.invalidateQueries({ queryKey: ACCESS }), [client]);

  useEffect(
    () =>
      listen('session:ended', (next) => {
        setEnding(next);
        client.setQueryData<AccessState>(ACCESS, (state) => state && endSession(state, next));
        void refresh();
      }),
    [client, refresh],
  );
  useEffect(() => onSignedOut(() => void refresh()), [refresh]);

  const phase = data?.phase;
  useEffect(() => {
    // The next person begins at the beginning; whoever unlocks goes on where they were.
    if (phase === 'signed-out') history.replaceState(null, '', `${location.pathname}${location.search}`);
    if (phase !== 'open') return;
    setEnding(null);
    return () => forgetBooks(client);
  }, [phase, client]);

  return { access: data, error, isPending, ending, refresh };
}

/** Nothing that was read from the books stays in the page while nobody is signed in. */
function forgetBooks(client: QueryClient): void {
  client.removeQueries({
    predicate: ({ queryKey }) => queryKey[0] !== 'access:state' && queryKey[0] !== 'startup',
  });
  client.getMutationCache().clear();
  notifications.clean();
}
