import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { writeYearFile } from '../bench/ledger/year-file.ts';
import { expect, test } from './fixtures.ts';

/** A million lines take minutes: only when asked for, `DAFTARI_SCALE=1000000` or another number of lines. */
const LINES = Number(process.env.DAFTARI_SCALE ?? 0);
const MOST_MS = 100;
/** A frame that takes longer is seen as a jerk. */
const MOST_FRAME_MS = 100;

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daftari-scale-'));
});
test.afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const panel = (page: Page) => page.getByRole('region', { name: 'Files being brought in' });

function lineOf(page: Page, file: string) {
  return panel(page).getByRole('listitem').filter({ hasText: file });
}

/** The slowest of the frames that are drawn while `act` runs. */
async function slowestFrame(page: Page, act: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const seen = { worst: 0, last: performance.now(), isOver: false };
    Object.assign(window, { framesSeen: seen });
    const next = (now: number) => {
      seen.worst = Math.max(seen.worst, now - seen.last);
      seen.last = now;
      if (!seen.isOver) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  await act();
  return page.evaluate(() => {
    const seen = (window as unknown as { framesSeen: { worst: number; isOver: boolean } }).framesSeen;
    seen.isOver = true;
    return seen.worst;
  });
}

async function scrollThrough(page: Page): Promise<void> {
  await page.mouse.move(600, 400);
  for (let turn = 0; turn < 40; turn++) {
    await page.mouse.wheel(0, 600);
    await page.waitForTimeout(25);
  }
}

test.describe('a year of a busy shop in the window', () => {
  test.skip(LINES === 0, 'only with DAFTARI_SCALE');
  test.setTimeout(20 * 60_000);

  test('comes in with progress, can be stopped, and leaves the other screens quick', async ({ openShop }) => {
    const path = join(folder, 'year.csv');
    writeYearFile(path, { lines: LINES, days: 365, lastDay: '2026-10-31' });
    const shop = await openShop();
    const { page } = shop;
    await shop.dropFiles([path]);
    const line = lineOf(page, 'year.csv');
    await line.getByRole('button', { name: 'Yes, it is ours' }).click();
    await page.keyboard.type('Main counter');
    await page.keyboard.press('Enter');
    await expect(line.getByRole('progressbar')).toBeVisible();

    // Moving between screens while rows are written: no frame stands still.
    const worst = await slowestFrame(page, async () => {
      for (const screen of ['Sales', 'Reconcile', 'Statements']) {
        await page.getByRole('navigation').getByRole('link', { name: screen }).click();
        await expect(page.locator('main h1').first()).toBeVisible();
      }
    });
    expect(worst).toBeLessThanOrEqual(MOST_MS);

    await line.getByRole('button', { name: 'Stop bringing in year.csv' }).click();
    await expect(line).toContainText('Nothing of this file was kept', { timeout: 10 * 60_000 });

    await shop.dropFiles([path]);
    const again = lineOf(page, 'year.csv').last();
    await expect(again).toContainText(`${LINES.toLocaleString('en')} new`, { timeout: 15 * 60_000 });
    await page.getByRole('navigation').getByRole('link', { name: 'Reconcile' }).click();
    expect(await slowestFrame(page, () => scrollThrough(page))).toBeLessThanOrEqual(MOST_FRAME_MS);
  });
});
