import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import type { ShopOptions } from './e2e/fixtures.ts';

/** The same journeys in either host. Needs `npm run build`. Writes only under the system's temp folder. */
export function configureJourneys(host: ShopOptions['host']) {
  // Two runs at once must not clear each other's folder; the workers of this one inherit its name.
  process.env.DAFTARI_RESULTS ??= process.env.CI
    ? tmpdir()
    : mkdtempSync(join(tmpdir(), 'daftari-journeys-'));
  const results = join(process.env.DAFTARI_RESULTS, `daftari-${host}-results`);
  return defineConfig<ShopOptions>({
    testDir: fileURLToPath(new URL('./e2e', import.meta.url)),
    // A browser has no windows of ours: those journeys are not skipped there, they do not exist there.
    testIgnore: host === 'electron' ? [] : ['electron-only.spec.ts'],
    outputDir: results,
    fullyParallel: false,
    // Pages of a browser do not take the focus from each other; windows of Electron do.
    workers: host === 'browser' ? 2 : 1,
    // A journey drives real windows on a busy machine. One more go in CI; what needed it is named as flaky.
    retries: process.env.CI ? 1 : 0,
    forbidOnly: Boolean(process.env.CI),
    timeout: 120_000,
    expect: { timeout: 15_000 },
    reporter: [['list'], ['json', { outputFile: `${results}.json` }]],
    use: {
      host,
      viewport: { width: 1366, height: 768 },
      locale: 'en-GB',
      timezoneId: 'Africa/Nairobi',
      trace: 'retain-on-failure',
      screenshot: 'only-on-failure',
    },
  });
}
