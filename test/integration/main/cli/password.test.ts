import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BusinessDay } from '#shared/domain/time.ts';
import { inventStatement } from '#test/fixtures/statement-files.ts';
import { statementPdf } from '#test/fixtures/statement-pdf.ts';

const CLI = fileURLToPath(new URL('../../../../main/cli.ts', import.meta.url));
const till = inventStatement({
  seed: 4,
  shortCode: '1234567',
  kind: 'till',
  day: '2026-03-14' as BusinessDay,
  paymentsPerDay: 5,
});
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'daftari-password-'));
  writeFileSync(join(folder, 'locked.pdf'), statementPdf([till], { password: 'open sesame' }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs an import of the locked file with this on standard input. */
function importLocked(
  input: string,
  ...options: readonly string[]
): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [CLI, 'import', '--statement', 'locked.pdf', '--json', ...options],
      {
        cwd: folder,
        env: { ...process.env, INIT_CWD: undefined },
      },
    );
    const read = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      read.out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      read.err += text;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...read }));
    child.stdin.end(input);
  });
}

it('a locked file names the option, and with the password on standard input it comes in', async () => {
  expect(await importLocked('')).toMatchObject({ code: 2, err: expect.stringContaining('--password-stdin') });
  expect(await importLocked('wrong\n', '--password-stdin')).toMatchObject({
    code: 2,
    err: expect.stringContaining('not the password'),
  });
  const { code, out, err } = await importLocked('open sesame\n', '--password-stdin');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(JSON.parse(out)).toMatchObject({
    statement: [{ layout: 'portal-pdf', rows: till.movements.length }],
  });
  expect(out).not.toContain('open sesame');
});
