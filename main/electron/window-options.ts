import type { BrowserWindowConstructorOptions, Session, WebPreferences } from 'electron';

/**
 * Every preference that security rests on, written out, so that a change of Electron's defaults changes nothing here.
 */
export function securePreferences(options: {
  readonly preload: string;
  readonly session: Session;
  readonly isPackaged: boolean;
}): WebPreferences {
  return {
    preload: options.preload,
    session: options.session,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    enableBlinkFeatures: '',
    disableBlinkFeatures: 'Auxclick',
    webviewTag: false,
    plugins: false,
    navigateOnDragDrop: false,
    // A dictionary would be fetched from the network, and names do not belong in one.
    spellcheck: false,
    webgl: false,
    safeDialogs: true,
    devTools: !options.isPackaged,
  };
}

/** Beside the main window, never over all of it: what is approved can be held against what the books show. */
export const APPROVAL_WINDOW: BrowserWindowConstructorOptions = {
  width: 560,
  height: 700,
  minWidth: 460,
  minHeight: 560,
  show: false,
  title: 'Daftari',
  autoHideMenuBar: true,
  maximizable: false,
  fullscreenable: false,
  backgroundColor: '#f7f5f0',
};

/** The size of the PC in the shop; the window is shown when its page has something to show. */
export const MAIN_WINDOW: BrowserWindowConstructorOptions = {
  width: 1366,
  height: 768,
  minWidth: 1024,
  minHeight: 640,
  show: false,
  title: 'Daftari',
  autoHideMenuBar: true,
  backgroundColor: '#f7f5f0',
};
