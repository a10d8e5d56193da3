import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge } from '#shared/ipc/bridge.ts';
import { CHANNELS, EVENTS } from '#shared/ipc/channels.ts';

// SECURITY: the page gets functions by name and plain values; never ipcRenderer, an event object or a path.
const call = Object.fromEntries(
  CHANNELS.map((channel) => [channel, (input: unknown) => ipcRenderer.invoke('call', channel, input)]),
) as unknown as Bridge<File>['call'];

const on = Object.fromEntries(
  EVENTS.map((event) => [
    event,
    (listener: (payload: unknown) => void) => {
      const hear = (_event: unknown, payload: unknown) => listener(payload);
      ipcRenderer.on(`event ${event}`, hear);
      return () => {
        ipcRenderer.off(`event ${event}`, hear);
      };
    },
  ]),
) as unknown as Bridge<File>['on'];

const bridge: Bridge<File> = {
  call,
  on,
  admitFile: (file) => ipcRenderer.invoke('admit-file', webUtils.getPathForFile(file)),
  saveFile: (token) => ipcRenderer.invoke('save-file', token),
  startup: () => ipcRenderer.invoke('startup'),
};

contextBridge.exposeInMainWorld('daftari', bridge);
