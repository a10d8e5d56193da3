import type { Input } from '#shared/ipc/contract.ts';
import type { Failure } from '#shared/ipc/result.ts';
import type { Job } from '#shared/ipc/views.ts';

/** What the person answered about one file; handed to main with the file. */
export type Answers = Omit<Input<'import:start'>, 'token'>;

/**
 * One line of the import panel. A file passes `waiting → starting → started`; from then on its job says the rest.
 * `file` and `token` are null for a job that another window, or this one before a reload, began.
 */
export type QueueItem = {
  readonly key: string;
  readonly fileName: string;
  readonly file: File | null;
  readonly token: string | null;
  readonly answers: Answers;
  readonly phase: 'waiting' | 'starting' | 'started' | 'refused';
  readonly jobId: string | null;
  /** Why the file never became a job. */
  readonly failure: Failure | null;
};

/** Items in the order they were added, and the newest word on every job. */
export type ImportQueue = {
  readonly items: readonly QueueItem[];
  readonly jobs: Readonly<Record<string, Job>>;
  readonly added: number;
};

export type QueueAction =
  | { readonly type: 'add'; readonly files: readonly File[]; readonly kind: Answers['kind'] }
  | { readonly type: 'begin'; readonly key: string }
  | { readonly type: 'admitted'; readonly key: string; readonly token: string }
  | { readonly type: 'started'; readonly key: string; readonly job: Job }
  | { readonly type: 'refused'; readonly key: string; readonly failure: Failure }
  | { readonly type: 'answered'; readonly key: string; readonly answers: Partial<Answers> }
  | { readonly type: 'progress'; readonly job: Job }
  | { readonly type: 'track'; readonly job: Job; readonly fileName: string }
  | { readonly type: 'dismiss'; readonly key: string }
  | { readonly type: 'dismiss-finished' };

export const EMPTY_QUEUE: ImportQueue = { items: [], jobs: {}, added: 0 };

/** How one line of the panel stands, files and jobs alike. */
export type ItemState = 'waiting' | 'running' | 'asking' | 'done' | 'failed' | 'cancelled';

export function jobOf(queue: ImportQueue, item: QueueItem): Job | null {
  return item.jobId === null ? null : (queue.jobs[item.jobId] ?? null);
}

export function stateOf(queue: ImportQueue, item: QueueItem): ItemState {
  if (item.phase === 'refused') return 'failed';
  if (item.phase === 'waiting') return 'waiting';
  return jobOf(queue, item)?.state ?? 'running';
}

/** The file whose turn it is: the first that waits, once nothing runs. A file with a question holds nobody up. */
export function nextToStart(queue: ImportQueue): QueueItem | null {
  if (queue.items.some((item) => stateOf(queue, item) === 'running')) return null;
  return queue.items.find((item) => item.phase === 'waiting') ?? null;
}

export type QueueCounts = Readonly<Record<ItemState, number>>;

export function countStates(queue: ImportQueue): QueueCounts {
  const counts = { waiting: 0, running: 0, asking: 0, done: 0, failed: 0, cancelled: 0 };
  for (const item of queue.items) counts[stateOf(queue, item)]++;
  return counts;
}

export function reduceQueue(queue: ImportQueue, action: QueueAction): ImportQueue {
  switch (action.type) {
    case 'add':
      return addFiles(queue, action.files, action.kind);
    case 'begin':
      return change(queue, action.key, { phase: 'starting', failure: null });
    case 'admitted':
      return change(queue, action.key, { token: action.token });
    case 'started':
      return withJob(change(queue, action.key, { phase: 'started', jobId: action.job.id }), action.job);
    case 'refused':
      return change(queue, action.key, { phase: 'refused', failure: action.failure });
    case 'answered':
      return answer(queue, action.key, action.answers);
    case 'progress':
      return withJob(queue, action.job);
    case 'track':
      return track(queue, action.job, action.fileName);
    case 'dismiss':
      return { ...queue, items: queue.items.filter((item) => item.key !== action.key) };
    case 'dismiss-finished':
      return { ...queue, items: queue.items.filter((item) => isUnfinished(stateOf(queue, item))) };
  }
}

function isUnfinished(state: ItemState): boolean {
  return state === 'waiting' || state === 'running' || state === 'asking';
}

function addFiles(queue: ImportQueue, files: readonly File[], kind: Answers['kind']): ImportQueue {
  const items = files.map<QueueItem>((file, index) => ({
    key: `file-${queue.added + index}`,
    fileName: file.name,
    file,
    token: null,
    answers: { kind },
    phase: 'waiting',
    jobId: null,
    failure: null,
  }));
  return { ...queue, items: [...queue.items, ...items], added: queue.added + files.length };
}

/** The file goes back into the line with what is now known; the job that asked is forgotten. */
function answer(queue: ImportQueue, key: string, answers: Partial<Answers>): ImportQueue {
  const item = queue.items.find((one) => one.key === key);
  if (!item) return queue;
  const jobs = { ...queue.jobs };
  if (item.jobId !== null) delete jobs[item.jobId];
  const answered = {
    answers: { ...item.answers, ...answers },
    phase: 'waiting',
    jobId: null,
    failure: null,
  } as const;
  return change({ ...queue, jobs }, key, answered);
}

/** Once its file is in or given up, a password is forgotten. Until then another question may need the file again. */
function forgetPassword(queue: ImportQueue, job: Job): ImportQueue {
  if (!isOver(job) || job.state === 'asking') return queue;
  const items = queue.items.map((item) => {
    if (item.jobId !== job.id || item.answers.password === undefined) return item;
    const { password: _forgotten, ...answers } = item.answers;
    return { ...item, answers };
  });
  return { ...queue, items };
}

function change(queue: ImportQueue, key: string, changes: Partial<QueueItem>): ImportQueue {
  return { ...queue, items: queue.items.map((item) => (item.key === key ? { ...item, ...changes } : item)) };
}

function withJob(queue: ImportQueue, job: Job): ImportQueue {
  const known = queue.jobs[job.id];
  const newest = known ? furtherOf(known, job) : job;
  return forgetPassword({ ...queue, jobs: { ...queue.jobs, [job.id]: newest } }, newest);
}

/** Shows a job that has no line yet: an undo, or an import that began before this page was loaded. */
function track(queue: ImportQueue, job: Job, fileName: string): ImportQueue {
  const next = withJob(queue, job);
  if (next.items.some((item) => item.jobId === job.id)) return next;
  const item: QueueItem = {
    key: `job-${job.id}`,
    fileName,
    file: null,
    token: null,
    answers: { kind: 'auto' },
    phase: 'started',
    jobId: job.id,
    failure: null,
  };
  return { ...next, items: [...next.items, item] };
}

const STAGES: readonly Job['stage'][] = ['reading', 'writing', 'checking', 'matching', 'undoing', 'finished'];

/**
 * Answers and events travel apart, so an older picture of a job can arrive after a newer one. The one that is
 * further along wins; of two equals, the later arrival.
 */
function furtherOf(known: Job, arrived: Job): Job {
  const isKnownOver = isOver(known);
  if (isKnownOver !== isOver(arrived)) return isKnownOver ? known : arrived;
  const stages = STAGES.indexOf(known.stage) - STAGES.indexOf(arrived.stage);
  if (stages !== 0) return stages > 0 ? known : arrived;
  return known.rows > arrived.rows ? known : arrived;
}

function isOver(job: Job): boolean {
  return job.state !== 'running';
}
