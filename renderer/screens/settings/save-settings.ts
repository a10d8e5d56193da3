import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useToasts } from '#renderer/app/toasts.tsx';
import { ask } from '#renderer/lib/api.ts';
import { keyOf } from '#renderer/lib/queries.ts';
import type { Input } from '#shared/ipc/contract.ts';

/** Saves a setting; the window follows at once, because the answer is the new state of the app. */
export function useSaveSettings() {
  const client = useQueryClient();
  const { failed } = useToasts();
  return useMutation({
    mutationFn: (settings: Input<'settings:save'>) => ask('settings:save', settings),
    onSuccess: (state) => client.setQueryData(keyOf('app:state', {}), state),
    onError: failed,
  });
}
