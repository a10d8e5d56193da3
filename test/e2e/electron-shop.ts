import { fileURLToPath } from 'node:url';
import type { ElectronApplication, Page } from '@playwright/test';
import { findElectron } from '../../main/start/electron.ts';
import { chooseFiles, dropFiles, type LaunchOptions, type RunningShop, waitUntilOpen } from './shop.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export type ElectronShop = RunningShop & { readonly electron: ElectronApplication };

/** Daftari in its real window; its keys are in the real keychain of this session. */
export async function launchElectronShop(options: LaunchOptions): Promise<ElectronShop> {
  const runtime = await findElectron(root);
  if (!runtime.ok) throw new Error(`no Electron to test in: ${runtime.why}`);
  const { executable } = runtime;
  let running = await launch();

  async function launch(): Promise<{ electron: ElectronApplication; page: Page }> {
    const electron = await options.playwright._electron.launch({
      executablePath: executable,
      // Containers have no user namespaces for Chromium's sandbox; the app itself never asks for this.
      args: [root, '--no-sandbox', ...(options.demo ? ['--demo'] : ['--profile', options.folder])],
      env: { ...process.env, TZ: 'Africa/Nairobi' } as Record<string, string>,
      timeout: 60_000,
    });
    const page = await electron.firstWindow();
    return { electron, page: await waitUntilOpen(page) };
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
      running = await launch();
    },
    chooseFiles: (open, files) => chooseFiles(running.page, open, files),
    dropFiles: (files) => dropFiles(running.page, files),
    close: () => running.electron.close(),
  };
}
