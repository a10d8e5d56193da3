import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBenchShop } from './bench-shop.ts';

/* Brings a file in once, again with `again`, and matches with `match`. Prints seconds and the peak of memory in MB. */
const [path = '', ...wishes] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'daftari-bench-'));
const seconds = async (work: () => Promise<void>) => {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1_000;
};
try {
  const shop = await openBenchShop(folder);
  const figures: Record<string, number> = { first: await seconds(() => shop.bringIn(path)) };
  figures.peakMb = process.resourceUsage().maxRSS / 1_024;
  if (wishes.includes('again')) figures.again = await seconds(() => shop.bringIn(path));
  if (wishes.includes('match')) figures.match = await seconds(() => shop.matchDays());
  figures.peakOfAllMb = process.resourceUsage().maxRSS / 1_024;
  figures.movements = shop.core.ledger.read.get<{ n: number }>('SELECT count(*) AS n FROM movements')?.n ?? 0;
  await shop.close();
  process.stdout.write(JSON.stringify(figures));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
