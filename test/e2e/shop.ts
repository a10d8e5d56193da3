import type { Page, PlaywrightWorkerArgs } from '@playwright/test';

/** Daftari, open in one of the hosts. */
export type Shop = {
  /** The main window. Another object after `restart()`. */
  readonly page: Page;
  /** Ends the program properly and starts it again on the same books. */
  restart(): Promise<void>;
  /** Picks files in the chooser that `open` brings up. */
  chooseFiles(open: () => Promise<void>, files: readonly string[]): Promise<void>;
  /** Drops files onto the window, as from a file manager. */
  dropFiles(files: readonly string[]): Promise<void>;
};

export type RunningShop = Shop & { close(): Promise<void> };

export type LaunchOptions = {
  readonly playwright: PlaywrightWorkerArgs['playwright'];
  /** The folder of the books. */
  readonly folder: string;
  readonly demo: boolean;
};

/** Waits until the app itself is on the page: before that, nobody listens to keys or files. */
export async function waitUntilOpen(page: Page): Promise<Page> {
  await page.locator('main h1').first().waitFor();
  return page;
}

export async function chooseFiles(
  page: Page,
  open: () => Promise<void>,
  files: readonly string[],
): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), open()]);
  await chooser.setFiles([...files]);
}

/** A real drop: the browser itself makes the files, with their paths, so that Electron's preload can read them. */
export async function dropFiles(page: Page, files: readonly string[]): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await devtools.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
  }
  await devtools.detach();
}
