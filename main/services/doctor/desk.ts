import type { Role } from '#shared/domain/access/permissions.ts';
import { judgeDatabase } from '#shared/domain/doctor/books.ts';
import { type Check, line, sortChecks, tally } from '#shared/domain/doctor/check.ts';
import { judgeKeychain } from '#shared/domain/doctor/keychain.ts';
import { say } from '#shared/domain/message.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { Input } from '#shared/ipc/contract.ts';
import type { DoctorView } from '#shared/ipc/doctor-channels.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { Job } from '#shared/ipc/views.ts';
import type { Actor } from '../../db/ledger.ts';
import { selectCredentials } from '../../db/queries/credentials.ts';
import { recordBug } from '../../ipc/bug.ts';
import type { JobBook, RunningJob } from '../job-book.ts';
import type { SafaricomParts } from '../safaricom/parts.ts';
import { askSafaricom, type NotAsked } from './ask-safaricom.ts';
import { checkBooks, checkDatabase, checkDisk, type FreeSpace } from './books.ts';
import { tryKeychain } from './keychain.ts';
import { findShortCode } from './named-receipt.ts';
import { lookForSecrets, type SecretStates } from './secrets.ts';
import { checkSetUp } from './set-up.ts';
import { checkComputer } from './trials.ts';

/** The doctor of a window: what was found since the start, and what the books say now. One check at a time. */
export type DoctorDesk = {
  readonly show: () => DoctorView;
  readonly run: (withDatabase: boolean) => Result<Job>;
  readonly ask: (actor: Actor, wish: Input<'doctor:ask'>) => Result<Job>;
  readonly cancel: (jobId: string, role: Role) => Result<Job>;
  /** Resolves when nothing is under way. */
  readonly settle: () => Promise<void>;
};

/** What was looked at since the start, beside what stands in the books. */
type Found = {
  computer: { readonly at: UtcMs; readonly checks: readonly Check[] } | null;
  database: { readonly at: UtcMs; readonly check: Check } | null;
  secrets: SecretStates | null;
  notAsked: readonly NotAsked[];
};

/** Lines of this computer before anybody has looked. */
const UNSEEN = ['keychain', 'disk-space', 'node', 'clock', 'temp-folder', 'cipher', 'workers'] as const;

export type DeskOptions = { readonly freeSpace?: FreeSpace; readonly patienceMs?: number };

export function openDoctorDesk(parts: SafaricomParts, book: JobBook, options: DeskOptions = {}): DoctorDesk {
  const { core } = parts;
  const found: Found = { computer: null, database: null, secrets: null, notAsked: [] };
  let running: { readonly job: RunningJob; readonly done: Promise<void> } | null = null;

  const allChecks = (): Check[] =>
    sortChecks([
      ...(found.computer?.checks ?? UNSEEN.map((name) => line(name, 'not-checked', say('doctor.not-yet')))),
      found.database?.check ?? judgeDatabase(null),
      line('profile', 'ok', say('doctor.profile.ok')),
      ...checkBooks(core),
      ...checkSetUp(parts, found.secrets),
    ]);

  const start = (work: (job: RunningJob) => Promise<void>): Result<Job> => {
    if (running) return succeed(running.job.view());
    const job = book.open('doctor', null);
    const done = runToItsEnd(job, work).finally(() => {
      running = null;
      core.tell('ledger:changed', { areas: ['safaricom'] });
    });
    running = { job, done };
    return succeed(job.view());
  };

  const runToItsEnd = async (job: RunningJob, work: (job: RunningJob) => Promise<void>): Promise<void> => {
    const finished = { stage: 'finished', secondsLeft: null } as const;
    try {
      await work(job);
      const { failure, warning } = tally(allChecks());
      const outcome = say('doctor.outcome', { failures: failure, warnings: warning });
      if (job.signal.aborted) job.update({ ...finished, state: 'cancelled', outcome: say('doctor.stopped') });
      else job.update({ ...finished, state: 'done', fraction: 1, outcome });
    } catch (error) {
      const failure = say('error.bug', { reference: recordBug(core.log, 'job:doctor', error) });
      job.update({ ...finished, state: 'failed', failure });
    }
  };

  const lookAround = async (job: RunningJob, withDatabase: boolean): Promise<void> => {
    const share = withDatabase ? 0.2 : 0.9;
    job.update({ stage: 'checking', fraction: 0 });
    const { workers, now } = core;
    const computer = await checkComputer({ now, workers, showsFolders: false });
    job.update({ fraction: share });
    if (job.signal.aborted) return;
    const keychain = judgeKeychain(await tryKeychain(() => parts.secrets));
    const disk = await checkDisk(core, options.freeSpace);
    found.secrets = await lookForSecrets(parts);
    found.computer = { at: now(), checks: [...computer, keychain, disk] };
    if (!withDatabase || job.signal.aborted) return;
    const check = await checkDatabase(core, job.signal, (done) =>
      job.update({ fraction: share + (1 - share) * done }),
    );
    if (!job.signal.aborted) found.database = { at: now(), check };
  };

  return {
    show: () => ({
      checks: allChecks(),
      checkedAt: found.computer?.at ?? null,
      databaseAt: found.database?.at ?? null,
      job: running?.job.view() ?? null,
      notAsked: [...found.notAsked],
      codes: [...new Set(selectCredentials(core.ledger.read).map(({ shortCode }) => shortCode))],
    }),
    run: (withDatabase) => start((job) => lookAround(job, withDatabase)),
    ask: (actor, { shortCode, receipt: typed }) => {
      const wish = findShortCode(core, { shortCode, typed });
      if (!wish.ok) return wish;
      return start(async (job) => {
        job.update({ stage: 'checking', fraction: 0 });
        found.notAsked = [];
        found.notAsked = await askSafaricom(
          {
            safaricom: parts,
            actor,
            signal: job.signal,
            tell: (fraction) => job.update({ fraction }),
            ...(options.patienceMs === undefined ? {} : { patienceMs: options.patienceMs }),
          },
          wish.value,
        );
      });
    },
    cancel: (jobId, role) => {
      const view = running?.job.id === jobId ? book.cancel(jobId, role) : null;
      return view ? succeed(view) : fail('ledger/not-found', say('import.job-unknown'));
    },
    settle: async () => {
      await running?.done;
    },
  };
}
