import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { say } from '#shared/domain/message.ts';
import { fail, type Result } from '#shared/ipc/result.ts';
import { type Access, openAccess } from './access/access.ts';
import type { Passwords } from './access/passwords.ts';
import type { App, Startup } from './app-types.ts';
import { connectHandlers } from './handlers.ts';
import { recordBug } from './ipc/bug.ts';
import { createEvents, type Events } from './ipc/events.ts';
import { createRouter, type Refusal } from './ipc/router.ts';
import type { SessionFor } from './ipc/session.ts';
import { type Log, openLog } from './log/log.ts';
import { type OpenedCore, openCore } from './open-core.ts';
import type { Core } from './services/core.ts';
import { endAllSessions, lockAllSessions } from './services/end-session.ts';
import { openFileTokens } from './services/file-tokens.ts';
import { openImportJobs } from './services/import-jobs.ts';
import { openJobBook } from './services/job-book.ts';
import { recordRefusal } from './services/record-refusal.ts';
import type { DemoPerson } from './services/show-access.ts';
import { watchSessions } from './services/watch-sessions.ts';
import type { Vault } from './vault/vault.ts';

export type AppOptions = {
  readonly profile: string;
  readonly host: 'electron' | 'preview';
  readonly vault: Vault;
  /** The worker's entry: a `.ts` from a checkout, a `.js` from a build. */
  readonly workerUrl: URL;
  readonly demo: boolean;
  readonly isPackaged: boolean;
  readonly version: string;
  /** Cheaper password hashing, for tests only. */
  readonly passwords?: Passwords;
};

/** Puts the product together: adapters, services, router. A core that cannot open answers everything with its reason. */
export async function openApp(options: AppOptions): Promise<App> {
  // Before the log makes it for everybody to look into.
  mkdirSync(join(options.profile, 'logs'), { recursive: true, mode: 0o700 });
  const log = openLog(join(options.profile, 'logs', 'daftari.log'));
  let access: Access | null = null;
  const sessionFor: SessionFor = (window) => access?.book.sessionFor(window) ?? null;
  const events = createEvents({ sessionFor, log });
  try {
    const opened = await openCore({
      profile: options.profile,
      host: options.host,
      keys: options.vault,
      version: options.version,
      environment: options.demo ? 'demo' : 'production',
      language: 'en',
      workerUrl: options.workerUrl,
      log,
      tell: events.emit,
    });
    if (!opened.ok) return failedApp({ state: 'failed', failure: opened.error }, options);
    const { core } = opened.value;
    access = openAccess({
      host: options.host,
      read: core.ledger.read,
      now: core.now,
      ...(options.passwords ? { passwords: options.passwords } : {}),
    });
    const demoPeople = options.demo ? await prepareDemo(core, access, options) : [];
    return readyApp({ opened: opened.value, access, demoPeople, options, events, log });
  } catch (error) {
    const reference = recordBug(log, 'start-up', error);
    const { error: failure } = fail('startup/failed', say('startup.failed', { reference }), reference);
    return failedApp({ state: 'failed', failure }, options);
  }
}

function readyApp(parts: {
  readonly opened: OpenedCore;
  readonly access: Access;
  readonly demoPeople: readonly DemoPerson[];
  readonly options: AppOptions;
  readonly events: Events;
  readonly log: Log;
}): App {
  const { opened, access, demoPeople, options, events, log } = parts;
  const { core } = opened;
  const files = openFileTokens(core.now);
  const book = openJobBook(core);
  const jobs = openImportJobs(core, book, files);
  const about = { host: options.host, version: options.version };
  const router = createRouter({
    handlers: connectHandlers({ core, access, jobs, book, about, demoPeople }),
    sessionFor: access.book.sessionFor,
    onRefusal: (refusal) => auditRefusal(core, refusal, log),
    now: core.now,
    log,
  });
  const stopWatching = watchSessions(core, access);
  return {
    environment: core.ledger.environment,
    startup: () => ({ state: 'ready' }),
    call: router.call,
    subscribe: events.subscribe,
    admitFile: (window, path) => files.admit(window, path),
    lockAll: (reason) => lockAllSessions(core, access, reason),
    close: async () => {
      stopWatching();
      book.cancelAll();
      await jobs.settle();
      endAllSessions(core, access);
      await opened.close();
      if (options.demo) await rm(options.profile, { recursive: true, force: true });
    },
  };
}

function auditRefusal(core: Core, refusal: Refusal, log: Log): void {
  const recorded = recordRefusal(core, refusal);
  if (!recorded.ok) log.error('a refusal could not be recorded', { code: recorded.error.code });
}

/** The demo month comes from a checkout only; a packaged program does not carry it. */
async function prepareDemo(core: Core, access: Access, options: AppOptions): Promise<readonly DemoPerson[]> {
  if (options.isPackaged) throw new Error('the demo runs from a checkout only');
  const { openDemoShop } = await import('./demo/open-demo-shop.ts');
  return openDemoShop(core, access);
}

function failedApp(startup: Extract<Startup, { state: 'failed' }>, options: AppOptions): App {
  const refuse = async (): Promise<Result<never>> => ({ ok: false, error: startup.failure });
  return {
    environment: options.demo ? 'demo' : 'production',
    startup: () => startup,
    call: refuse,
    subscribe: () => () => undefined,
    admitFile: refuse,
    lockAll: () => undefined,
    close: async () => undefined,
  };
}
