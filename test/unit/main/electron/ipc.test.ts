import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Windows } from '#main/electron/windows.ts';
import type { WindowName } from '#shared/ipc/contract.ts';
import { createFakeApp, type FakeApp } from '#test/helpers/fake-app.ts';

type Handler = (event: unknown, ...args: unknown[]) => unknown;
const handlers = vi.hoisted(() => new Map<string, Handler>());
const dialogs = vi.hoisted(() => ({ chosen: { canceled: false, filePath: '' }, asked: [] as unknown[] }));
vi.mock('electron', () => ({
  ipcMain: { handle: (channel: string, handler: Handler) => handlers.set(channel, handler) },
  BrowserWindow: { fromWebContents: () => null },
  dialog: {
    showSaveDialog: async (options: unknown) => {
      dialogs.asked.push(options);
      return dialogs.chosen;
    },
  },
}));

const MAIN_ID = 7;
const sent: unknown[][] = [];
const windows: Windows = {
  openMain: () => undefined,
  focusMain: () => undefined,
  openApproval: () => undefined,
  closeApproval: () => undefined,
  nameOf: (id) => (id === MAIN_ID ? 'main' : null),
  send: (...args) => sent.push(args),
};
let core: FakeApp;

beforeAll(async () => {
  core = createFakeApp();
  const { connectWindows } = await import('#main/electron/ipc.ts');
  connectWindows(core, windows);
});
beforeEach(() => {
  core.calls.length = 0;
  core.admitted.length = 0;
});

/** What Electron tells about a caller; by default the main frame of the main window at its own origin. */
function eventFrom(
  change: { id?: number; url?: string; origin?: string; frame?: 'main' | 'sub' | 'gone' } = {},
) {
  const { id = MAIN_ID, url = 'app://main/#/sales', origin = 'app://main', frame = 'main' } = change;
  const mainFrame = { url, origin };
  const senderFrame = { main: mainFrame, sub: { url, origin }, gone: null }[frame];
  return { sender: { id, mainFrame }, senderFrame };
}

async function windowSeenBy(event: unknown): Promise<WindowName | null | undefined> {
  await handlers.get('call')?.(event, 'job:list', {});
  return core.calls.at(-1)?.sender.window;
}

test('only four doors are open', () => {
  expect([...handlers.keys()].sort()).toEqual(['admit-file', 'call', 'save-file', 'startup']);
});

test('the main window is known by its contents, its frame and its origin', async () => {
  expect(await windowSeenBy(eventFrom())).toBe('main');
});

const strangers: [string, ReturnType<typeof eventFrom>][] = [
  ['contents that are none of our windows', eventFrom({ id: 8 })],
  ['a frame that is gone', eventFrom({ frame: 'gone' })],
  ['a frame inside the page', eventFrom({ frame: 'sub' })],
  ['another origin', eventFrom({ origin: 'https://evil.example', url: 'https://evil.example/' })],
  ['an origin of another window', eventFrom({ origin: 'app://approval', url: 'app://approval/' })],
  ['an opaque origin', eventFrom({ origin: 'null', url: 'data:text/html,x' })],
  [
    'an address that only looks like ours',
    eventFrom({ origin: 'app://main', url: 'app://main.evil.example/' }),
  ],
];

describe.each(strangers)('%s', (_, event) => {
  test('is nobody: the router refuses it, no file is admitted, the start is not told', async () => {
    expect(await windowSeenBy(event)).toBeNull();
    expect(await handlers.get('admit-file')?.(event, '/home/amina/x.csv')).toMatchObject({
      ok: false,
      error: { code: 'ipc/untrusted-sender' },
    });
    expect(core.admitted).toEqual([]);
    expect(await handlers.get('save-file')?.(event, 'f00')).toMatchObject({
      ok: false,
      error: { code: 'ipc/untrusted-sender' },
    });
    expect(dialogs.asked).toEqual([]);
    expect(() => handlers.get('startup')?.(event)).toThrow('untrusted sender');
  });
});

test.each([[undefined], [null], [7], [{ toString: () => 'job:list' }]])(
  'a channel that is no text reaches no name: %j',
  async (channel) => {
    await handlers.get('call')?.(eventFrom(), channel, {});
    expect(core.calls).toEqual([{ sender: { window: 'main' }, channel: '', input: {} }]);
  },
);

test.each([[''], [undefined], [['/etc/passwd']], [7]])(
  'a path that is none is malformed: %j',
  async (path) => {
    const answer = await handlers.get('admit-file')?.(eventFrom(), path);
    expect(answer).toMatchObject({ ok: false, error: { code: 'ipc/malformed' } });
    expect(core.admitted).toEqual([]);
  },
);

describe('a file that main offers', () => {
  let folder: string;
  let removed: number;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'daftari-save-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'made');
    writeFileSync(path, 'the log');
    removed = 0;
    const remove = async () => {
      removed += 1;
    };
    core.offered.set('f00', { path, name: 'log.csv', remove });
    dialogs.asked.length = 0;
  });
  const save = (token: unknown) => handlers.get('save-file')?.(eventFrom(), token);

  test('goes where the person says, once', async () => {
    dialogs.chosen = { canceled: false, filePath: join(folder, 'kept.csv') };
    expect(await save('f00')).toEqual({ ok: true, value: { saved: true } });
    expect(dialogs.asked).toEqual([{ defaultPath: 'log.csv' }]);
    expect(readFileSync(join(folder, 'kept.csv'), 'utf8')).toBe('the log');
    expect(removed).toBe(1);
  });

  test('stays on offer when the person thinks better of it, or it does not fit there', async () => {
    dialogs.chosen = { canceled: true, filePath: '' };
    expect(await save('f00')).toEqual({ ok: true, value: { saved: false } });
    dialogs.chosen = { canceled: false, filePath: join(folder, 'nowhere', 'kept.csv') };
    expect(await save('f00')).toMatchObject({ ok: false, error: { code: 'file/not-saved' } });
    expect(removed).toBe(0);
  });

  test.each([
    ['unknown', 'file/unknown-token'],
    ['', 'ipc/malformed'],
    [7, 'ipc/malformed'],
  ])('no file has the token %j', async (token, code) => {
    expect(await save(token)).toMatchObject({ ok: false, error: { code } });
    expect(dialogs.asked).toEqual([]);
  });
});

test('an event goes to its window, as a channel and a payload', () => {
  core.emit('ledger:changed', { areas: ['sales'] }, 'main');
  expect(sent).toEqual([['main', 'event ledger:changed', { areas: ['sales'] }]]);
});

test('the start is told to our window', () => {
  expect(handlers.get('startup')?.(eventFrom())).toEqual({ state: 'ready' });
});
