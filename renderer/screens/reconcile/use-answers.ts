import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useToasts } from '#renderer/app/toasts.tsx';
import { ask, RequestFailure, tryAsk } from '#renderer/lib/api.ts';
import { say } from '#shared/domain/message.ts';
import type { Input } from '#shared/ipc/contract.ts';
import { fail, type Result } from '#shared/ipc/result.ts';
import type { StepView } from '#shared/ipc/views.ts';
import { idOfKey, itemsOf, nameItems, type Option, type Question } from './question.ts';
import type { Rows } from './use-rows.ts';

type Done = Result<{ step: StepView }>;
/** The question went while the answer waited its turn. */
const GONE: Done = fail('ledger/changed-meanwhile', say('reconcile.changed-meanwhile'));

/** What the footer says was done last. */
export type LastStep = { readonly step: StepView; readonly isUndone: boolean };

/**
 * Everything a person can do with a question. Each act is stored by the core as one step that can be undone. After
 * each the core matches the day again and numbers what is open anew: so acts wait for one another, and each is told
 * the question as it is by then. The screen does not wait; it goes on to the next question at once.
 */
export function useAnswers(rows: Rows) {
  const client = useQueryClient();
  const { failed, done } = useToasts();
  const [last, setLast] = useState<LastStep | null>(null);
  const latestRows = useRef(rows);
  const queue = useRef<{ tail: Promise<unknown>; settledAt: number }>({
    tail: Promise.resolve(),
    settledAt: 0,
  });
  useEffect(() => {
    latestRows.current = rows;
  });

  /** Runs after the acts before it, with the question as it is by then (null = gone). */
  function enqueue<T>(question: Question, run: (now: Question | null) => Promise<T>): Promise<T> {
    const result = queue.current.tail.then(async () => {
      const { isFresh, askAgain } = latestRows.current;
      try {
        return await run(isFresh(queue.current.settledAt) ? question : await askAgain(question));
      } finally {
        queue.current.settledAt = Date.now();
      }
    });
    // Whoever asked hears of a failure through `result`; the act behind it runs all the same.
    queue.current.tail = result.catch(() => undefined);
    return result;
  }

  async function act(question: Question, request: (now: Question) => Promise<Done>): Promise<boolean> {
    rows.hide(question);
    const answer = await enqueue(question, async (now) => (now === null ? GONE : request(now)));
    if (answer.ok) {
      setLast({ step: answer.value.step, isUndone: false });
      return true;
    }
    latestRows.current.show(question);
    failed(new RequestFailure(answer.error));
    // Somebody, or an import, was faster: show what is true now.
    if (answer.error.code === 'ledger/changed-meanwhile') await client.invalidateQueries();
    return false;
  }

  async function undo(step: Pick<StepView, 'id'>) {
    const answer = await tryAsk('step:undo', { stepId: step.id });
    if (answer.ok) setLast({ step: answer.value.step, isUndone: true });
    else failed(new RequestFailure(answer.error));
  }

  return {
    last,
    accept: (question: Question) =>
      act(question, (now) => tryAsk('reconcile:accept', { findingId: idOfKey(now.row.key, 'finding') })),
    /** Accepts one of several equally good answers. */
    choose: (question: Question, chosen: Option) =>
      act(question, async (now) => {
        const option = now.options.find((other) => nameItems(other) === nameItems(chosen));
        return option === undefined ? GONE : tryAsk('reconcile:accept', { findingId: option.findingId });
      }),
    reject: (question: Question) =>
      act(question, (now) => tryAsk('reconcile:reject', { findingId: idOfKey(now.row.key, 'finding') })),
    unmatch: (question: Question) =>
      act(question, (now) => tryAsk('reconcile:unmatch', { linkId: idOfKey(now.row.key, 'link') })),
    park: (question: Question, note: string) =>
      act(question, () => tryAsk('reconcile:park', { ...itemsOf(question), note })),
    unpark: (question: Question) => act(question, () => tryAsk('reconcile:unpark', itemsOf(question))),
    match: (question: Question, input: Input<'reconcile:match'>) =>
      act(question, () => tryAsk('reconcile:match', input)),
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
