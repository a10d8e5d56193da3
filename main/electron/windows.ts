import { BrowserWindow, type Session } from 'electron';
import type { App } from '#main/app-types.ts';
import type { Log } from '#main/log/log.ts';
import type { WindowName } from '#shared/ipc/contract.ts';
import { windowTitle } from '#shared/text/window-title.ts';
import { originOf } from './origins.ts';
import { APPROVAL_WINDOW, MAIN_WINDOW, securePreferences } from './window-options.ts';

const MAX_RELOADS = 3;

export type Windows = {
  openMain(): void;
  /** Opens the approval window, or shows it again with what is asked now. */
  openApproval(): void;
  closeApproval(): void;
  /** Brings the main window to the front, as when Daftari is started a second time. */
  focusMain(): void;
  /** Which of our windows this webContents is; null when it is none. */
  nameOf(webContentsId: number): WindowName | null;
  send(to: WindowName, channel: string, payload: unknown): void;
};

/** Opens the windows and knows which is which. */
export function createWindows(options: {
  readonly session: Session;
  /** The preload of each window: one knows nothing of the other's channels. */
  readonly preloads: Readonly<Record<WindowName, string>>;
  readonly isPackaged: boolean;
  readonly environment: App['environment'];
  readonly log: Log;
}): Windows {
  const open = new Map<WindowName, BrowserWindow>();
  const { environment } = options;
  const titles = [windowTitle(environment, 'en'), windowTitle(environment, 'sw')];

  function openWindow(name: WindowName): void {
    const { session, isPackaged, preloads } = options;
    const parent = open.get('main');
    const window = new BrowserWindow({
      ...(name === 'main' ? { ...MAIN_WINDOW, title: windowTitle(environment, 'en') } : APPROVAL_WINDOW),
      ...(name === 'approval' && parent ? { parent } : {}),
      webPreferences: securePreferences({ session, isPackaged, preload: preloads[name] }),
    });
    // SECURITY: neither a password being typed nor what it approves stands in a recording or a shared screen.
    if (name === 'approval') window.setContentProtection(true);
    open.set(name, window);
    window.once('ready-to-show', () => window.show());
    window.on('closed', () => open.delete(name));
    // The page may say which books these are in its own language, and nothing else.
    window.on('page-title-updated', (event, title) => {
      if (name !== 'main' || !titles.includes(title)) event.preventDefault();
    });
    reloadAfterCrash(window, options.log);
    void window.loadURL(`${originOf(name)}/`);
  }

  return {
    openMain: () => openWindow('main'),
    openApproval() {
      const window = open.get('approval');
      if (window === undefined) return openWindow('approval');
      window.webContents.reload();
      window.focus();
    },
    closeApproval: () => open.get('approval')?.close(),
    focusMain() {
      const window = open.get('main');
      if (window === undefined) return;
      if (window.isMinimized()) window.restore();
      window.focus();
    },
    nameOf(webContentsId) {
      for (const [name, window] of open) if (window.webContents.id === webContentsId) return name;
      return null;
    },
    send(to, channel, payload) {
      open.get(to)?.webContents.send(channel, payload);
    },
  };
}

/** A page that crashed comes back; nothing is lost, because everything is in the ledger. */
function reloadAfterCrash(window: BrowserWindow, log: Log): void {
  let reloads = 0;
  window.webContents.on('render-process-gone', (_event, details) => {
    log.error('page gone', { reason: details.reason, exitCode: details.exitCode, reloads });
    if (details.reason === 'clean-exit' || reloads >= MAX_RELOADS) return;
    reloads += 1;
    window.webContents.reload();
  });
  window.webContents.on('preload-error', (_event, _path, error) => log.error('preload failed', { error }));
}
