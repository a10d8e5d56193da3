import { randomBytes } from 'node:crypto';
import type { UtcMs } from '#shared/domain/time.ts';
import type { EventName, Payload } from '#shared/ipc/contract.ts';
import { succeed } from '#shared/ipc/result.ts';
import type { Actor } from './db/ledger.ts';
import type { Environment } from './db/ledger-file.ts';
import { type KeyStore, type OpenLedger, openLedger } from './db/open.ts';
import type { Session } from './ipc/session.ts';
import type { Log } from './log/log.ts';
import { settleCheckpoint } from './services/checkpoint.ts';
import type { Core } from './services/core.ts';
import { rollBackInterrupted } from './services/import-writing.ts';
import { matchChangedDays, settleMatching } from './services/match-days.ts';
import { finishDayStart } from './services/set-day-start.ts';
import { finishInterruptedUndo } from './services/undo-import.ts';
import { openWorkers } from './work/workers.ts';

export type CoreOptions = {
  readonly profile: string;
  readonly host: 'electron' | 'preview' | 'cli';
  readonly keys: KeyStore;
  readonly environment: Environment;
  readonly language: 'en' | 'sw';
  readonly workerUrl: URL;
  readonly log: Log;
  readonly tell: <E extends EventName>(event: E, payload: Payload<E>) => void;
};

export type OpenedCore = {
  readonly core: Core;
  readonly session: Session;
  readonly close: () => Promise<void>;
};

/** Opens a profile and everything the services need; takes back what a crash left half done. */
export async function openCore(
  options: CoreOptions,
): Promise<{ ok: true; value: OpenedCore } | Extract<Awaited<ReturnType<typeof openLedger>>, { ok: false }>> {
  const now = () => Date.now() as UtcMs;
  const { profile: dir, host, keys, environment, language } = options;
  const opened = await openLedger({ dir, host, keys, environment, language, now });
  if (!opened.ok) return opened;
  const { ledger } = opened;
  const workers = openWorkers(options.workerUrl);
  const core: Core = { ledger, workers, now, tell: options.tell, log: options.log };
  try {
    const session = startSession(core, host);
    const actor: Actor = { staffId: session.staffId, session: session.id };
    await takeUpWhatWasLeft(core, actor);
    // Not awaited: the books can be read while the days of a long absence are matched.
    void matchChangedDays(core, actor);
    const close = async () => {
      await settleMatching(core);
      endSession(core, session, actor);
      await settleCheckpoint(core);
      await workers.close();
      ledger.close();
    };
    return { ok: true, value: { core, session, close } };
  } catch (error) {
    await workers.close();
    ledger.close();
    throw error;
  }
}

/** What a crash or a power cut left half done is taken back or carried through before anything else happens. */
async function takeUpWhatWasLeft(core: Core, actor: Actor): Promise<void> {
  const rolledBack = await rollBackInterrupted(core, actor);
  if (rolledBack > 0) core.log.warn('took back an import that did not finish', { imports: rolledBack });
  await finishInterruptedUndo(core, actor);
  await finishDayStart(core, actor);
}

/** Until people sign in, whoever opens the program is the owner: one row of staff, one session a run. */
function startSession(core: Core, host: CoreOptions['host']): Session {
  const id = randomBytes(32).toString('hex');
  const known = findOwner(core.ledger);
  const started = core.ledger.act(
    { staffId: known?.id ?? 1, session: id },
    'session.started',
    'ledger',
    (db) => {
      if (!known) {
        db.run(`INSERT INTO staff (id, name, role, created_at) VALUES (1, 'Owner', 'owner', ?)`, core.now());
      }
      const staffId = known?.id ?? 1;
      db.run(
        'INSERT INTO sessions (id, staff_id, host, started_at) VALUES (?, ?, ?, ?)',
        id,
        staffId,
        host,
        core.now(),
      );
      return succeed({ value: staffId, details: { host } });
    },
  );
  if (!started.ok) throw new Error(`no session can be started: ${started.error.code}`);
  return { id, staffId: started.value, name: known?.name ?? 'Owner', role: 'owner', window: 'main', confirmedUntil: null };
}

function findOwner(ledger: OpenLedger): { id: number; name: string } | undefined {
  return ledger.read.get<{ id: number; name: string }>(
    `SELECT id, name FROM staff WHERE role = 'owner' AND is_active = 1 ORDER BY id LIMIT 1`,
  );
}

function endSession(core: Core, session: Session, actor: Actor): void {
  const ended = core.ledger.act(actor, 'session.ended', 'ledger', (db) => {
    db.run('UPDATE sessions SET ended_at = ? WHERE id = ?', core.now(), session.id);
    return succeed({ value: undefined, details: {} });
  });
  if (!ended.ok) core.log.error('a session could not be ended in the ledger', { code: ended.error.code });
}
