import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GOOD_LINES, statementText } from '#test/fixtures/damaged-files.ts';
import { runWithKeyring, whyNoKeyring } from '#test/helpers/keyring.ts';
import { freshFolder } from '#test/helpers/open-shop.ts';
import { runCli } from '#test/helpers/run-cli.ts';

const CLI = fileURLToPath(new URL('../../../../main/cli.ts', import.meta.url));
const reason = whyNoKeyring();

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
      expect(JSON.parse(well.out)).toMatchObject({ ok: true });

      rmSync(join(folder, 'home', 'data'), { recursive: true });
      const keyless = await cli('import', '--profile', 'books', '--statement', 'day.csv');
      expect(keyless).toMatchObject({ code: 1, out: '' });
      expect(keyless.err).toMatch(/its key is no longer in this computer's keychain/);
    });
  },
);
