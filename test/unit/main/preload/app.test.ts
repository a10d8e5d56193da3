import { beforeAll, expect, test, vi } from 'vitest';
import { CHANNELS, EVENTS } from '#shared/ipc/channels.ts';

type Hear = (event: unknown, payload: unknown) => void;

const electron = vi.hoisted(() => ({
  exposed: new Map<string, unknown>(),
  invoked: [] as unknown[][],
  heard: new Map<string, Set<Hear>>(),
}));

vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: (name: string, value: unknown) => electron.exposed.set(name, value) },
  ipcRenderer: {
    invoke: async (...args: unknown[]) => electron.invoked.push(args),
    on: (channel: string, hear: Hear) => {
      electron.heard.set(channel, (electron.heard.get(channel) ?? new Set()).add(hear));
    },
    off: (channel: string, hear: Hear) => electron.heard.get(channel)?.delete(hear),
  },
  webUtils: { getPathForFile: (file: { name: string }) => `/home/amina/${file.name}` },
}));

type Exposed = {
  call: Record<string, (input: unknown) => Promise<unknown>>;
  on: Record<string, (listener: (...args: unknown[]) => void) => () => void>;
  admitFile: (file: { name: string }) => Promise<unknown>;
  saveFile: (token: string) => Promise<unknown>;
  startup: () => Promise<unknown>;
};

let bridge: Exposed;
beforeAll(async () => {
  await import('#main/preload/app.ts');
  bridge = electron.exposed.get('daftari') as Exposed;
});

test('the page finds one object, with the names of the contract and nothing more', () => {
  expect([...electron.exposed.keys()]).toEqual(['daftari']);
  expect(Object.keys(bridge).sort()).toEqual(['admitFile', 'call', 'on', 'saveFile', 'startup']);
  expect(Object.keys(bridge.call)).toEqual([...CHANNELS]);
  expect(Object.keys(bridge.on)).toEqual([...EVENTS]);
});

test('a call says its channel and its input', async () => {
  await bridge.call['import:show']?.({ importId: 3 });
  await bridge.startup();
  expect(electron.invoked.splice(0)).toEqual([['call', 'import:show', { importId: 3 }], ['startup']]);
});

test('a file crosses as a path that the page never sees', async () => {
  await bridge.admitFile({ name: 'november.csv' });
  expect(electron.invoked.splice(0)).toEqual([['admit-file', '/home/amina/november.csv']]);
});

test('a file that main offers is named by its token', async () => {
  await bridge.saveFile('f00');
  expect(electron.invoked.splice(0)).toEqual([['save-file', 'f00']]);
});

test('a listener gets the payload, never the event of Electron, until it stops', () => {
  const heard: unknown[][] = [];
  const stop = bridge.on['ledger:changed']?.((...args) => heard.push(args));
  const tell = () => {
    for (const hear of electron.heard.get('event ledger:changed') ?? [])
      hear({ sender: 'secret' }, { areas: ['sales'] });
  };
  tell();
  expect(stop?.()).toBeUndefined();
  tell();
  expect(heard).toEqual([[{ areas: ['sales'] }]]);
});
