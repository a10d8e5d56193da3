import { parentPort } from 'node:worker_threads';
import { AHEAD, type FromWorker, type JobName, type Jobs, type ToWorker } from './protocol.ts';

type Job<N extends JobName> = (
  input: Jobs[N]['input'],
  signal: AbortSignal,
) => AsyncIterable<Jobs[N]['news']>;

/** Each job is loaded when it is first asked for: a thread that matches needs no readers, and the shop's machine has 4 GB. */
const JOBS: { readonly [N in JobName]: () => Promise<Job<N>> } = {
  'read-statement': async () => (await import('./jobs/read-statement.ts')).readStatementFile,
  'read-sales': async () => (await import('./jobs/read-sales.ts')).readSalesFile,
  'preview-sales': async () => (await import('./jobs/read-sales.ts')).previewSalesFile,
  match: async () => (await import('./jobs/match-days.ts')).matchDays,
  'dry-run-rule': async () => (await import('./jobs/dry-run-rule.ts')).dryRunRule,
  'find-vanished-lines': async () => (await import('./jobs/find-vanished.ts')).findVanishedLines,
  'find-vanished-sales': async () => (await import('./jobs/find-vanished.ts')).findVanishedSales,
  'verify-audit': async () => (await import('./jobs/verify-audit.ts')).verifyAudit,
  'export-audit': async () => (await import('./jobs/export-audit.ts')).exportAudit,
  'check-database': async () => (await import('./jobs/check-database.ts')).checkDatabase,
  checkpoint: async () => (await import('./jobs/checkpoint.ts')).checkpoint,
};

type Running = { readonly stop: AbortController; credit: number; wake: () => void };
const running = new Map<number, Running>();
const port = parentPort;
if (!port) throw new Error('this file runs as a worker thread');
const tell = (message: FromWorker) => port.postMessage(message);

port.on('message', (message: ToWorker) => {
  if (message.type === 'close') {
    for (const job of running.values()) stopJob(job);
    port.close();
    return;
  }
  if (message.type === 'start') void runJob(message.job, message.name, message.input);
  const job = running.get(message.job);
  if (!job) return;
  if (message.type === 'more') {
    job.credit += 1;
    job.wake();
  } else if (message.type === 'stop') stopJob(job);
});

function stopJob(job: Running): void {
  job.stop.abort(new Error('stopped'));
  job.wake();
}

async function runJob(id: number, name: JobName, input: unknown): Promise<void> {
  const job: Running = { stop: new AbortController(), credit: AHEAD, wake: () => undefined };
  running.set(id, job);
  try {
    const work = (await JOBS[name]()) as Job<JobName>;
    for await (const news of work(input as Jobs[JobName]['input'], job.stop.signal)) {
      await waitForCredit(job);
      if (job.stop.signal.aborted) break;
      job.credit -= 1;
      tell({ type: 'news', job: id, news });
    }
    tell({ type: 'end', job: id });
  } catch (error) {
    if (job.stop.signal.aborted) tell({ type: 'end', job: id });
    else tell(asBroken(id, error));
  } finally {
    running.delete(id);
  }
}

async function waitForCredit(job: Running): Promise<void> {
  while (job.credit <= 0 && !job.stop.signal.aborted) {
    await new Promise<void>((resolve) => {
      job.wake = resolve;
    });
  }
}

function asBroken(job: number, error: unknown): FromWorker {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  return { type: 'broke', job, name, words: message, stack: stack ?? '' };
}
