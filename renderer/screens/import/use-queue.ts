import { type Dispatch, useEffect, useReducer, useRef } from 'react';
import { useToasts } from '#renderer/app/toasts.tsx';
import { admitFile, listen, RequestFailure, tryAsk } from '#renderer/lib/api.ts';
import type { Failure } from '#shared/ipc/result.ts';
import {
  countStates,
  EMPTY_QUEUE,
  type ImportQueue,
  nextToStart,
  type QueueAction,
  type QueueItem,
  reduceQueue,
} from './import-queue.ts';
import { leaveBehind } from './left-behind.ts';

/** The queue kept moving: files start one after another, and every job's progress arrives in it. */
export function useQueue(): readonly [ImportQueue, Dispatch<QueueAction>] {
  const [queue, dispatch] = useReducer(reduceQueue, EMPTY_QUEUE);
  const inHand = useRef<string | null>(null);
  const { failed } = useToasts();
  const next = nextToStart(queue);

  useEffect(() => {
    // A development build runs effects twice; a file must not be started twice.
    if (next === null || inHand.current === next.key) return;
    inHand.current = next.key;
    dispatch({ type: 'begin', key: next.key });
    void startFile(next, dispatch).finally(() => {
      if (inHand.current === next.key) inHand.current = null;
    });
  }, [next]);

  const unfinished = useRef(0);
  const { waiting, asking } = countStates(queue);
  useEffect(() => {
    unfinished.current = waiting + asking;
  }, [waiting, asking]);
  useEffect(() => () => leaveBehind(unfinished.current), []);

  useEffect(() => listen('job:progress', (job) => dispatch({ type: 'progress', job })), []);

  useEffect(() => {
    let isGone = false;
    async function pickUpJobs() {
      const answer = await tryAsk('job:list', {});
      if (isGone) return;
      if (!answer.ok) return failed(new RequestFailure(answer.error));
      for (const job of answer.value.jobs) {
        // A job that asked before this page was loaded can no longer be answered: its file is not at hand.
        const isOurs = job.state === 'running' && (job.kind === 'import' || job.kind === 'undo');
        if (isOurs) dispatch({ type: 'track', job, fileName: job.fileName ?? '' });
      }
    }
    void pickUpJobs();
    return () => {
      isGone = true;
    };
  }, [failed]);

  return [queue, dispatch];
}

async function startFile(item: QueueItem, dispatch: Dispatch<QueueAction>): Promise<void> {
  const refuse = (failure: Failure) => dispatch({ type: 'refused', key: item.key, failure });
  if (item.file === null) throw new Error(`${item.key} waits without a file`);
  let token = item.token;
  // A token lives as long as main keeps it: when it is spent, the file is admitted once more.
  for (const isLastTry of [false, true]) {
    if (token === null) {
      const admitted = await admitFile(item.file);
      if (!admitted.ok) return refuse(admitted.error);
      token = admitted.value.token;
      dispatch({ type: 'admitted', key: item.key, token });
    }
    const started = await tryAsk('import:start', { token, ...item.answers });
    if (started.ok) return dispatch({ type: 'started', key: item.key, job: started.value });
    if (started.error.code !== 'file/unknown-token' || isLastTry) return refuse(started.error);
    token = null;
  }
}
