import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GOOD_LINES, statementText } from '#test/fixtures/damaged-files.ts';
import { runWithKeyring, whyNoKeyring } from '#test/helpers/keyring.ts';
import { freshFolder } from '#test/helpers/open-shop.ts';
import { runCli } from '#test/helpers/run-cli.ts';

const CLI = fileURLToPath(new URL('../../../../main/cli.ts', import.meta.url));
const KEEP_KEYS = fileURLToPath(new URL('../../../helpers/keep-keys-child.ts', import.meta.url));
const reason = whyNoKeyring();

function levelsOf(out: string): Record<string, string> {
  const { checks } = JSON.parse(out) as { checks: { name: string; level: string }[] };
  return Object.fromEntries(checks.map(({ name, level }) => [name, level]));
}

describe.skipIf(reason !== null)(
  `a profile with its key in a real keyring${reason ? ` (skipped: ${reason})` : ''}`,
  () => {
    let folder: string;
    beforeAll(() => {
      folder = freshFolder();
      writeFileSync(join(folder, 'day.csv'), statementText(GOOD_LINES));
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    const cli = (...args: string[]) => runWithKeyring(folder, [CLI, ...args]);

    test('is made, keeps what came in, is proved, exported and examined, and does not open without its key', async () => {
      const asked = await cli('import', '--profile', 'books', '--statement', 'day.csv', '--json');
      expect(asked).toMatchObject({ code: 2, out: '' });
      expect(asked.err).toMatch(/day\.csv: .*--short-code 1234567/);

      const taken = await cli(
        'import',
        '--profile',
        'books',
        '--short-code',
        '1234567',
        '--statement',
        'day.csv',
        '--json',
      );
      expect(JSON.parse(taken.out)).toMatchObject({ statement: [{ new: 3, known: 0 }] });
      const again = await cli('import', '--profile', 'books', '--statement', 'day.csv', '--json');
      expect(JSON.parse(again.out)).toMatchObject({ statement: [{ new: 0, known: 3 }] });

      const proof = await cli('audit', 'verify', '--profile', 'books', '--json');
      expect(JSON.parse(proof.out)).toMatchObject({ ok: true });
      const exported = await cli('audit', 'export', '--profile', 'books');
      writeFileSync(join(folder, 'log.jsonl'), exported.out);
      const outside = await runCli(['audit', 'verify', 'log.jsonl', '--json'], folder);
      expect(JSON.parse(outside.out)).toMatchObject({
        ok: true,
        entries: exported.out.trimEnd().split('\n').length,
      });

      const well = await cli('doctor', '--profile', 'books', '--json');
      expect(JSON.parse(well.out)).toMatchObject({ ok: false });
      // Nobody has said that there is a copy: that is all that has to be mended.
      expect(well.code).toBe(1);
      const found = levelsOf(well.out);
      expect(found).toMatchObject({ database: 'ok', 'audit-log': 'ok', profile: 'ok', keychain: 'ok' });
      expect(found).toMatchObject({ copies: 'warning', credentials: 'not-checked' });

      rmSync(join(folder, 'home', 'data'), { recursive: true });
      const keyless = await cli('import', '--profile', 'books', '--statement', 'day.csv');
      expect(keyless).toMatchObject({ code: 1, out: '' });
      expect(keyless.err).toMatch(/its key is no longer in this computer's keychain/);
      const sick = await cli('doctor', '--profile', 'books', '--json');
      expect(sick.code).toBe(2);
      expect(levelsOf(sick.out)).toMatchObject({ profile: 'failure', node: 'ok' });
    });

    test('the doctor asks Safaricom only when it is told to, and keeps its exit codes', async () => {
      const made = await runWithKeyring(folder, [KEEP_KEYS, join(folder, 'demo')]);
      expect(made).toMatchObject({ code: 0 });
      // There is no operator: a warning, and all that can be known here.
      const local = await cli('doctor', '--profile', 'demo', '--json');
      expect(local.code).toBe(1);
      expect(levelsOf(local.out)).toMatchObject({ credentials: 'warning', token: 'not-checked' });
      // The demo has no Safaricom of its own on the command line: as without a network.
      const online = await cli('doctor', '--profile', 'demo', '--online', '--json');
      expect(online.code).toBe(2);
      expect(levelsOf(online.out)).toMatchObject({ token: 'failure', credentials: 'warning' });
      const { checks } = JSON.parse(online.out) as {
        checks: { name: string; about?: string; text: string; mend?: string }[];
      };
      expect(checks[0]).toMatchObject({
        name: 'token',
        about: '174379',
        mend: expect.stringContaining('internet'),
      });
      expect(online.out + online.err).not.toContain('a-secret');
      // What was asked is in the log, and said there.
      const later = await cli('doctor', '--profile', 'demo', '--json');
      expect(levelsOf(later.out)).toMatchObject({ token: 'failure' });

      const stranger = await cli('doctor', '--profile', 'demo', '--online', '--short-code', '999999');
      expect(stranger).toMatchObject({ code: 2, out: '', err: expect.stringContaining('Nothing is set up') });
    });
  },
);
