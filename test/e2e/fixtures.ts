import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { launchBrowserShop } from './browser-shop.ts';
import { launchElectronShop } from './electron-shop.ts';
import type { RunningShop, Shop, Visitor } from './shop.ts';

export { expect };

export type ShopOptions = {
  /** Which host the journeys run in; set by the configuration, never by a test. */
  host: 'browser' | 'electron';
};

type OpenOptions = {
  readonly demo?: boolean;
  readonly profile?: string;
  /** `none` = the untouched first run. */
  readonly people?: 'none';
  readonly as?: Visitor;
};

type Fixtures = {
  /**
   * Opens Daftari as a person would: with the demo, or with books of their own that survive `restart()`, where the
   * owner, or whoever is named, signs in. Books are thrown away at the end of the test.
   */
  openShop: (options?: OpenOptions) => Promise<Shop>;
};

export const test = base.extend<ShopOptions & Fixtures>({
  host: ['browser', { option: true }],
  openShop: async ({ host, playwright }, use) => {
    const opened: RunningShop[] = [];
    const folders: string[] = [];
    await use(async ({ demo = false, profile, people, as = 'owner' } = {}) => {
      const folder = profile ?? mkdtempSync(join(tmpdir(), 'daftari-e2e-'));
      if (profile === undefined) folders.push(folder);
      const launch = host === 'electron' ? launchElectronShop : launchBrowserShop;
      const shop = await launch({ playwright, folder, demo, hasPeople: people !== 'none', visitor: as });
      opened.push(shop);
      return shop;
    });
    for (const shop of opened) await shop.close();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  },
});
