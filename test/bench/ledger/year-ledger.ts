import { join } from 'node:path';
import type { Vault } from '#main/vault/vault.ts';
import { type BenchShop, openBenchShop, openBenchVault } from './bench-shop.ts';
import { inFolder } from './measure.ts';
import { writeYearFile, writeYearSales } from './year-file.ts';

/** A closed ledger with a year in it: payments and sales, matched. */
export type YearLedger = {
  readonly folder: string;
  readonly profile: string;
  readonly vault: Vault & { readonly dump: () => string };
  readonly firstDay: string;
  readonly lastDay: string;
  /** Some of its receipts and of its sales' references. */
  readonly receipts: readonly string[];
  readonly references: readonly string[];
};

const DAYS = 365;
const LAST_DAY = '2026-10-31';

/** Makes a ledger of so many statement lines and a tenth as many sales, and removes it after `work`. */
export function withYearLedger<T>(lines: number, work: (ledger: YearLedger) => Promise<T>): Promise<T> {
  return inFolder(async (folder) => {
    const [statement, sales] = [join(folder, 'year.csv'), join(folder, 'sales.csv')];
    const { firstDay, lastDay } = writeYearFile(statement, { lines, days: DAYS, lastDay: LAST_DAY });
    writeYearSales(sales, { days: DAYS, lastDay, perDay: Math.max(1, Math.floor(lines / 10 / DAYS)) });
    const vault = openBenchVault();
    const shop = await openBenchShop(folder, vault);
    await shop.bringIn(statement);
    await shop.bringIn(sales);
    await shop.matchDays();
    const samples = takeSamples(shop);
    await shop.close();
    return work({ folder, profile: shop.profile, vault, firstDay, lastDay, ...samples });
  });
}

/** Fifty from all over the ledger. */
export function takeSamples({ core }: Pick<BenchShop, 'core'>): Pick<YearLedger, 'receipts' | 'references'> {
  const db = core.ledger.read;
  const step = 1 + Math.floor((db.get<{ n: number }>('SELECT max(id) AS n FROM movements')?.n ?? 0) / 50);
  const saleStep = 1 + Math.floor((db.get<{ n: number }>('SELECT max(id) AS n FROM sales')?.n ?? 0) / 50);
  const receipts = db.all<{ text: string }>('SELECT receipt AS text FROM movements WHERE id % ? = 1', step);
  const references = db.all<{ text: string }>(
    'SELECT reference AS text FROM sales WHERE id % ? = 1',
    saleStep,
  );
  return { receipts: receipts.map((row) => row.text), references: references.map((row) => row.text) };
}
