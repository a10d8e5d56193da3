import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { selectAuditLog } from '#main/db/queries/audit-log.ts';
import { importFile } from '#main/services/import-file.ts';
import { checkChain } from '#shared/domain/audit/entry.ts';
import type { BusinessDay } from '#shared/domain/time.ts';
import { inventStatement, portalGrid } from '#test/fixtures/statement-files.ts';
import { toCsv } from '#test/fixtures/tables.ts';
import { openFileKeys } from '#test/helpers/file-keys.ts';
import { freshFolder, openShop, type TestShop } from '#test/helpers/open-shop.ts';
import { assertTrueTotals } from '#test/helpers/true-totals.ts';

const CHILD = fileURLToPath(new URL('../../helpers/import-child.ts', import.meta.url));

let folder: string;
let shop: TestShop | null;
beforeEach(() => {
  folder = freshFolder();
  shop = null;
});
afterEach(async () => {
  await shop?.close();
  rmSync(folder, { recursive: true, force: true });
});

function bigStatement(payments: number): Buffer {
  const day = '2026-03-01' as BusinessDay;
  const about = {
    seed: 7,
    shortCode: '1234567',
    kind: 'till',
    day,
    days: 10,
    paymentsPerDay: payments / 10,
  } as const;
  return toCsv(portalGrid(inventStatement(about)));
}

function count({ core }: TestShop, sql: string): number {
  return core.ledger.read.get<{ n: number }>(sql)?.n ?? -1;
}

function isChainWhole({ core }: TestShop): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  return checkChain(selectAuditLog(core.ledger.read), hash).ok;
}

/** Resolves with the rows the child had written when it was killed. */
async function killHalfWay(path: string, rows: number): Promise<number> {
  const child = spawn(process.execPath, [CHILD, folder, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<NodeJS.Signals | null>((resolve) =>
    child.once('exit', (_code, signal) => resolve(signal)),
  );
  let told = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    told = Number(line);
    if (told < rows) continue;
    child.kill('SIGKILL');
    break;
  }
  expect(await ended).toBe('SIGKILL');
  return told;
}

test('a program killed half way through an import leaves nothing half done, and the same file completes it', async () => {
  const file = bigStatement(6_000);
  const rows = file.toString().split('\r\n').length - 8;
  const path = join(folder, 'big.csv');
  writeFileSync(path, file);
  const written = await killHalfWay(path, rows / 2);
  expect(written).toBeLessThan(rows);

  shop = await openShop({ folder, keys: openFileKeys(folder) });
  expect(count(shop, 'SELECT count(*) AS n FROM movements')).toBe(0);
  expect(count(shop, 'SELECT count(*) AS n FROM statement_lines')).toBe(0);
  expect(count(shop, `SELECT count(*) AS n FROM imports WHERE state = 'failed'`)).toBe(1);
  expect(count(shop, `SELECT count(*) AS n FROM imports WHERE state = 'running'`)).toBe(0);
  expect(isChainWhole(shop)).toBe(true);
  assertTrueTotals(shop.core.ledger.read);

  const again = await shop.bringIn('big.csv', file);
  expect(again).toMatchObject({ type: 'done', counts: { new: rows, known: 0, refused: 0 } });
  expect(count(shop, 'SELECT count(*) AS n FROM live_movements')).toBe(rows);
  expect(isChainWhole(shop)).toBe(true);
});

test('a disk that fills up while importing is said, leaves nothing, and the same file completes it later', async () => {
  shop = await openShop({ folder, keys: openFileKeys(folder) });
  const file = bigStatement(2_000);
  const { page_count: pages } = shop.core.ledger.read.get<{ page_count: number }>('PRAGMA page_count') ?? {
    page_count: 0,
  };
  // SQLite answers a database that may not grow with the same code as a disk that is full.
  shop.core.ledger.read.get(`PRAGMA max_page_count = ${pages + 60}`);
  const failed = await shop.bringIn('big.csv', file);
  expect(failed).toEqual({ type: 'failed', reason: { id: 'import.disk-trouble' } });
  expect(count(shop, 'SELECT count(*) AS n FROM movements')).toBe(0);
  expect(count(shop, `SELECT count(*) AS n FROM imports WHERE state = 'failed'`)).toBe(1);

  shop.core.ledger.read.get('PRAGMA max_page_count = 1000000');
  expect(await shop.bringIn('big.csv', file)).toMatchObject({ type: 'done' });
  expect(isChainWhole(shop)).toBe(true);
});

test('a file that goes away while it is read is said, and leaves nothing', async () => {
  shop = await openShop({ folder, keys: openFileKeys(folder) });
  const path = join(folder, 'gone.csv');
  writeFileSync(path, bigStatement(10_000));
  const job = shop.book.open('import', 'gone.csv');
  let isCut = false;
  const cutting = {
    ...job,
    update: (change: Parameters<typeof job.update>[0]) => {
      job.update(change);
      if (!isCut && change.importId !== undefined) {
        isCut = true;
        writeFileSync(path, '');
      }
    },
  };
  const request = {
    file: { path, name: 'gone.csv' },
    kind: 'statement' as const,
    everyNumberIsOurs: true,
    matchAfter: false,
  };
  const outcome = await importFile(shop.core, shop.actor, request, cutting);
  expect(outcome).toMatchObject({ type: 'refused', refusal: { code: 'unreadable' } });
  expect(count(shop, 'SELECT count(*) AS n FROM movements')).toBe(0);
});
