import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type ElectronApplication, errors, type Page } from '@playwright/test';
import { findElectron } from '../../main/start/electron.ts';
import { chooseFiles, dropFiles, enter, type LaunchOptions, openedBy, type RunningShop } from './shop.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const MAKER = fileURLToPath(new URL('../helpers/make-profile.ts', import.meta.url));
const KEY_LOSER = fileURLToPath(new URL('../helpers/lose-key-child.ts', import.meta.url));

export type ElectronShop = RunningShop & { readonly electron: ElectronApplication };

/** Daftari in its real window; its keys are in the real keychain of this session. */
export async function launchElectronShop(options: LaunchOptions): Promise<ElectronShop> {
  const runtime = await findElectron(root);
  if (!runtime.ok) throw new Error(`no Electron to test in: ${runtime.why}`);
  const { executable } = runtime;
  const isDemo = options.demoOrigin !== undefined;
  const more = options.preparation === undefined ? [] : [options.preparation];
  if (!options.demo && options.hasPeople)
    await runChild(MAKER, options.folder, ...(isDemo ? ['demo', ...more] : []));
  let running = await launch(options);

  async function launch(as: LaunchOptions): Promise<{ electron: ElectronApplication; page: Page }> {
    const electron = await start().catch((error: unknown) => {
      // Rarely, under a debugger, Electron stands still before it has announced itself. Seen once in sixty starts.
      if (!(error instanceof errors.TimeoutError)) throw error;
      console.warn('Electron stood still at its start; starting it once more');
      return start();
    });
    return { electron, page: await enter(await electron.firstWindow(), as) };
  }

  function start(): Promise<ElectronApplication> {
    return options.playwright._electron.launch({
      executablePath: executable,
      // Containers have no user namespaces for Chromium's sandbox; the app itself never asks for this.
      args: [
        root,
        '--no-sandbox',
        ...(options.demo ? ['--demo'] : ['--profile', options.folder]),
        ...(options.demoOrigin === undefined ? [] : ['--demo-safaricom', options.demoOrigin]),
      ],
      env: { ...process.env, ...options.env, TZ: 'Africa/Nairobi' } as Record<string, string>,
      timeout: 30_000,
    });
  }

  return {
    get page() {
      return running.page;
    },
    get electron() {
      return running.electron;
    },
    async restart() {
      await running.electron.close();
      running = await launch(options);
    },
    async loseKey() {
      await running.electron.close();
      await runChild(KEY_LOSER, options.folder);
      running = await launch({ ...options, visitor: 'nobody' });
    },
    openApproval: (open) => openedBy(running.electron.waitForEvent('window'), open),
    chooseFiles: (open, files) => chooseFiles(running.page, open, files),
    dropFiles: (files) => dropFiles(running.page, files),
    close: () => running.electron.close(),
  };
}

/**
 * In a process of its own, with the same keychain: two programs never have the same books open. Waited for without
 * standing still, for the Safaricom and the relay that it may speak with run in this process.
 */
async function runChild(program: string, ...args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  const told: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => told.push(text));
  const [status] = await once(child, 'close');
  if (status !== 0) throw new Error(`${program}: ${told.join('')}`);
}
