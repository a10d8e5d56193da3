import { useMutation } from '@tanstack/react-query';
import { useToasts } from '#renderer/app/toasts.tsx';
import { ask, RequestFailure } from '#renderer/lib/api.ts';
import { useAnswer } from '#renderer/lib/queries.ts';
import type { Input } from '#shared/ipc/contract.ts';
import type { Marks } from './marks.ts';

/** What can be done with rules. Each act says what it did, with its way back. */
export function useRuleActs() {
  const { done, failed } = useToasts();
  const told = { onSuccess: ({ step }: { step: Parameters<typeof done>[0] }) => done(step), onError: failed };
  const save = useMutation({
    mutationFn: (input: Input<'rule:save'>) => ask('rule:save', input),
    onSuccess: told.onSuccess,
    onError: (error) => {
      // What speaks against the rule is shown where it was asked, not in a corner.
      if (!isContradicted(error)) failed(error);
    },
  });
  const move = useMutation({ mutationFn: (input: Input<'rule:move'>) => ask('rule:move', input), ...told });
  const remove = useMutation({ mutationFn: (ruleId: number) => ask('rule:remove', { ruleId }), ...told });
  const decline = useMutation({
    mutationFn: (ruleId: number) => ask('rule:decline', { ruleId }),
    onError: failed,
  });
  return { save, move, remove, decline };
}

/** True when the core wants the dry run to be looked at first. */
export function isContradicted(error: unknown): boolean {
  return error instanceof RequestFailure && error.failure.code === 'rule/contradicted';
}

/** The dry run of the marks; never that of other marks while the answer is on its way. */
export function useTrial(marks: Marks, isEnabled = true) {
  const query = useAnswer('rule:dry-run', marks, { isEnabled });
  return {
    trial: isEnabled && !query.isPlaceholderData ? query.data : undefined,
    error: query.error,
    retry: () => void query.refetch(),
  };
}
