import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { selectAuditLog } from '#main/db/queries/audit-log.ts';
import { GOOD_LINES, statementText } from '#test/fixtures/damaged-files.ts';
import { freshFolder, openShop } from '#test/helpers/open-shop.ts';
import { runCli } from '#test/helpers/run-cli.ts';

let folder: string;
let entries: number;
beforeAll(async () => {
  folder = freshFolder();
  const shop = await openShop();
  await shop.bringIn('day.csv', statementText(GOOD_LINES));
  const log = [...selectAuditLog(shop.core.ledger.read)];
  entries = log.length;
  writeFileSync(join(folder, 'log.jsonl'), log.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  await shop.close();
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function verify(name: string, change: (lines: string[]) => string[] = (lines) => lines) {
  const lines = readFileSync(join(folder, 'log.jsonl'), 'utf8').trimEnd().split('\n');
  writeFileSync(join(folder, name), `${change(lines).join('\n')}\n`);
  return runCli(['audit', 'verify', name, '--json'], folder);
}

test('an exported log is proved up to its last entry, and a cut tail is not excluded', async () => {
  const run = await verify('whole.jsonl');
  expect(run.code).toBe(0);
  const proof = JSON.parse(run.out) as { ok: boolean; entries: number; text: string };
  expect(proof).toMatchObject({ ok: true, entries });
  expect(proof.text).toMatch(
    new RegExp(`^Proved up to entry ${entries}: .* Whether entries after it were cut off shows only`),
  );
  const cut = await verify('cut.jsonl', (lines) => lines.slice(0, -1));
  expect(JSON.parse(cut.out)).toMatchObject({ ok: true, entries: entries - 1 });
});

test.each([
  [
    'edited',
    (lines: string[]) => lines.map((line, at) => (at === 3 ? line.replace(/"at":\d/, '"at":9') : line)),
    'wrong-hash',
    4,
  ],
  ['taken out', (lines: string[]) => lines.filter((_, at) => at !== 3), 'gap', 4],
  ['swapped', (lines: string[]) => lines.with(3, lines[4] ?? '').with(4, lines[3] ?? ''), 'gap', 4],
])('an entry that was %s is found', async (_what, change, fault, seq) => {
  const run = await verify('changed.jsonl', change);
  expect(run.code).toBe(1);
  expect(JSON.parse(run.out)).toMatchObject({ ok: false, fault, seq });
});

test('a line that is no entry is named', async () => {
  const run = await verify('text.jsonl', (lines) => lines.with(2, 'not an entry'));
  expect(run).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/^text\.jsonl:3: /) });
});

test('a file that is not there, and a folder without a ledger, are named', async () => {
  const file = await runCli(['audit', 'verify', 'gone.jsonl'], folder);
  expect(file).toMatchObject({ code: 2, err: expect.stringMatching(/^gone\.jsonl: /) });
  const profile = await runCli(['audit', 'verify', '--profile', '.'], folder);
  expect(profile).toMatchObject({ code: 2, err: '.: There is no Daftari ledger in this folder.\n' });
});

test('the proof names the head to print, and that nothing is signed yet', async () => {
  await verify('named.jsonl');
  const run = await runCli(['audit', 'verify', 'named.jsonl'], folder);
  expect(run).toMatchObject({
    code: 0,
    out: expect.stringMatching(/None of it is signed.*\nHead now: \d+-[0-9A-Z-]+\n$/s),
  });
});

test.each([
  ['--head', '12-ABCD', /no head of a log/],
  ['--root', 'ABCD', /no fingerprint of a root key/],
])('a mistyped %s is a slip, not a broken log', async (option, value, words) => {
  const run = await runCli(['audit', 'verify', 'named.jsonl', option, value], folder);
  expect(run).toMatchObject({ code: 2, out: '', err: expect.stringMatching(words) });
});
