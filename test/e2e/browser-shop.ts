import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { chooseFiles, dropFiles, enter, type LaunchOptions, openedBy, type RunningShop } from './shop.ts';

const SERVER = fileURLToPath(new URL('../helpers/preview-shop.ts', import.meta.url));
/** Debian's; elsewhere Playwright's own. */
const CHROMIUM = process.env.DAFTARI_CHROMIUM ?? '/usr/bin/chromium';

/** Daftari in the preview host, in Chromium. The keys live in the server process, so restarts happen inside it. */
export async function launchBrowserShop(options: LaunchOptions): Promise<RunningShop> {
  const server = spawn(
    process.execPath,
    [
      SERVER,
      '--profile',
      options.folder,
      ...(options.demo ? ['--demo'] : []),
      ...(options.hasPeople ? [] : ['--no-people']),
      ...(options.demoOrigin === undefined ? [] : ['--demo-safaricom', options.demoOrigin]),
      ...(options.preparation === undefined ? [] : ['--preparation', options.preparation]),
    ],
    { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...options.env } },
  );
  const addresses = readAddresses(server);
  const browser = await options.playwright.chromium.launch({
    ...(existsSync(CHROMIUM) ? { executablePath: CHROMIUM } : {}),
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Containers run as root, where Chromium has no sandbox of its own.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    locale: 'en-GB',
    timezoneId: 'Africa/Nairobi',
  });
  let page = await openPage(options);

  async function openPage(as: LaunchOptions): Promise<Page> {
    const opened = await context.newPage();
    await opened.goto(await addresses.next());
    return enter(opened, as);
  }

  async function startAgain(command: 'restart' | 'lose-key', as: LaunchOptions): Promise<void> {
    await page.close();
    server.stdin.write(`${command}\n`);
    page = await openPage(as);
  }

  return {
    get page() {
      return page;
    },
    restart: () => startAgain('restart', options),
    openApproval: (open) => openedBy(context.waitForEvent('page'), open),
    loseKey: () => startAgain('lose-key', { ...options, visitor: 'nobody' }),
    chooseFiles: (open, files) => chooseFiles(page, open, files),
    dropFiles: (files) => dropFiles(page, files),
    async close() {
      await browser.close();
      server.stdin.end();
      await new Promise<void>((resolve) => {
        if (server.exitCode !== null) resolve();
        else server.once('exit', () => resolve());
      });
    },
  };
}

/** The addresses that the server prints, one each time it is ready. */
function readAddresses(server: ChildProcess): { next: () => Promise<string> } {
  const ready: string[] = [];
  const waiting: { resolve: (address: string) => void; reject: (error: Error) => void }[] = [];
  let ended: Error | null = null;
  if (server.stdout === null) throw new Error('the server has no output');
  createInterface({ input: server.stdout }).on('line', (line) => {
    const address = /^ADDRESS (.+)$/.exec(line)?.[1];
    if (address === undefined) return;
    const next = waiting.shift();
    if (next === undefined) ready.push(address);
    else next.resolve(address);
  });
  server.once('exit', (code) => {
    ended = new Error(`the preview host ended with code ${code}`);
    for (const each of waiting.splice(0)) each.reject(ended);
  });
  return {
    next: () =>
      new Promise((resolve, reject) => {
        const address = ready.shift();
        if (address !== undefined) resolve(address);
        else if (ended !== null) reject(ended);
        else waiting.push({ resolve, reject });
      }),
  };
}
