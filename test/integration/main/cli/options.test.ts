import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readCommand } from '#main/cli/options.ts';
import { freshFolder } from '#test/helpers/open-shop.ts';
import { runCli } from '#test/helpers/run-cli.ts';

const folder = process.cwd();
const made: string[] = [];
afterAll(() => {
  for (const path of made) rmSync(path, { recursive: true, force: true });
});

function emptyFolder(): string {
  const path = freshFolder();
  made.push(path);
  return path;
}

test.each([
  ['nothing', [], 'cli.no-command'],
  ['an unknown command', ['forecast'], 'cli.unknown-command'],
  ['an unknown option', ['reconcile', '--colour'], 'cli.bad-option'],
  ['no files', ['reconcile', '--json'], 'cli.no-files'],
  ['a file that follows no option', ['reconcile', 'a.csv'], 'cli.stray-word'],
  ['a file after another option', ['reconcile', '--statement', 'a.csv', '--json', 'b.csv'], 'cli.stray-word'],
  ['a wrong order of dates', ['reconcile', '--statement', 'a.csv', '--dates', 'ymd'], 'cli.bad-dates'],
  ['a wrong number', ['reconcile', '--statement', 'a.csv', '--short-code', '12'], 'cli.bad-short-code'],
  ['a wrong language', ['doctor', '--lang', 'fr'], 'cli.bad-language'],
  ['a question of the doctor without books', ['doctor', '--online'], 'cli.doctor-usage'],
  [
    'a receipt that is not to be asked about',
    ['doctor', '--profile', 'p', '--receipt', 'R'],
    'cli.doctor-usage',
  ],
  ['an audit of nothing', ['audit', 'verify'], 'cli.audit-usage'],
  ['an audit of two things', ['audit', 'verify', 'log.jsonl', '--profile', 'p'], 'cli.audit-usage'],
  ['an option without its value', ['reconcile', '--statement'], 'cli.bad-option'],
])('%s is refused in words', (_what, args, problem) => {
  expect(readCommand(args, folder)).toMatchObject({ ok: false, problem: { id: problem } });
});

test('files follow their option, as a shell writes *.csv', () => {
  const parsed = readCommand(
    ['import', '--statement', 'a.csv', 'b.csv', '--sales', 'c.csv', '--json'],
    '/shop',
  );
  expect(parsed).toMatchObject({
    command: {
      options: {
        statements: [{ given: 'a.csv', path: join('/shop', 'a.csv') }, { given: 'b.csv' }],
        sales: [{ given: 'c.csv' }],
        asksPassword: false,
        isJson: true,
      },
    },
  });
});

test.each(['reconcile', 'import', 'audit', 'doctor', 'explain'])(
  '%s --help explains itself and exits 0',
  async (command) => {
    const run = await runCli([command, '--help'], folder);
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(run.out).toContain(`daftari ${command}`);
  },
);

test('what it cannot do is said on standard error with the help, and exits 2', async () => {
  const run = await runCli(['reversals'], folder);
  expect(run).toMatchObject({ code: 2, out: '' });
  expect(run.err).toMatch(/^There is no command “reversals”\.\nDaftari: reconcile/);
});

test('import --json has the files and the seconds', async () => {
  const shop = emptyFolder();
  writeFileSync(join(shop, 's.csv'), 'time,amount\n2026-03-14 10:00,5\n');
  const run = await runCli(['import', '--sales', 's.csv', '--json'], shop);
  const seconds = expect.any(Number);
  expect(JSON.parse(run.out)).toEqual({
    statement: [],
    sales: [{ file: 's.csv', rows: 1, refused: [] }],
    seconds,
  });
});

type DoctorCheck = { name: string; level: string; ok: boolean; text: string; mend?: string };

function doctorChecks(out: string): DoctorCheck[] {
  return (JSON.parse(out) as { checks: DoctorCheck[] }).checks;
}

const WORST_FIRST = ['failure', 'warning', 'not-checked', 'ok'];

test('the doctor checks each thing, worst first, and says how to mend what fails', async () => {
  const run = await runCli(['doctor', '--json'], folder);
  const checks = doctorChecks(run.out);
  expect(checks.map(({ name }) => name).sort()).toEqual(
    ['cipher', 'clock', 'keychain', 'node', 'temp-folder', 'workers'].sort(),
  );
  expect(checks.filter((check) => check.name !== 'keychain').every((check) => check.ok)).toBe(true);
  expect(checks.every((check) => check.ok !== (check.mend !== undefined && check.mend !== ''))).toBe(true);
  const ranks = checks.map(({ level }) => WORST_FIRST.indexOf(level));
  expect(ranks).toEqual([...ranks].sort());
  const isWell = checks.every(({ ok }) => ok);
  expect(JSON.parse(run.out)).toMatchObject({ ok: isWell });
  expect(run.code).toBe(isWell ? 0 : 2);
});

test('the doctor writes a line a check, and below it how to mend it', async () => {
  const run = await runCli(['doctor'], folder, { TMPDIR: '/nowhere/at/all' });
  expect(run.out).toMatch(
    /^FAIL {2}Temporary folder: Nothing can be written in \/nowhere\/at\/all \(ENOENT\)\.\n {6}Free /m,
  );
  expect(run.out).toMatch(/^ok {4}Node: This is Node \d/m);
});

test('a temporary folder that cannot be written is named by the doctor', async () => {
  const run = await runCli(['doctor', '--json'], folder, { TMPDIR: '/nowhere/at/all' });
  const checks = doctorChecks(run.out);
  expect(checks.find((check) => check.name === 'temp-folder')).toMatchObject({
    ok: false,
    level: 'failure',
    text: expect.stringContaining('/nowhere/at/all'),
    mend: expect.stringContaining('TMPDIR'),
  });
  expect(run.code).toBe(2);
});

test('a command that needs the temporary folder names it when it cannot be written', async () => {
  const shop = emptyFolder();
  writeFileSync(join(shop, 's.csv'), 'time,amount\n2026-03-14 10:00,5\n');
  const run = await runCli(['reconcile', '--sales', 's.csv'], shop, { TMPDIR: '/nowhere/at/all' });
  expect(run).toMatchObject({ code: 1, out: '', err: expect.stringContaining('/nowhere/at/all') });
});

test('the doctor makes no ledger where there is none', async () => {
  const run = await runCli(['doctor', '--profile', 'not-there', '--json'], emptyFolder());
  expect(doctorChecks(run.out).find(({ name }) => name === 'profile')).toMatchObject({
    ok: false,
    level: 'failure',
    mend: 'There is no Daftari ledger in this folder.',
  });
  expect(run.code).toBe(2);
});
