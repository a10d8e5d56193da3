import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { bringInFiles } from '#main/cli/bring-in.ts';
import type { FileOptions } from '#main/cli/options.ts';
import type { BusinessDay } from '#shared/domain/time.ts';
import { GOOD_LINES, statementText } from '#test/fixtures/damaged-files.ts';
import { inventStatement, portalGrid } from '#test/fixtures/statement-files.ts';
import { toCsv } from '#test/fixtures/tables.ts';
import { freshFolder, openShop } from '#test/helpers/open-shop.ts';

const CLI = fileURLToPath(new URL('../../../../main/cli.ts', import.meta.url));

function bigFile(paymentsPerDay: number): Buffer {
  const day = '2026-03-01' as BusinessDay;
  return toCsv(
    portalGrid(
      inventStatement({ seed: 1, shortCode: '1234567', kind: 'till', day, days: 10, paymentsPerDay }),
    ),
  );
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s in the middle ends it, and nothing stays in the temporary folder',
  async (signal) => {
    const folder = freshFolder();
    const temp = join(folder, 'temp');
    mkdirSync(temp);
    writeFileSync(join(folder, 'big.csv'), bigFile(3_000));
    const child = spawn(process.execPath, [CLI, 'reconcile', '--statement', 'big.csv'], {
      cwd: folder,
      env: { ...process.env, INIT_CWD: undefined, TMPDIR: temp },
      stdio: 'ignore',
    });
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    while (!readdirSync(temp).some((name) => readdirSync(join(temp, name)).includes('ledger.db-wal')))
      await wait(20);
    child.kill(signal);
    expect(await ended).toBe(signal === 'SIGINT' ? 130 : 143);
    expect(readdirSync(temp)).toEqual([]);
    rmSync(folder, { recursive: true, force: true });
  },
);

// A limit on the size of files stands for a full disk: the system refuses to write on in the same place.
test.skipIf(process.platform === 'win32')(
  'a disk that fills up is said, and nothing stays behind',
  async () => {
    const folder = freshFolder();
    const temp = join(folder, 'temp');
    mkdirSync(temp);
    writeFileSync(join(folder, 'big.csv'), bigFile(500));
    const command = `ulimit -f 3000; exec "$0" "$@"`;
    const child = spawn('sh', ['-c', command, process.execPath, CLI, 'import', '--statement', 'big.csv'], {
      cwd: folder,
      env: { ...process.env, INIT_CWD: undefined, TMPDIR: temp },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    expect(said).toMatch(/^big\.csv: The disk is full/);
    expect(code).toBe(1);
    expect(readdirSync(temp)).toEqual([]);
    rmSync(folder, { recursive: true, force: true });
  },
);

test('in a profile a number that is not ours is refused with its option, and --short-code claims it', async () => {
  const shop = await openShop();
  const path = join(shop.folder, 'day.csv');
  writeFileSync(path, statementText(GOOD_LINES));
  const options: FileOptions = {
    statements: [{ given: 'day.csv', path }],
    sales: [],
    map: null,
    dates: null,
    shortCodes: [],
    profile: { given: 'books', path: shop.folder },
    asksPassword: false,
    isJson: false,
  };
  const desk = {
    core: shop.core,
    actor: shop.actor,
    isThrowAway: false,
    map: null,
    password: null,
    stop: new AbortController().signal,
  };
  const asked = await bringInFiles({ ...desk, options });
  expect(asked.statements).toEqual([]);
  expect(asked.troubles).toMatchObject([
    { reason: { id: 'cli.foreign-number', values: { number: '1234567' } } },
  ]);
  const claimed = await bringInFiles({ ...desk, options: { ...options, shortCodes: ['1234567'] } });
  expect(claimed).toMatchObject({ statements: [{ file: { given: 'day.csv' } }], troubles: [] });
  await shop.close();
});
