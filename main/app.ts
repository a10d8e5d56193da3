import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { say } from '#shared/domain/message.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { type Failure, fail, type Result, succeed } from '#shared/ipc/result.ts';
import { type Access, openAccess } from './access/access.ts';
import type { Passwords } from './access/passwords.ts';
import { openRecoveryKits, type RecoveryKits } from './access/recovery-kit.ts';
import type { App } from './app-types.ts';
import { createFailedApp, createRecoveryApp } from './closed-app.ts';
import type { Environment } from './db/ledger-file.ts';
import type { Demo } from './demo/open-demo.ts';
import { connectHandlers } from './handlers.ts';
import { recordBug } from './ipc/bug.ts';
import { createEvents, type Events } from './ipc/events.ts';
import { createRouter } from './ipc/router.ts';
import type { SessionFor } from './ipc/session.ts';
import { type Log, openLog } from './log/log.ts';
import { type OpenedCore, openCore } from './open-core.ts';
import { openLineFor } from './open-line.ts';
import { openSafaricom } from './open-safaricom.ts';
import { admitFile } from './services/admit-file.ts';
import { openAuditJobs } from './services/audit/audit-jobs.ts';
import type { Core } from './services/core.ts';
import { openDoctorDesk } from './services/doctor/desk.ts';
import { endAllSessions, lockAllSessions } from './services/end-session.ts';
import { openFileTokens } from './services/file-tokens.ts';
import { openImportJobs } from './services/import-jobs.ts';
import { openJobBook } from './services/job-book.ts';
import { openLookUps } from './services/look-up/look-ups.ts';
import { openOfferedFiles } from './services/offered-files.ts';
import { openPullDesk } from './services/pull/pull-desk.ts';
import { openRefusalRecord } from './services/record-refusal.ts';
import { settleEarlyTries } from './services/record-refused-try.ts';
import { canCodeMend, type KeyRecovery, noteKeyRestored, openKeyRecovery } from './services/recover-key.ts';
import { type ApprovalDesk, openApprovalDesk } from './services/reversals/approval-desk.ts';
import { watchReversals } from './services/reversals/watch-reversals.ts';
import { watchSessions } from './services/watch-sessions.ts';
import type { Vault } from './vault/vault.ts';

export type AppOptions = {
  readonly profile: string;
  readonly host: 'electron' | 'preview';
  readonly vault: Vault;
  /** The worker's entry: a `.ts` from a checkout, a `.js` from a build. */
  readonly workerUrl: URL;
  readonly demo: boolean;
  /** Books that are made now are for Safaricom's sandbox, for ever. Books that are there stay what they are. */
  readonly sandbox?: boolean;
  /** A Safaricom on this computer, from a checkout: books that are made now are a demo's, without its month. */
  readonly demoOrigin?: string;
  readonly isPackaged: boolean;
  readonly version: string;
  /** Cheaper hashing of passwords and recovery codes, for tests only. */
  readonly passwords?: Passwords;
  readonly kits?: RecoveryKits;
};

/**
 * Puts the product together: adapters, services, router. Books that cannot be opened answer everything with the reason;
 * where the recovery code can mend it, they open in place as soon as it has.
 */
export async function openApp(options: AppOptions): Promise<App> {
  // Before the log makes it for everybody to look into.
  mkdirSync(join(options.profile, 'logs'), { recursive: true, mode: 0o700 });
  const log = openLog(join(options.profile, 'logs', 'daftari.log'));
  let access: Access | null = null;
  const sessionFor: SessionFor = (window) => access?.book.sessionFor(window) ?? null;
  const events = createEvents({ sessionFor, log });
  const about = { host: options.host, version: options.version };
  const environment = environmentOf(options);
  const approvalDesk = openApprovalDesk();

  function closedApp(failure: Failure): App {
    const recovery = canCodeMend(failure) ? findKeyRecovery(options, log) : null;
    if (recovery === null) return createFailedApp(failure, environment);
    const reopen = async (mended: Mended): Promise<Result<undefined>> => {
      current = await openOnce(mended);
      const startup = current.startup();
      return startup.state === 'ready' ? succeed(undefined) : { ok: false, error: startup.failure };
    };
    return createRecoveryApp({ failure, recovery, about, log, reopen });
  }

  async function openOnce(mended: Mended | null): Promise<App> {
    try {
      const opened = await openCore({
        profile: options.profile,
        host: options.host,
        keys: options.vault,
        version: options.version,
        environment,
        language: 'en',
        workerUrl: options.workerUrl,
        log,
        tell: events.emit,
      });
      if (!opened.ok) return closedApp(opened.error);
      const { core } = opened.value;
      access = openAccess({
        host: options.host,
        read: core.ledger.read,
        now: core.now,
        ...(options.passwords ? { passwords: options.passwords } : {}),
        ...(options.kits ? { kits: options.kits } : {}),
      });
      if (mended) noteKeyRestored(core, mended.wrongTries);
      const demo = options.demo ? await prepareDemo(core, access, options) : null;
      return await readyApp({ opened: opened.value, access, demo, options, events, log, approvalDesk });
    } catch (error) {
      const reference = recordBug(log, 'start-up', error);
      const { error: failure } = fail('startup/failed', say('startup.failed', { reference }), reference);
      return createFailedApp(failure, environment);
    }
  }

  let current = await openOnce(null);
  return {
    get environment() {
      return current.environment;
    },
    startup: () => current.startup(),
    call: (sender, channel, input) => current.call(sender, channel, input),
    subscribe: events.subscribe,
    admitFile: (window, path) => current.admitFile(window, path),
    findOffered: (window, token) => current.findOffered(window, token),
    onApproval: approvalDesk.onWanted,
    lockAll: (reason) => current.lockAll(reason),
    wake: () => current.wake(),
    close: () => current.close(),
  };
}

/** What new books are for. */
function environmentOf({ demo, demoOrigin, sandbox, isPackaged }: AppOptions): Environment {
  if (demoOrigin !== undefined && isPackaged) throw new Error('a package speaks with Safaricom alone');
  if (demo || demoOrigin !== undefined) return 'demo';
  return sandbox === true ? 'sandbox' : 'production';
}

type Mended = { readonly wrongTries: number };

function findKeyRecovery({ profile, vault, kits }: AppOptions, log: Log): KeyRecovery | null {
  const now = () => Date.now() as UtcMs;
  return openKeyRecovery({ profile, keys: vault, kits: kits ?? openRecoveryKits(), now, log });
}

async function readyApp(parts: {
  readonly opened: OpenedCore;
  readonly access: Access;
  readonly demo: Demo | null;
  readonly options: AppOptions;
  readonly events: Events;
  readonly log: Log;
  readonly approvalDesk: ApprovalDesk;
}): Promise<App> {
  const { opened, access, demo, options, events, log, approvalDesk } = parts;
  const { core } = opened;
  const { environment } = core.ledger;
  const demoOrigin = demo?.safaricomOrigin ?? options.demoOrigin;
  const line = openLineFor({ environment, demoOrigin, now: core.now, log });
  const safaricom = openSafaricom(core, { vault: options.vault, line });
  await demo?.connect(safaricom);
  const reversals = watchReversals(safaricom.parts);
  // While somebody signs in: the first answer then does not wait for a thread to begin.
  core.workers.warm('match');
  const files = openFileTokens(core.now);
  const book = openJobBook(core);
  const jobs = openImportJobs(core, book, files);
  const offered = openOfferedFiles(join(options.profile, 'exports'), access.book.sessionFor);
  const auditJobs = openAuditJobs(core, book, offered);
  const doctor = openDoctorDesk(safaricom.parts, book);
  const refusals = openRefusalRecord(core);
  const lookUps = openLookUps(safaricom.parts);
  const pulls = openPullDesk(safaricom.parts);
  const about = { host: options.host, version: options.version };
  const router = createRouter({
    handlers: connectHandlers({
      core,
      access,
      files,
      jobs,
      book,
      auditJobs,
      about,
      demoPeople: demo?.people ?? [],
      demoExamples: () => demo?.examples() ?? [],
      approvalDesk,
      safaricom: safaricom.parts,
      inbox: safaricom.inbox,
      lookUps,
      pulls,
      doctor,
      offered,
    }),
    sessionFor: access.book.sessionFor,
    onRefusal: refusals.note,
    now: core.now,
    log,
  });
  const stopWatching = watchSessions(core, access);
  return {
    environment,
    startup: () => ({ state: 'ready' }),
    call: router.call,
    subscribe: events.subscribe,
    admitFile: (window, path) =>
      admitFile({ files, sessionFor: access.book.sessionFor, onRefusal: refusals.note }, window, path),
    findOffered: offered.look,
    onApproval: approvalDesk.onWanted,
    lockAll: (reason) => lockAllSessions(core, access, reason),
    wake: () => {
      opened.wake();
      // The network has been away, and what waits at the relay has waited long enough.
      safaricom.inbox.wake();
    },
    close: async () => {
      stopWatching();
      book.cancelAll();
      await jobs.settle();
      await auditJobs.settle();
      await demo?.close();
      await doctor.settle();
      await reversals.close();
      await pulls.close();
      await safaricom.close();
      await lookUps.settle();
      offered.removeAll();
      refusals.settle();
      settleEarlyTries(core, access);
      endAllSessions(core, access);
      await opened.close();
      if (options.demo) await rm(options.profile, { recursive: true, force: true });
    },
  };
}

/** The demo month comes from a checkout only; a packaged program does not carry it. */
async function prepareDemo(core: Core, access: Access, options: AppOptions): Promise<Demo> {
  if (options.isPackaged) throw new Error('the demo runs from a checkout only');
  const { openDemo } = await import('./demo/open-demo.ts');
  return openDemo(core, access, options.profile);
}
