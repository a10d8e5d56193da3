import type { Page, PlaywrightWorkerArgs } from '@playwright/test';
import type { Role } from '../../shared/domain/access/permissions.ts';
import { PEOPLE } from '../helpers/people.ts';

/** Daftari, open in one of the hosts. */
export type Shop = {
  /** The main window. Another object after `restart()`. */
  readonly page: Page;
  /** Ends the program properly and starts it again on the same books. */
  restart(): Promise<void>;
  /** Ends the program, takes the key of the books out of the keychain, and starts it again. Nobody signs in. */
  loseKey(): Promise<void>;
  /** The page of the approval window that `open` brings up. */
  openApproval(open: () => Promise<void>): Promise<Page>;
  /** Picks files in the chooser that `open` brings up. */
  chooseFiles(open: () => Promise<void>, files: readonly string[]): Promise<void>;
  /** Drops files onto the window, as from a file manager. */
  dropFiles(files: readonly string[]): Promise<void>;
};

export type RunningShop = Shop & { close(): Promise<void> };

/** Who signs in when the shop opens; `nobody` leaves the window at its log-in or its first run. */
export type Visitor = Role | 'nobody';

export type LaunchOptions = {
  readonly playwright: PlaywrightWorkerArgs['playwright'];
  /** The folder of the books. */
  readonly folder: string;
  readonly demo: boolean;
  /** False = the untouched first run. */
  readonly hasPeople: boolean;
  readonly visitor: Visitor;
  /** A Safaricom on this computer that these books speak with. */
  readonly demoOrigin?: string | undefined;
  /** The file that says what else is in the books; see `test/helpers/equip-profile.ts`. */
  readonly preparation?: string | undefined;
  readonly env: Readonly<Record<string, string>>;
};

/** Waits until something is on the page: before that, nobody listens to keys or files. Then signs the visitor in. */
export async function enter(page: Page, { demo, hasPeople, visitor }: LaunchOptions): Promise<Page> {
  await page.locator('h1').first().waitFor();
  if (demo || !hasPeople || visitor === 'nobody') return page;
  await signIn(page, PEOPLE[visitor]);
  return page;
}

/** Through the form, as a person does. */
export async function signIn(page: Page, person: { name: string; password: string }): Promise<void> {
  await page.getByLabel('Your name').fill(person.name);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('nav').first().waitFor();
  await page.locator('main h1').first().waitFor();
}

/** The window that comes up, once it shows something. */
export async function openedBy(coming: Promise<Page>, open: () => Promise<void>): Promise<Page> {
  const [window] = await Promise.all([coming, open()]);
  await window.locator('h1').first().waitFor();
  return window;
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
