import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge } from '#shared/ipc/bridge.ts';
import { CHANNELS, EVENTS } from '#shared/ipc/channels.ts';
import { exposeCalls, exposeEvents } from './expose.ts';

const bridge: Bridge<File> = {
  call: exposeCalls<Bridge<File>['call']>(ipcRenderer, CHANNELS),
  on: exposeEvents<Bridge<File>['on']>(ipcRenderer, EVENTS),
  admitFile: (file) => ipcRenderer.invoke('admit-file', webUtils.getPathForFile(file)),
  saveFile: (token) => ipcRenderer.invoke('save-file', token),
  startup: () => ipcRenderer.invoke('startup'),
};

contextBridge.exposeInMainWorld('daftari', bridge);
