import type { UtcMs } from '#shared/domain/time.ts';
import type { EventName, Payload } from '#shared/ipc/contract.ts';
import { succeed } from '#shared/ipc/result.ts';
import { type Clocks, watchClock } from './audit/clock.ts';
import { openAuditKeeper } from './audit/keeper.ts';
import { PROGRAM } from './db/ledger.ts';
import type { Environment } from './db/ledger-file.ts';
import { type KeyStore, openLedger } from './db/open.ts';
import { closeCrashedSessions } from './db/queries/sessions.ts';
import type { Log } from './log/log.ts';
import { settleCheckpoint } from './services/checkpoint.ts';
import type { Core } from './services/core.ts';
import { rollBackInterrupted } from './services/import-writing.ts';
import { matchChangedDays, settleMatching } from './services/match-days.ts';
import { recordSafely } from './services/record-safely.ts';
import { keepValidKit } from './services/recovery-kits.ts';
import { finishDayStart } from './services/set-day-start.ts';
import { settleReported } from './services/settle-reported.ts';
import { finishInterruptedUndo } from './services/undo-import.ts';
import { openWorkers } from './work/workers.ts';

export type CoreOptions = {
  readonly profile: string;
  readonly host: 'electron' | 'preview' | 'cli';
  readonly keys: KeyStore;
  readonly version: string;
  readonly environment: Environment;
  readonly language: 'en' | 'sw';
  readonly workerUrl: URL;
  readonly log: Log;
  readonly tell: <E extends EventName>(event: E, payload: Payload<E>) => void;
  /** Others than the computer's, for tests. */
  readonly clocks?: Clocks;
};

const COMPUTER: Clocks = { wall: () => Date.now() as UtcMs, steady: () => performance.now() };

export type OpenedCore = {
  readonly core: Core;
  /** The computer slept and is awake again. */
  readonly wake: () => void;
  /** Whoever is still signed in must have been signed out before. */
  readonly close: () => Promise<void>;
};

/** Opens a profile and everything the services need; takes back what a crash left half done. */
export async function openCore(
  options: CoreOptions,
): Promise<{ ok: true; value: OpenedCore } | Extract<Awaited<ReturnType<typeof openLedger>>, { ok: false }>> {
  const clocks = options.clocks ?? COMPUTER;
  const now = clocks.wall;
  const { profile: dir, host, keys, environment, language } = options;
  const opened = await openLedger({ dir, host, keys, environment, language, now });
  if (!opened.ok) return opened;
  const { ledger } = opened;
  const workers = openWorkers(options.workerUrl);
  try {
    // First of all: it holds the log against its anchor before anything adds to it.
    const audit = await openAuditKeeper({ ledger, keys, log: options.log });
    const core: Core = { ledger, workers, audit, now, tell: options.tell, log: options.log };
    const clock = watchClock(ledger, clocks, options.log);
    noteStart(core, options);
    await takeUpWhatWasLeft(core);
    // Not awaited: the books can be read while the days of a long absence are matched.
    void matchChangedDays(core, PROGRAM);
    const close = async () => {
      await settleMatching(core);
      clock.stop();
      noteStop(core, options);
      await audit.close();
      await settleCheckpoint(core);
      await workers.close();
      ledger.close();
    };
    return { ok: true, value: { core, wake: clock.wake, close } };
  } catch (error) {
    await workers.close();
    ledger.close();
    throw error;
  }
}

/** What a crash or a power cut left half done is taken back or carried through before anything else happens. */
async function takeUpWhatWasLeft(core: Core): Promise<void> {
  const rolledBack = await rollBackInterrupted(core, PROGRAM);
  if (rolledBack > 0) core.log.warn('took back an import that did not finish', { imports: rolledBack });
  await finishInterruptedUndo(core, PROGRAM);
  await settleReported(core, PROGRAM);
  await finishDayStart(core, PROGRAM);
  keepValidKit(core);
}

/** Also closes the sessions that a crash or a power cut left open: nobody is signed in at a start. */
function noteStart(core: Core, { host, version }: CoreOptions): void {
  const started = core.ledger.act(PROGRAM, 'program.started', 'program', (db) =>
    succeed({ value: undefined, details: { host, version, crashedSessions: closeCrashedSessions(db) } }),
  );
  if (!started.ok) throw new Error(`the start cannot be recorded: ${started.error.code}`);
}

function noteStop(core: Core, { host, version }: CoreOptions): void {
  recordSafely(core, 'the end of the program could not be recorded', () =>
    core.ledger.act(PROGRAM, 'program.stopped', 'program', () =>
      succeed({ value: undefined, details: { host, version } }),
    ),
  );
}
