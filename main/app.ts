import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { say } from '#shared/domain/message.ts';
import { fail, type Result } from '#shared/ipc/result.ts';
import type { App, Startup } from './app-types.ts';
import { connectHandlers } from './handlers.ts';
import { recordBug } from './ipc/bug.ts';
import { createEvents, type Events } from './ipc/events.ts';
import { createRouter, type Refusal } from './ipc/router.ts';
import type { Session, SessionFor } from './ipc/session.ts';
import { type Log, openLog } from './log/log.ts';
import { type OpenedCore, openCore } from './open-core.ts';
import type { Core } from './services/core.ts';
import { openFileTokens } from './services/file-tokens.ts';
import { openImportJobs } from './services/import-jobs.ts';
import { openJobBook } from './services/job-book.ts';
import { recordRefusal } from './services/record-refusal.ts';
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
};

/** Puts the product together: adapters, services, router. A core that cannot open answers everything with its reason. */
export async function openApp(options: AppOptions): Promise<App> {
  // Before the log makes it for everybody to look into.
  mkdirSync(join(options.profile, 'logs'), { recursive: true, mode: 0o700 });
  const log = openLog(join(options.profile, 'logs', 'daftari.log'));
  let session: Session | null = null;
  const sessionFor: SessionFor = (window) => (session?.window === window ? session : null);
  const events = createEvents({ sessionFor, log });
  try {
    const opened = await openCore({
      profile: options.profile,
      host: options.host,
      keys: options.vault,
      environment: options.demo ? 'demo' : 'production',
      language: 'en',
      workerUrl: options.workerUrl,
      log,
      tell: events.emit,
    });
    if (!opened.ok) return failedApp({ state: 'failed', failure: opened.error }, options);
    session = opened.value.session;
    if (options.demo) await prepareDemo(opened.value, options);
    return readyApp(opened.value, options, sessionFor, events, log);
  } catch (error) {
    const reference = recordBug(log, 'start-up', error);
    const { error: failure } = fail('startup/failed', say('startup.failed', { reference }), reference);
    return failedApp({ state: 'failed', failure }, options);
  }
}

function readyApp(
  opened: OpenedCore,
  options: AppOptions,
  sessionFor: SessionFor,
  events: Events,
  log: Log,
): App {
  const { core } = opened;
  const files = openFileTokens(core.now);
  const book = openJobBook(core);
  const jobs = openImportJobs(core, book, files);
  const about = { host: options.host, version: options.version };
  const router = createRouter({
    handlers: connectHandlers({ core, jobs, book, about }),
    sessionFor,
    onRefusal: (refusal) => auditRefusal(core, refusal, log),
    now: core.now,
    log,
  });
  return {
    environment: core.ledger.environment,
    startup: () => ({ state: 'ready' }),
    call: router.call,
    subscribe: events.subscribe,
    admitFile: (window, path) => files.admit(window, path),
    close: async () => {
      book.cancelAll();
      await jobs.settle();
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
async function prepareDemo(opened: OpenedCore, options: AppOptions): Promise<void> {
  if (options.isPackaged) throw new Error('the demo runs from a checkout only');
  const { fillDemo } = await import('./demo/fill-demo.ts');
  await fillDemo(opened.core, { staffId: opened.session.staffId, session: opened.session.id });
}

function failedApp(startup: Extract<Startup, { state: 'failed' }>, options: AppOptions): App {
  const refuse = async (): Promise<Result<never>> => ({ ok: false, error: startup.failure });
  return {
    environment: options.demo ? 'demo' : 'production',
    startup: () => startup,
    call: refuse,
    subscribe: () => () => undefined,
    admitFile: refuse,
    close: async () => undefined,
  };
}
