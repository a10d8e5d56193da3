import { randomBytes } from 'node:crypto';
import { isAllowed, type Role } from '#shared/domain/access/permissions.ts';
import { JOB_PERMISSIONS } from '#shared/ipc/job-access.ts';
import type { Job } from '#shared/ipc/views.ts';
import type { Core } from './core.ts';

/** A long piece of work as the windows see it, and the way to stop it. */
export type RunningJob = {
  readonly id: string;
  readonly signal: AbortSignal;
  readonly view: () => Job;
  /** Tells the windows; at most ten times a second unless the state changes. */
  readonly update: (change: Partial<Job>) => void;
};

export type JobBook = {
  readonly open: (kind: Job['kind'], fileName: string | null) => RunningJob;
  /** Null also for a job that a person of this role may not see; so is `cancel` for one they may not stop. */
  readonly show: (id: string, role: Role) => Job | null;
  readonly list: (role: Role) => Job[];
  readonly cancel: (id: string, role: Role) => Job | null;
  readonly cancelAll: () => void;
};

const TELL_EVERY_MS = 100;
const KEPT = 50;

/** The jobs of this run of the program, newest last. What a job did to the ledger is in the ledger. */
export function openJobBook(core: Pick<Core, 'tell' | 'now'>): JobBook {
  const jobs = new Map<string, { view: Job; stop: AbortController }>();
  return {
    open: (kind, fileName) => {
      const id = randomBytes(16).toString('hex');
      const stop = new AbortController();
      const entry = { view: newJob(id, kind, fileName), stop };
      jobs.set(id, entry);
      for (const [old, job] of jobs) if (jobs.size > KEPT && job.view.state !== 'running') jobs.delete(old);
      let toldAt = 0;
      return {
        id,
        signal: stop.signal,
        view: () => entry.view,
        update: (change) => {
          const stateChanged = change.state !== undefined && change.state !== entry.view.state;
          entry.view = { ...entry.view, ...change };
          if (!stateChanged && core.now() - toldAt < TELL_EVERY_MS) return;
          toldAt = core.now();
          core.tell('job:progress', entry.view);
        },
      };
    },
    show: (id, role) => {
      const job = jobs.get(id);
      return job && canSee(role, job.view) ? job.view : null;
    },
    list: (role) => [...jobs.values()].map((job) => job.view).filter((view) => canSee(role, view)),
    cancel: (id, role) => {
      const job = jobs.get(id);
      if (!job || !isAllowed(role, JOB_PERMISSIONS[job.view.kind].stop)) return null;
      job.stop.abort(new Error('cancelled'));
      return job.view;
    },
    cancelAll: () => {
      for (const job of jobs.values()) job.stop.abort(new Error('cancelled'));
    },
  };
}

function canSee(role: Role, { kind }: Job): boolean {
  return isAllowed(role, JOB_PERMISSIONS[kind].see);
}

function newJob(id: string, kind: Job['kind'], fileName: string | null): Job {
  return {
    id,
    kind,
    fileName,
    state: 'running',
    stage: 'reading',
    rows: 0,
    fraction: null,
    secondsLeft: null,
    importId: null,
    failure: null,
    question: null,
    outcome: null,
    undo: null,
    file: null,
  };
}

/** Rows so far and time left from the bytes read so far: what the panel shows while a file is read. */
export function estimate(
  startedAt: number,
  now: number,
  done: number,
  total: number,
): Pick<Job, 'fraction' | 'secondsLeft'> {
  if (total <= 0) return { fraction: null, secondsLeft: null };
  const fraction = Math.min(1, done / total);
  const elapsed = (now - startedAt) / 1000;
  const secondsLeft =
    fraction > 0.02 && elapsed > 0.5 ? Math.round((elapsed / fraction) * (1 - fraction)) : null;
  return { fraction, secondsLeft };
}
