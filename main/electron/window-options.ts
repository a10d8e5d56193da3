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
