import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useToasts } from '#renderer/app/toasts.tsx';
import { ask, RequestFailure, tryAsk } from '#renderer/lib/api.ts';
import type { Input } from '#shared/ipc/contract.ts';
import type { Result } from '#shared/ipc/result.ts';
import type { ReconcileRow, StepView } from '#shared/ipc/views.ts';
import { idOfKey, itemsOf, type Question } from './question.ts';
import type { Rows } from './use-rows.ts';

type Done = Result<{ step: StepView }>;
type DoneChannel =
  | 'reconcile:accept'
  | 'reconcile:reject'
  | 'reconcile:match'
  | 'reconcile:unmatch'
  | 'reconcile:park'
  | 'reconcile:unpark';

/** What the footer says was done last. */
export type LastStep = { readonly step: StepView; readonly isUndone: boolean };

/** Everything a person can do with a question. Each act is stored by the core as one step that can be undone. */
export function useAnswers(rows: Rows) {
  const client = useQueryClient();
  const { failed, done } = useToasts();
  const [last, setLast] = useState<LastStep | null>(null);

  async function act<C extends DoneChannel>(channel: C, input: Input<C>, leaving: readonly ReconcileRow[]) {
    rows.hide(leaving);
    const answer = (await tryAsk(channel, input)) as Done;
    if (answer.ok) {
      setLast({ step: answer.value.step, isUndone: false });
      return true;
    }
    rows.show(leaving);
    failed(new RequestFailure(answer.error));
    // Somebody, or an import, was faster: show what is true now.
    if (answer.error.code === 'ledger/changed-meanwhile') await client.invalidateQueries();
    return false;
  }

  async function undo(step: Pick<StepView, 'id'>) {
    const answer = await tryAsk('step:undo', { stepId: step.id });
    if (!answer.ok) return failed(new RequestFailure(answer.error));
    setLast({ step: answer.value.step, isUndone: true });
  }

  return {
    last,
    accept: (row: ReconcileRow, question: Question) =>
      act('reconcile:accept', { findingId: idOfKey(row.key, 'finding') }, question.alternatives),
    reject: (row: ReconcileRow) => act('reconcile:reject', { findingId: idOfKey(row.key, 'finding') }, [row]),
    unmatch: (row: ReconcileRow) => act('reconcile:unmatch', { linkId: idOfKey(row.key, 'link') }, [row]),
    park: (question: Question, note: string) =>
      act('reconcile:park', { ...itemsOf(question), note }, question.alternatives),
    unpark: (question: Question) => act('reconcile:unpark', itemsOf(question), question.alternatives),
    match: (input: Input<'reconcile:match'>, question: Question) =>
      act('reconcile:match', input, question.alternatives),
    acceptAll: async (input: Input<'reconcile:accept-all'>) => {
      const answer = await tryAsk('reconcile:accept-all', input);
      if (answer.ok) {
        setLast({ step: answer.value.step, isUndone: false });
        done(answer.value.step);
        return true;
      }
      failed(new RequestFailure(answer.error));
      await client.invalidateQueries();
      return false;
    },
    undo,
    undoLast: async () => {
      try {
        const { steps } = await ask('step:list', { after: null, limit: 50 });
        const newest = steps.find((step) => step.isUndoable && !step.isUndone);
        if (newest !== undefined) await undo(newest);
        return newest !== undefined;
      } catch (error) {
        failed(error);
        return true;
      }
    },
  };
}

export type Answers = ReturnType<typeof useAnswers>;
