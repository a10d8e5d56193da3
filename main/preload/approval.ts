import { contextBridge, ipcRenderer } from 'electron';
import type { ApprovalBridge } from '#shared/ipc/bridge.ts';
import { APPROVAL_CHANNELS, APPROVAL_EVENTS } from '#shared/ipc/channels.ts';
import { exposeCalls, exposeEvents } from './expose.ts';

// SECURITY: the approval page gets its own few functions and nothing of the main window's.
const bridge: ApprovalBridge = {
  call: exposeCalls<ApprovalBridge['call']>(ipcRenderer, APPROVAL_CHANNELS),
  on: exposeEvents<ApprovalBridge['on']>(ipcRenderer, APPROVAL_EVENTS),
};

contextBridge.exposeInMainWorld('daftari', bridge);
