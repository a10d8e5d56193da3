import { type IpcMainInvokeEvent, ipcMain } from 'electron';
import type { App } from '#main/app-types.ts';
import { say } from '#shared/domain/message.ts';
import type { WindowName } from '#shared/ipc/contract.ts';
import { fail } from '#shared/ipc/result.ts';
import { isAtOrigin, originOf } from './origins.ts';
import { saveOfferedFile } from './save-file.ts';
import type { Windows } from './windows.ts';

/** Joins the windows to the core. This is the only place that hears `ipcMain`. */
export function connectWindows(core: App, windows: Windows): void {
  ipcMain.handle('call', (event, channel: unknown, input: unknown) =>
    core.call({ window: identify(event, windows) }, typeof channel === 'string' ? channel : '', input),
  );
  ipcMain.handle('startup', (event) => {
    if (identify(event, windows) === null) throw new Error('untrusted sender');
    return core.startup();
  });
  ipcMain.handle('admit-file', (event, path: unknown) => {
    const window = identify(event, windows);
    if (window === null) return fail('ipc/untrusted-sender', say('error.untrusted-sender'));
    if (typeof path !== 'string' || path === '') return fail('ipc/malformed', say('error.malformed'));
    return core.admitFile(window, path);
  });
  ipcMain.handle('save-file', (event, token: unknown) => {
    const window = identify(event, windows);
    if (window === null) return fail('ipc/untrusted-sender', say('error.untrusted-sender'));
    if (typeof token !== 'string' || token === '') return fail('ipc/malformed', say('error.malformed'));
    return saveOfferedFile(event.sender, core.findOffered(window, token));
  });
  core.subscribe((event, payload, to) => windows.send(to, `event ${event}`, payload));
  core.onApproval((wanted) => (wanted === 'open' ? windows.openApproval() : windows.closeApproval()));
}

/**
 * SECURITY: a caller is one of our windows only if its webContents is known, it still has a frame, that frame is
 * the main one, and it is at exactly the window's own origin.
 */
function identify(event: IpcMainInvokeEvent, windows: Windows): WindowName | null {
  const window = windows.nameOf(event.sender.id);
  const frame = event.senderFrame;
  if (window === null || frame === null || frame !== event.sender.mainFrame) return null;
  return frame.origin === originOf(window) && isAtOrigin(frame.url, window) ? window : null;
}
