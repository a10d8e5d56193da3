import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useToasts } from '#renderer/app/toasts.tsx';
import { ask, listen } from '#renderer/lib/api.ts';
import { keyOf } from '#renderer/lib/queries.ts';
import type { Input } from '#shared/ipc/contract.ts';
import type { DoctorView } from '#shared/ipc/doctor-channels.ts';
import type { Job } from '#shared/ipc/views.ts';

export type Doctor = {
  /** What is under way; null = nothing. */
  readonly job: Job | null;
  readonly run: (withDatabase: boolean) => void;
  readonly ask: (wish: Input<'doctor:ask'>) => void;
  readonly stop: () => void;
  readonly reviewAccess: () => void;
  readonly noteCopy: () => void;
  readonly isStarting: boolean;
};

/** The doctor's work, followed while it goes on. What costs nothing is looked at when the tab opens for the first time. */
export function useDoctor(view: DoctorView | undefined): Doctor {
  const client = useQueryClient();
  const { failed } = useToasts();
  const [news, setNews] = useState<Job | null>(null);
  const refresh = () => client.invalidateQueries({ queryKey: keyOf('doctor:show', {}) });

  useEffect(
    () =>
      listen('job:progress', (job) => {
        if (job.kind !== 'doctor') return;
        setNews(job);
        if (job.state !== 'running') void client.invalidateQueries({ queryKey: keyOf('doctor:show', {}) });
      }),
    [client],
  );

  const running = useMutation({
    mutationFn: (withDatabase: boolean) => ask('doctor:run', { withDatabase }),
    onSuccess: refresh,
    onError: failed,
  });
  const asking = useMutation({
    mutationFn: (wish: Input<'doctor:ask'>) => ask('doctor:ask', wish),
    onSuccess: refresh,
    onError: failed,
  });
  const stopping = useMutation({
    mutationFn: (jobId: string) => ask('doctor:cancel', { jobId }),
    onError: failed,
  });
  const reviewing = useMutation({
    mutationFn: () => ask('doctor:review-access', {}),
    onSuccess: refresh,
    onError: failed,
  });

  const noting = useMutation({
    mutationFn: () => ask('doctor:note-copy', {}),
    onSuccess: refresh,
    onError: failed,
  });

  const isUnseen = view !== undefined && view.checkedAt === null && view.job === null;
  const hasLooked = useRef(false);
  const { mutate: look } = running;
  useEffect(() => {
    if (!isUnseen || hasLooked.current) return;
    hasLooked.current = true;
    look(false);
  }, [isUnseen, look]);

  // The answer says that something is under way, the news how far it is.
  const shown = view?.job ?? null;
  const job = shown !== null && news?.id === shown.id ? news : shown;
  const isRunning = job?.state === 'running';
  return {
    job: isRunning ? job : null,
    run: (withDatabase) => running.mutate(withDatabase),
    ask: (wish) => asking.mutate(wish),
    stop: () => {
      if (job) stopping.mutate(job.id);
    },
    reviewAccess: () => reviewing.mutate(),
    noteCopy: () => noting.mutate(),
    isStarting: running.isPending || asking.isPending || reviewing.isPending || noting.isPending,
  };
}
