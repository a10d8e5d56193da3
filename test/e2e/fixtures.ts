import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { type DemoWorld, openDemoWorld } from '../../main/demo/open-demo-world.ts';
import { launchBrowserShop } from './browser-shop.ts';
import { launchElectronShop } from './electron-shop.ts';
import type { RunningShop, Shop, Visitor } from './shop.ts';

export { expect };

export type ShopOptions = {
  /** Which host the journeys run in; set by the configuration, never by a test. */
  host: 'browser' | 'electron';
};

type OpenOptions = {
  /** `lively`: customers go on paying while it is looked at. */
  readonly demo?: boolean | 'lively';
  readonly profile?: string;
  /** `none` = the untouched first run. */
  readonly people?: 'none';
  readonly as?: Visitor;
  /** Whose Safaricom these books speak with; without it nobody answers. */
  readonly safaricom?: DemoWorld;
  /** The address at which they reach it, where that is not its own. */
  readonly through?: string;
  /** The file that says what else is in the books. */
  readonly preparation?: string;
};

type Fixtures = {
  /**
   * Opens Daftari as a person would: with the demo, or with books of their own that survive `restart()`, where the
   * owner, or whoever is named, signs in. Books are thrown away at the end of the test.
   */
  openShop: (options?: OpenOptions) => Promise<Shop>;
  /** Starts a Safaricom and a relay on this computer, both quick, with an empty book; gone at the end of the test. */
  openWorld: () => Promise<DemoWorld>;
};

export const test = base.extend<ShopOptions & Fixtures>({
  host: ['browser', { option: true }],
  openShop: async ({ host, playwright }, use) => {
    const opened: RunningShop[] = [];
    const folders: string[] = [];
    await use(async (options = {}) => {
      const { demo = false, profile, people, as = 'owner', safaricom, through, preparation } = options;
      const folder = profile ?? mkdtempSync(join(tmpdir(), 'daftari-e2e-'));
      if (profile === undefined) folders.push(folder);
      const launch = host === 'electron' ? launchElectronShop : launchBrowserShop;
      const hasPeople = people !== 'none';
      const env = demo === 'lively' ? {} : { DAFTARI_DEMO: 'quiet' };
      const demoOrigin = through ?? safaricom?.safaricom.origin;
      const isDemo = demo !== false;
      const who = { hasPeople, visitor: as };
      const shop = await launch({ playwright, folder, demo: isDemo, ...who, demoOrigin, preparation, env });
      opened.push(shop);
      return shop;
    });
    for (const shop of opened) await shop.close();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  },
  // biome-ignore lint/correctness/noEmptyPattern: a fixture that needs no other.
  openWorld: async ({}, use) => {
    const opened: DemoWorld[] = [];
    const folder = mkdtempSync(join(tmpdir(), 'daftari-e2e-world-'));
    await use(async () => {
      const latency = { least: 200, most: 400 };
      const world = await openDemoWorld(join(folder, String(opened.length)), { latency, hasMonth: false });
      opened.push(world);
      return world;
    });
    for (const world of opened) await world.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  },
});
