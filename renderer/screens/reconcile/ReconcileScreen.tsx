import { useAppState } from '#renderer/lib/queries.ts';
import { EmptyLedger } from './DayStates.tsx';
import { ReconcileDays } from './ReconcileDays.tsx';
import { useScope } from './use-scope.ts';

/** The main job: what Safaricom says was paid against what the shop says it sold, worked to zero. */
export function ReconcileScreen() {
  const { isEmpty } = useAppState();
  const control = useScope();
  if (isEmpty) return <EmptyLedger />;
  // A key per scope: the place in the list, the tab and the search start afresh on another day.
  const { from, to, tillId } = control.scope;
  return <ReconcileDays key={`${from}/${to}/${tillId ?? 'all'}`} control={control} />;
}
