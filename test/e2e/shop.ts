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
  const drag = (type: 'dragEnter' | 'dragOver' | 'drop') =>
    devtools.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
  await drag('dragEnter');
  await drag('dragOver');
  // A hand is slower than the page: a drop before it has said that it takes files goes nowhere.
  await page.getByText('Drop to bring it in').waitFor();
  await drag('dragOver');
  await drag('drop');
  await devtools.detach();
}
