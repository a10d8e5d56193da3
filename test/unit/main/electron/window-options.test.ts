import type { Session } from 'electron';
import { expect, test } from 'vitest';
import { MAIN_WINDOW, securePreferences } from '#main/electron/window-options.ts';

const session = {} as Session;

test.each([true, false])('a page gets nothing it does not need (packaged: %s)', (isPackaged) => {
  const preferences = securePreferences({ preload: '/out/preload/app.cjs', session, isPackaged });
  expect(preferences).toEqual({
    preload: '/out/preload/app.cjs',
    session,
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
    spellcheck: false,
    webgl: false,
    safeDialogs: true,
    devTools: !isPackaged,
  });
  expect(preferences.session).toBe(session);
});

test('the window fits the PC in the shop', () => {
  expect(MAIN_WINDOW).toMatchObject({
    width: 1366,
    height: 768,
    minWidth: 1024,
    minHeight: 640,
    show: false,
  });
});
