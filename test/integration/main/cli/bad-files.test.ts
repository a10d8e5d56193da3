import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  FIRST_ROW,
  GOOD_LINES,
  PHOTO,
  paymentLine,
  STATEMENT_COLUMNS,
  STATEMENT_HEAD,
  statementText,
  zipBomb,
} from '#test/fixtures/damaged-files.ts';
import { runCli } from '#test/helpers/run-cli.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'daftari-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const [newest = '', middle = '', oldest = ''] = GOOD_LINES;
const BAD_ROW = FIRST_ROW + 1;

function reconcile(name: string, content: string | Buffer, ...options: string[]) {
  writeFileSync(join(folder, name), content);
  return runCli(['reconcile', '--statement', name, '--json', ...options], folder);
}

type Refused = { line: number; reason: string };
type Statement = {
  rows: number;
  new: number;
  refused: Refused[];
  balanced: boolean | null;
  breaks: { line: number | null; expected: string; found: string }[];
  shortCode: string | null;
  accounts: { shortCode: string; rows: number; opening: string; closing: string; balanced: boolean }[];
};

function statementIn(out: string): Statement {
  return (JSON.parse(out) as { statement: [Statement] }).statement[0];
}

const WHOLE_FILES: readonly (readonly [string, string | Buffer, RegExp])[] = [
  ['no-bytes.csv', '', /^no-bytes\.csv: This file is empty/],
  ['blank.csv', '\r\n \r\n', /^blank\.csv: This file is empty/],
  ['photo.csv', PHOTO, /^photo\.csv: This is not a table of payments but a picture/],
  [
    'ORG_1234567_Merchant Account_Completed_20260315070211.csv',
    `${STATEMENT_COLUMNS}\r\n`,
    /^ORG_.*\.csv:(1:)? This file has column names but no rows/,
  ],
  ['other-table.csv', 'Item,Shelf\r\nSoap,4\r\n', /^other-table\.csv: This is not an M-PESA statement/],
  ['sales.csv', 'time,amount\r\n2026-03-14 10:00,5\r\n', /^sales\.csv:(\d+:)? This is a sales file/],
  ['bomb.xlsx', zipBomb(), /^bomb\.xlsx: .*(CSV)/],
  ['nameless.csv', `${STATEMENT_COLUMNS}\r\n${oldest}\r\n`, /^nameless\.csv: .*--short-code/],
  [
    'resaved.csv',
    statementText(
      [oldest.replaceAll('14-03-2026 08:00:00', '3/4/2026 8:00').replace('UCE1DEMO01', 'C94ZH942')],
      ['Short Code:,1234567'],
    ),
    /^resaved\.csv: .*--dates/,
  ],
];

test.each(WHOLE_FILES)(
  '%s is refused with its name and the reason, and nothing is printed',
  async (name, content, words) => {
    const run = await reconcile(name, content);
    expect(run.err).toMatch(words);
    expect(run).toMatchObject({ code: 2, out: '' });
  },
);

test('a file that is not there is named', async () => {
  const run = await runCli(['reconcile', '--statement', 'gone.csv', '--sales', 'lost.csv'], folder);
  expect(run).toMatchObject({ code: 2, out: '' });
  expect(run.err).toMatch(/^gone\.csv: /m);
  expect(run.err).toMatch(/^lost\.csv: /m);
});

const ROWS: readonly (readonly [string, string, RegExp])[] = [
  ['more than 200 columns', `${middle}${',x'.repeat(200)}`, /200 columns/],
  ['a cell of a megabyte', middle.replace('ALICE', 'A'.repeat(1 << 20)), /too long/],
  ['NUL bytes', middle.replace('ALICE', 'AL\0CE'), /characters that text never has/],
  ['a quotation mark that never closes', middle.replace('Merchant', '"Merchant'), /quotation mark/],
  ['an amount a spreadsheet shortened', middle.replace('200.00', '1.23E+05'), /1\.23E\+05/],
  ['a 31st of February', middle.replaceAll('14-03-2026', '31-02-2026'), /31-02-2026/],
];

test.each(ROWS)(
  'a row with %s is refused with its line, and the good rows are kept',
  async (name, row, words) => {
    const file = `${name.replaceAll(' ', '-')}.csv`;
    const run = await reconcile(file, statementText([newest, row, oldest]));
    expect(run.code).toBe(0);
    const found = statementIn(run.out);
    expect(found.refused).toEqual([{ line: BAD_ROW, reason: expect.stringMatching(words) }]);
    expect(found).toMatchObject({ rows: 3, new: 2, balanced: false });
    expect(run.err).toBe(`${file}:${BAD_ROW}: ${found.refused[0]?.reason}\n`);
  },
);

test('amounts with commas or points between the thousands are read', async () => {
  const run = await reconcile(
    'thousands.csv',
    statementText(
      [
        paymentLine({
          receipt: 'UCE1DEMO02',
          time: '14-03-2026 09:00:00',
          paidIn: '1.234,50',
          balance: '2.469,00',
        }),
        paymentLine({
          receipt: 'UCE1DEMO01',
          time: '14-03-2026 08:00:00',
          paidIn: '1,234.50',
          balance: '1,234.50',
        }),
      ],
      STATEMENT_HEAD.with(-1, 'Opening Balance:,0.00,Closing Balance:,"2,469.00"'),
    ),
  );
  expect(statementIn(run.out)).toMatchObject({ rows: 2, refused: [], balanced: true });
  expect(JSON.parse(run.out)).toMatchObject({ totals: { paidIn: '2469.00' } });
});

test('an edited row breaks the chain of balances at its line', async () => {
  const run = await reconcile(
    'edited.csv',
    statementText([newest, middle.replace('200.00', '250.00'), oldest]),
  );
  const found = statementIn(run.out);
  expect(found).toMatchObject({ rows: 3, new: 3, balanced: false });
  expect(found.breaks[0]).toMatchObject({ line: BAD_ROW, expected: '350.00', found: '300.00' });
});

test('a formula and a right-to-left override in a name harm nothing and do not come out as they went in', async () => {
  const line = middle.replaceAll('ALICE EXAMPLE', '=1+1\u202e EXAMPLE');
  const run = await reconcile('names.csv', statementText([newest, line, oldest]));
  expect(statementIn(run.out)).toMatchObject({ rows: 3, new: 3, balanced: true });
  expect(run.out).not.toMatch(/\u202e|=1\+1/);
});

test('two tills in one file are two accounts, each with its own balances', async () => {
  const head = (code: string, closing: string) => [
    `Short Code:,${code}`,
    'Account:,Merchant Account',
    `Opening Balance:,0.00,Closing Balance:,${closing}`,
  ];
  const first = statementText([oldest], head('1234567', '100.00'));
  const second = statementText(
    [paymentLine({ receipt: 'UCE1DEMO09', time: '14-03-2026 08:30:00', paidIn: '70.00', balance: '70.00' })],
    head('7654321', '70.00'),
  );
  const run = await reconcile('two-tills.csv', first + second);
  expect(run).toMatchObject({ code: 0, err: '' });
  const found = statementIn(run.out);
  expect(found).toMatchObject({ shortCode: null, rows: 2, new: 2, balanced: true });
  expect(found.accounts.map((account) => [account.shortCode, account.rows, account.closing])).toEqual([
    ['1234567', 1, '100.00'],
    ['7654321', 1, '70.00'],
  ]);
});

test('bad rows of a sales file are named with their lines, and the good ones are kept', async () => {
  const rows = [
    'time,amount,reference,tender',
    '2026-03-14 10:01,300,S1,',
    '31/02/2026 10:00,5,S2,',
    '2026-03-14 09:00,1.23E+05,S3,',
    '2026-03-14 09:01,"1,234.50",S4,cash',
  ];
  writeFileSync(join(folder, 'day.csv'), rows.join('\n'));
  const run = await runCli(['reconcile', '--sales', 'day.csv', '--json'], folder);
  expect(run.code).toBe(0);
  expect(run.err).toMatch(/^day\.csv:3: .*31\/02\/2026.*\nday\.csv:4: .*1\.23E\+05/);
  expect(JSON.parse(run.out)).toMatchObject({
    sales: [{ file: 'day.csv', rows: 4 }],
    totals: { sales: '300.00' },
  });
});

test('unknown columns of a sales file ask for --map, and --map answers', async () => {
  writeFileSync(join(folder, 'other.csv'), 'When,How much\n2026-03-14 10:00,5\n');
  const asked = await runCli(['reconcile', '--sales', 'other.csv'], folder);
  expect(asked).toMatchObject({ code: 2, out: '' });
  expect(asked.err).toMatch(/^other\.csv: .*When, How much.*--map/);
  writeFileSync(join(folder, 'map.json'), '{"When":"time","How much":"amount"}');
  const mapped = await runCli(['reconcile', '--sales', 'other.csv', '--map', 'map.json', '--json'], folder);
  expect(JSON.parse(mapped.out)).toMatchObject({
    sales: [{ rows: 1, refused: [] }],
    totals: { sales: '5.00' },
  });
  writeFileSync(join(folder, 'bad-map.json'), '{"When":"hour"}');
  const wrong = await runCli(['reconcile', '--sales', 'other.csv', '--map', 'bad-map.json'], folder);
  expect(wrong).toMatchObject({ code: 2, err: expect.stringMatching(/^bad-map\.json: .*“When”/) });
});
