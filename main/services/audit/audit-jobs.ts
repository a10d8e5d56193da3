import { rm } from 'node:fs/promises';
import { type HeadClaim, readHeadCode } from '#shared/domain/audit/head-code.ts';
import { describeVerdict } from '#shared/domain/audit/verdict-words.ts';
import type { Verdict } from '#shared/domain/audit/verify.ts';
import { type Message, say } from '#shared/domain/message.ts';
import { businessDayOf } from '#shared/domain/time.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { Job } from '#shared/ipc/views.ts';
import { readHead } from '../../db/queries/epochs.ts';
import { recordBug } from '../../ipc/bug.ts';
import type { Session } from '../../ipc/session.ts';
import { actorOf, type Core } from '../core.ts';
import { isDiskTrouble } from '../import-writing.ts';
import { estimate, type JobBook, type RunningJob } from '../job-book.ts';
import type { OfferedFiles } from '../offered-files.ts';

export type ExportFormat = 'csv' | 'json';

/**
 * Long work on the log, beside everything else: reading all of it again, and writing a copy. One of each at a time:
 * asked the same again it goes on; asked otherwise, or by somebody else who has the window now, it begins anew.
 */
export type AuditJobs = {
  readonly verify: (session: Session, head: string) => Result<Job>;
  readonly export: (session: Session, format: ExportFormat) => Result<Job>;
  readonly cancel: (session: Session, jobId: string) => Result<Job>;
  /** Resolves when nothing is under way. */
  readonly settle: () => Promise<void>;
};

type Running = { readonly question: string; readonly job: RunningJob; done: Promise<void> };

export function openAuditJobs(core: Core, book: JobBook, offered: OfferedFiles): AuditJobs {
  const running = new Set<Running>();

  const start = (
    kind: 'verify' | 'export',
    session: Session,
    asked: string,
    work: (job: RunningJob) => Promise<void>,
  ): Result<Job> => {
    const question = `${session.id} ${asked}`;
    const before = [...running].find(({ job }) => job.view().kind === kind && !job.signal.aborted);
    if (before?.question === question) return succeed(before.job.view());
    if (before) book.cancel(before.job.id, session.role);
    const job = book.open(kind, null);
    const entry: Running = { question, job, done: Promise.resolve() };
    running.add(entry);
    entry.done = runToItsEnd(core, job, work).finally(() => running.delete(entry));
    return succeed(job.view());
  };

  return {
    verify: (session, typed) => {
      const head = typed === '' ? null : readHeadCode(typed);
      if (typed !== '' && head === null) return fail('ledger/bad-input', say('audit.bad-head'));
      return start('verify', session, typed, (job) => verify(core, session, job, head));
    },
    export: (session, format) =>
      start('export', session, format, (job) => exportLog(core, session, job, format, offered)),
    cancel: (session, jobId) => {
      const mine = [...running].some(({ job }) => job.id === jobId);
      const view = mine ? book.cancel(jobId, session.role) : null;
      return view ? succeed(view) : fail('ledger/not-found', say('import.job-unknown'));
    },
    settle: async () => {
      await Promise.all([...running].map(({ done }) => done));
    },
  };
}

async function runToItsEnd(
  core: Core,
  job: RunningJob,
  work: (job: RunningJob) => Promise<void>,
): Promise<void> {
  const finished = { stage: 'finished', secondsLeft: null } as const;
  try {
    await work(job);
    if (job.view().state === 'running')
      job.update({ ...finished, state: 'cancelled', outcome: say('audit.job-cancelled') });
  } catch (error) {
    const failure = isDiskTrouble(error)
      ? say('error.disk-full')
      : say('error.bug', { reference: recordBug(core.log, `job:${job.view().kind}`, error) });
    job.update({ ...finished, state: 'failed', failure });
  }
}

async function verify(core: Core, session: Session, job: RunningJob, head: HeadClaim | null): Promise<void> {
  const { access } = core.ledger;
  const startedAt = core.now();
  for await (const news of core.workers.run('verify-audit', { access, head }, job.signal)) {
    if (job.signal.aborted) return;
    if (news.type === 'progress') {
      const left = estimate(startedAt, core.now(), news.entries, news.total);
      job.update({ stage: 'checking', rows: news.entries, ...left });
    } else endVerifying(core, session, job, news.verdict);
  }
}

function endVerifying(core: Core, session: Session, job: RunningJob, verdict: Verdict): void {
  const result = verdict.ok ? 'whole' : 'broken';
  const told = core.ledger.act(actorOf(session), 'audit.verified', 'audit', () =>
    succeed({
      value: undefined,
      details: {
        result,
        entries: verdict.entries,
        fault: verdict.fault?.kind ?? null,
        hasHead: verdict.hasHead,
      },
    }),
  );
  if (!told.ok) throw new Error(`a check of the log cannot be recorded: ${told.error.code}`);
  const words = describeVerdict(verdict);
  const end = { stage: 'finished', secondsLeft: null, rows: verdict.entries } as const;
  if (verdict.ok) job.update({ ...end, state: 'done', fraction: 1, outcome: words });
  else job.update({ ...end, state: 'failed', failure: words });
  core.tell('ledger:changed', { areas: ['audit'] });
}

/** That somebody takes a copy is an entry before a byte of it is written, and stands in the copy. */
async function exportLog(
  core: Core,
  session: Session,
  job: RunningJob,
  format: ExportFormat,
  offered: OfferedFiles,
): Promise<void> {
  const { access } = core.ledger;
  const startedAt = core.now();
  const to = readHead(core.ledger.read).seq + 1;
  const told = core.ledger.act(actorOf(session), 'audit.exported', 'audit', () =>
    succeed({ value: undefined, details: { format, entries: to } }),
  );
  if (!told.ok) throw new Error(`an export cannot be recorded: ${told.error.code}`);
  core.tell('ledger:changed', { areas: ['audit'] });
  const path = offered.makePlace();
  const name = `daftari-audit-${businessDayOf(startedAt)}.${format === 'csv' ? 'csv' : 'jsonl'}`;
  for await (const news of core.workers.run('export-audit', { access, path, format, to }, job.signal)) {
    // A short log is written before the stop is heard.
    if (job.signal.aborted) return rm(path, { force: true });
    const left = estimate(startedAt, core.now(), news.entries, to);
    job.update({ stage: 'writing', rows: news.entries, ...left });
    if (!news.isLast) continue;
    const file = { token: offered.offer(session, path, name), name };
    const outcome: Message = say('audit.export-done', { entries: to });
    job.update({ state: 'done', stage: 'finished', secondsLeft: null, fraction: 1, outcome, file });
  }
}
