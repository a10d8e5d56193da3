import { dialog, type App as ElectronApp, powerMonitor } from 'electron';
import type { App } from '#main/app-types.ts';
import { recordBug } from '#main/ipc/bug.ts';
import type { Log } from '#main/log/log.ts';
import { say } from '#shared/domain/message.ts';
import { render } from '#shared/text/render.ts';

/** Closes the core before Electron quits, however quitting began: the last window, the menu, or the system. */
export function quitCleanly(app: ElectronApp, core: App, log: Log): void {
  let state: 'open' | 'closing' | 'closed' = 'open';
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    core
      .close()
      .catch((error: unknown) => recordBug(log, 'closing', error))
      .finally(() => {
        state = 'closed';
        app.quit();
      });
  });
  powerMonitor.on('shutdown', () => app.quit());
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());
}

/** A bug outside of any request: one sentence and a reference, never a stack, then out; the ledger is made for that. */
export function reportBugs(app: ElectronApp, log: Log): void {
  const report = (bug: unknown) => {
    const reference = recordBug(log, 'main process', bug);
    if (app.isReady()) dialog.showErrorBox('Daftari', render(say('error.bug', { reference }), 'en'));
    app.exit(1);
  };
  process.on('uncaughtException', report);
  process.on('unhandledRejection', report);
}
