import {
  keepPreviousData,
  QueryClient,
  type QueryKey,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useEffect } from 'react';
import type { MainChannel } from '#shared/ipc/bridge.ts';
import type { Input, Payload } from '#shared/ipc/contract.ts';
import type { AppState } from '#shared/ipc/views.ts';
import { ask, listen } from './api.ts';

export type Area = Payload<'ledger:changed'>['areas'][number];

/**
 * Which areas of the ledger an answer depends on. Every query key starts with its channel, so that one event
 * refreshes exactly the answers that it may have changed.
 */
const DEPENDS_ON: Partial<Record<MainChannel, readonly Area[]>> = {
  'app:state': ['imports', 'matches', 'sales', 'settings', 'reviews'],
  'reconcile:summary': ['imports', 'matches', 'sales'],
  'reconcile:rows': ['imports', 'matches', 'sales', 'reversals'],
  'reconcile:candidates': ['imports', 'matches', 'sales', 'reversals'],
  'ledger:show': ['imports', 'matches', 'sales', 'look-ups', 'reversals'],
  'ledger:search': ['imports', 'matches', 'sales', 'reversals'],
  'step:list': ['imports', 'matches', 'sales', 'reviews', 'look-ups'],
  'sale:list': ['imports', 'matches', 'sales'],
  'coverage:month': ['imports', 'matches', 'sales', 'safaricom'],
  'pull:list': ['safaricom', 'imports', 'settings'],
  'import:list': ['imports'],
  'import:show': ['imports'],
  'import:problems': ['imports'],
  'import:plan-undo': ['imports', 'matches'],
  'review:list': ['imports', 'reviews'],
  'staff:list': ['staff'],
  'audit:head': ['audit'],
  'credential:list': ['safaricom', 'staff', 'settings'],
  'credential:rotate-show': ['safaricom', 'callbacks', 'balances'],
  'certificate:list': ['safaricom'],
  'registration:list': ['safaricom'],
  'alert:list': ['alerts'],
  'relay:show': ['safaricom', 'callbacks'],
  'callback:list': ['callbacks'],
  'callback:show': ['callbacks'],
  'callback:refused': ['callbacks', 'safaricom'],
  'doctor:show': ['safaricom', 'callbacks', 'staff', 'audit', 'settings'],
  'balance:show': ['balances', 'safaricom', 'imports'],
  'balance:history': ['balances', 'imports'],
  'look-up:show': ['look-ups', 'callbacks', 'imports', 'matches', 'sales', 'reviews', 'reversals'],
  'look-up:list': ['look-ups', 'callbacks', 'imports', 'matches', 'sales', 'reviews'],
  'claim:sales': ['imports', 'matches', 'sales', 'look-ups'],
  'reversal:check': ['imports', 'matches', 'reversals'],
  'reversal:list': ['imports', 'matches', 'reversals'],
  'reversal:show': ['imports', 'matches', 'reversals'],
  'reversal:limits': ['settings'],
  'rule:list': ['rules', 'matches', 'imports'],
  'rule:offer': ['rules', 'matches', 'imports'],
  'rule:dry-run': ['imports', 'matches', 'sales'],
};

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // The core is on this computer and tells us when something changed: nothing goes stale by itself.
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        retry: false,
        refetchOnWindowFocus: false,
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}

/** The query key of a request: its channel, then its input. */
export function keyOf<C extends MainChannel>(channel: C, input: Input<C>): readonly [C, Input<C>] {
  return [channel, input];
}

/** Keeps every answer fresh: call once, at the top of the window. */
export function useLedgerEvents(): void {
  const client = useQueryClient();
  useEffect(() => listen('ledger:changed', ({ areas }) => askAgain(client, areas)), [client]);
}

/** Asks again whatever a change may have made untrue. */
export function askAgain(client: QueryClient, areas: readonly Area[]): void {
  const predicate = ({ queryKey }: { readonly queryKey: QueryKey }) => {
    const needs = DEPENDS_ON[queryKey[0] as MainChannel] ?? [];
    return needs.some((area) => areas.includes(area));
  };
  // A first answer under way may be of before the change, and is let finish: its question is put once more after it.
  const first = client
    .getQueryCache()
    .findAll({ predicate, fetchStatus: 'fetching' })
    .filter(({ state }) => state.data === undefined);
  for (const { queryKey, promise } of first) {
    const again = () => client.invalidateQueries({ queryKey, exact: true });
    void promise?.then(again, again);
  }
  void client.invalidateQueries({ predicate });
}

/** A request as a query. While a new input is asked, the previous answer stays on screen. */
export function useAnswer<C extends MainChannel>(
  channel: C,
  input: Input<C>,
  options: { isEnabled?: boolean } = {},
) {
  return useQuery({
    queryKey: keyOf(channel, input),
    queryFn: () => ask(channel, input),
    enabled: options.isEnabled ?? true,
    placeholderData: keepPreviousData,
  });
}

/** The state of the app. The shell has loaded it before any screen is shown, so screens may rely on it. */
export function useAppState(): AppState {
  const { data } = useAnswer('app:state', {});
  if (data === undefined) throw new Error('app:state was used before the shell loaded it');
  return data;
}
