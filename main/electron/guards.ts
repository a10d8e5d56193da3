import { type App as ElectronApp, type Session, session as sessions, type WebContents } from 'electron';
import type { Log } from '#main/log/log.ts';

/**
 * SECURITY: no page leaves its origin, opens a window or a webview, whatever creates it. Our own pages move by
 * their hash alone, which is no navigation, so everything can be refused.
 */
export function guardNavigation(app: ElectronApp, log: Log): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.on('will-navigate', (event) => {
      event.preventDefault();
      log.warn('refused to navigate', { to: shorten(event.url) });
    });
    contents.on('will-frame-navigate', (event) => {
      event.preventDefault();
      log.warn('refused to navigate a frame', { to: shorten(event.url) });
    });
    contents.on('will-redirect', (event) => {
      event.preventDefault();
      log.warn('refused to redirect', { to: shorten(event.url) });
    });
    contents.on('will-attach-webview', (event) => {
      event.preventDefault();
      log.warn('refused a webview');
    });
    contents.setWindowOpenHandler(({ url }) => {
      log.warn('refused to open a window', { to: shorten(url) });
      return { action: 'deny' };
    });
  });
}

/** SECURITY: a page gets no camera, clipboard, notification, device or screen, and reaches no network. */
export function guardSession(session: Session, options: { readonly devServer: string | undefined }): void {
  for (const each of [session, sessions.defaultSession]) {
    each.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
    each.setPermissionCheckHandler(() => false);
    each.setDevicePermissionHandler(() => false);
    each.setDisplayMediaRequestHandler((_request, callback) => callback({}));
    each.on('will-download', (event) => event.preventDefault());
  }
  const devSocket = options.devServer?.replace(/^http/, 'ws');
  session.webRequest.onBeforeRequest(
    { urls: ['*://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*'] },
    (request, callback) => {
      callback({ cancel: devSocket === undefined || !request.url.startsWith(`${devSocket}/`) });
    },
  );
}

function shorten(address: string): string {
  return address.slice(0, 200);
}
