import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { BusinessDay } from '#shared/domain/time.ts';
import { genericSalesGrid, inventSales } from '#test/fixtures/sales-files.ts';
import { inventStatement, PORTAL_HEADER, portalGrid } from '#test/fixtures/statement-files.ts';
import { toCsv } from '#test/fixtures/tables.ts';
import { runCli } from '#test/helpers/run-cli.ts';

const NAMES = ['محمد عثمان', '😀 DUKA', 'İIıi KAYA', 'ÉLODIE ÑANDÚ', '\u202eDRAWKCAB'];
const till = inventStatement({
  seed: 25,
  shortCode: '1234567',
  kind: 'till',
  day: '2026-03-14' as BusinessDay,
  paymentsPerDay: 10,
});
const party = PORTAL_HEADER.indexOf('Other Party Info');
const grid = portalGrid(till).map((row, index) =>
  row.length > party && index > 6
    ? row.map((cell, at) => (at === party ? `2547****111 - ${NAMES[index % NAMES.length]}` : cell))
    : row,
);
const folder = mkdtempSync(join(tmpdir(), 'daftari-f25-'));
writeFileSync(join(folder, 'day.csv'), toCsv(grid));
writeFileSync(join(folder, 'sales.csv'), toCsv(genericSalesGrid(inventSales(till, { seed: 25 }))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (locale: string, zone: string) =>
  runCli(['reconcile', '--statement', 'day.csv', '--sales', 'sales.csv', '--json'], folder, {
    LC_ALL: locale,
    LANG: locale,
    TZ: zone,
  });

it('F25: the same answer, byte for byte, whatever the language and the zone of the computer', async () => {
  const plain = await run('C', 'Africa/Nairobi');
  expect(plain.code).toBe(0);
  expect(JSON.parse(plain.out)).toMatchObject({
    statement: [{ rows: till.movements.length, refused: [], balanced: true }],
  });
  for (const [locale, zone] of [
    ['de_DE.UTF-8', 'Europe/Berlin'],
    ['fr_FR.UTF-8', 'America/Los_Angeles'],
    ['ar_EG.UTF-8', 'Africa/Cairo'],
    ['tr_TR.UTF-8', 'Pacific/Kiritimati'],
  ] as const) {
    expect(await run(locale, zone)).toEqual(plain);
  }
});

it('F25: digits of another script are refused with their line, never misread', async () => {
  const paidIn = PORTAL_HEADER.indexOf('Paid In');
  const row = grid.findIndex((cells, index) => index > 6 && cells[paidIn] !== null);
  const arabic = grid.map((cells, index) =>
    index === row ? cells.map((cell, at) => (at === paidIn ? '١٢٣' : cell)) : cells,
  );
  writeFileSync(join(folder, 'arabic.csv'), toCsv(arabic));
  const { out, code } = await runCli(['import', '--statement', 'arabic.csv', '--json'], folder);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ statement: [{ refused: [{ line: row + 1 }] }] });
});
