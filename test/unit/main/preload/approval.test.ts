import { expect, test, vi } from 'vitest';
import { APPROVAL_CHANNELS, APPROVAL_EVENTS } from '#shared/ipc/channels.ts';

const electron = vi.hoisted(() => ({
  exposed: new Map<string, { call: object; on: object }>(),
  invoked: [] as unknown[][],
}));
vi.mock('electron', () => ({
  contextBridge: {
    exposeInMainWorld: (name: string, value: { call: object; on: object }) =>
      electron.exposed.set(name, value),
  },
  ipcRenderer: { invoke: async (...args: unknown[]) => electron.invoked.push(args) },
}));

test('the approval page finds its own few requests, and no file, no start-up, no other channel', async () => {
  await import('#main/preload/approval.ts');
  const bridge = electron.exposed.get('daftari');
  expect([...electron.exposed.keys()]).toEqual(['daftari']);
  expect(Object.keys(bridge ?? {})).toEqual(['call', 'on']);
  expect(Object.keys(bridge?.call ?? {})).toEqual([...APPROVAL_CHANNELS]);
  expect(Object.keys(bridge?.on ?? {})).toEqual([...APPROVAL_EVENTS]);
});
