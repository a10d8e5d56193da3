import type { Job } from '#shared/ipc/views.ts';

export function isRunning(job: Job | null): job is Job & { state: 'running' } {
  return job?.state === 'running';
}

/** Whole percents, never 100 before the end. */
export function percentOf(job: Job): number {
  return Math.min(99, Math.floor((job.fraction ?? 0) * 100));
}
