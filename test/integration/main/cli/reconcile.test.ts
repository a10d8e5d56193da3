import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeFiles } from '#main/demo/files.ts';
import { inventMonth } from '#main/demo/month.ts';
import { type Cents, cents, parseAmount } from '#shared/domain/money.ts';
import type { BusinessDay } from '#shared/domain/time.ts';
import { GOOD_LINES, statementText } from '#test/fixtures/damaged-files.ts';
import { runCli } from '#test/helpers/run-cli.ts';

type Item = { lines: { receipt: string; amount: string }[]; sales: string[]; rule: string; why: string };
type Report = {
  statement: {
    file: string;
    rows: number;
    new: number;
    known: number;
    refused: { line: number; reason: string }[];
    accounts: { opening: string; closing: string }[];
  }[];
  sales: { file: string; rows: number; refused: unknown[] }[];
  matches: (Item & { band: string })[];
  suggestions: (Item & { band: string; ambiguous: boolean })[];
  links: (Item & { kind: string })[];
  exceptions: (Item & { kind: string; amount: string })[];
  totals: Record<
    'paidIn' | 'otherIn' | 'charges' | 'reversed' | 'sweptOut' | 'otherOut' | 'sales' | 'matched' | 'open',
    string
  >;
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'daftari-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return name;
}

function money(text: string | undefined): Cents {
  const parsed = parseAmount(text ?? '');
  if (!parsed.ok) throw new Error(`no amount: ${text}`);
  return parsed.cents;
}

const total = (amounts: Iterable<string>) =>
  cents([...amounts].reduce((sum, amount) => sum + money(amount), 0));

const SALES = `time,amount,reference,receipt
2026-03-14 08:01,100,S1,UCE1DEMO01
2026-03-14 09:01,200,,UCE1DEMO02
2026-03-14 09:30,75,S3,
`;

describe('a day of three payments and three sales', () => {
  test('is one JSON object with matches, exceptions and totals', async () => {
    const args = [
      'reconcile',
      '--statement',
      put('day.csv', statementText(GOOD_LINES)),
      '--sales',
      put('sales.csv', SALES),
      '--json',
    ];
    const run = await runCli(args, folder);
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(run.out)).toEqual({
      statement: [
        {
          file: 'day.csv',
          layout: 'portal-csv',
          shortCode: '1234567',
          account: 'Merchant Account',
          rows: 3,
          new: 3,
          known: 0,
          refused: [],
          opening: '0.00',
          closing: '600.00',
          balanced: true,
          breaks: [],
          coveredTo: '2026-03-14T23:59:59+03:00',
          accounts: [
            {
              shortCode: '1234567',
              account: 'Merchant Account',
              rows: 3,
              opening: '0.00',
              closing: '600.00',
              balanced: true,
              breaks: [],
              coveredTo: '2026-03-14T23:59:59+03:00',
            },
          ],
        },
      ],
      sales: [{ file: 'sales.csv', rows: 3, refused: [] }],
      matches: [match('UCE1DEMO01', '100.00', 'S1'), match('UCE1DEMO02', '200.00', 'row-3')],
      suggestions: [],
      links: [],
      exceptions: [
        {
          kind: 'sold-not-paid',
          lines: [],
          sales: ['S3'],
          amount: '75.00',
          why: expect.stringContaining('No payment'),
        },
        {
          kind: 'paid-not-sold',
          lines: [{ receipt: 'UCE1DEMO03', amount: '300.00' }],
          sales: [],
          amount: '300.00',
          why: expect.stringContaining('No sale'),
        },
      ],
      totals: {
        paidIn: '600.00',
        otherIn: '0.00',
        charges: '0.00',
        reversed: '0.00',
        sweptOut: '0.00',
        otherOut: '0.00',
        sales: '375.00',
        matched: '300.00',
        open: '375.00',
      },
    });
  });

  function match(receipt: string, amount: string, sale: string) {
    const why = expect.stringMatching(/^Same receipt and amount/);
    return { lines: [{ receipt, amount }], sales: [sale], rule: 'same-receipt', band: 'certain', why };
  }

  test('reads well without --json, in both languages', async () => {
    const args = [
      'reconcile',
      '--statement',
      put('day.csv', statementText(GOOD_LINES)),
      '--sales',
      put('sales.csv', SALES),
    ];
    const english = await runCli(args, folder);
    expect(english.out).toContain('2 of 3 payments matched; KES 375.00 open.');
    expect(english.out).toMatch(
      /Paid, not sold: KES 300\.00, UCE1DEMO03\n {6}No sale that fits this payment\./,
    );
    const swahili = await runCli([...args, '--lang', 'sw'], folder);
    expect(swahili.out).toContain('Malipo 2 kati ya 3 yamelinganishwa; KES 375.00 ziko wazi.');
  });

  test('names a sale without a reference by its file too where two files share the row', async () => {
    const statement = put('day.csv', statementText(GOOD_LINES));
    const morning =
      'time,amount,reference\n2026-03-14 06:00,11,S1\n2026-03-14 06:01,12,\n2026-03-14 06:02,13,\n';
    const evening =
      'time,amount,reference\n2026-03-14 19:00,14,S4\n2026-03-14 19:01,15,\n2026-03-14 19:02,16,S6\n';
    const files = [put('am.csv', morning), put('pm.csv', evening)];
    const run = await runCli(['reconcile', '--statement', statement, '--sales', ...files, '--json'], folder);
    const report = JSON.parse(run.out) as Report;
    const unpaid = report.exceptions
      .filter(({ kind }) => kind === 'sold-not-paid')
      .flatMap(({ sales }) => sales);
    expect(unpaid.sort()).toEqual(['S1', 'S4', 'S6', 'am.csv:row-3', 'pm.csv:row-3', 'row-4']);
  });

  test('counts a file that is given twice once', async () => {
    const file = put('day.csv', statementText(GOOD_LINES));
    const run = await runCli(['reconcile', '--statement', file, file, '--json'], folder);
    const report = JSON.parse(run.out) as Report;
    expect(report.statement.map(({ rows, new: fresh, known }) => [rows, fresh, known])).toEqual([
      [3, 3, 0],
      [3, 0, 3],
    ]);
    expect(report.totals.paidIn).toBe('600.00');
  });

  test('refuses a row that a later file changed, with its reason', async () => {
    const changed = GOOD_LINES.map((line) => line.replace('200.00,,300.00', '250.00,,300.00'));
    const files = [put('day.csv', statementText(GOOD_LINES)), put('again.csv', statementText(changed))];
    const run = await runCli(['reconcile', '--statement', ...files, '--json'], folder);
    const [, again] = (JSON.parse(run.out) as Report).statement;
    expect(again).toMatchObject({
      rows: 3,
      new: 0,
      known: 2,
      refused: [{ line: 9, reason: expect.stringContaining('UCE1DEMO02') }],
    });
    expect(run.err).toContain('again.csv:9: ');
  });

  test('says which rows of an earlier file a later one lacks, and keeps them', async () => {
    const files = [
      put('day.csv', statementText(GOOD_LINES)),
      put('shorter.csv', statementText(GOOD_LINES.toSpliced(1, 1))),
    ];
    const run = await runCli(['reconcile', '--statement', ...files, '--json'], folder);
    expect(run.code).toBe(0);
    expect(run.err).toMatch(/^shorter\.csv: .*UCE1DEMO02/);
    expect((JSON.parse(run.out) as Report).totals.paidIn).toBe('600.00');
  });

  test('leaves nothing in the temporary folder', async () => {
    const temp = join(folder, 'temp');
    mkdirSync(temp, { recursive: true });
    const file = put('day.csv', statementText(GOOD_LINES));
    await runCli(['reconcile', '--statement', file], folder, { TMPDIR: temp });
    await runCli(['reconcile', '--statement', file, 'missing.csv'], folder, { TMPDIR: temp });
    expect(readdirSync(temp)).toEqual([]);
  });

  test('counts paths from the folder of the person when npm runs it elsewhere', async () => {
    put('day.csv', statementText(GOOD_LINES));
    const run = await runCli(['reconcile', '--statement', 'day.csv', '--json'], tmpdir(), {
      INIT_CWD: folder,
    });
    expect(JSON.parse(run.out)).toMatchObject({ statement: [{ file: 'day.csv', rows: 3 }] });
  });
});

describe('an invented month', () => {
  let report: Report;

  beforeAll(async () => {
    const files = writeFiles(inventMonth('2026-11-20' as BusinessDay));
    for (const file of files) put(file.name, file.text);
    const named = (kind: string) => files.filter((file) => file.kind === kind).map((file) => file.name);
    const args = ['reconcile', '--statement', ...named('statement'), '--sales', ...named('sales'), '--json'];
    const run = await runCli(args, folder);
    expect(run.code).toBe(0);
    report = JSON.parse(run.out) as Report;
  }, 120_000);

  test('adds up: what the accounts opened with and what moved is what they closed with', () => {
    // Each account of a till is continued by its next file; every one of them opened at zero and ended at the last.
    const { totals } = report;
    const moved =
      money(totals.paidIn) +
      money(totals.otherIn) -
      money(totals.charges) -
      money(totals.reversed) -
      money(totals.sweptOut) -
      money(totals.otherOut);
    const lastTill = report.statement.find((file) => file.file.includes('1119150000'));
    const lastPaybill = report.statement.find((file) => file.file.includes('to 2026-11-19'));
    const closing = [...(lastTill?.accounts ?? []), ...(lastPaybill?.accounts ?? [])].map(
      (account) => account.closing,
    );
    expect(moved).toBe(total(closing));
  });

  test('totals.matched is the sum of the matches, and open is what they leave', () => {
    expect(money(report.totals.matched)).toBe(
      total(report.matches.flatMap((match) => match.lines.map((line) => line.amount))),
    );
    const explained = report.links.flatMap(({ kind, lines }) =>
      kind === 'reversal-of' ? [lines[1]?.amount ?? ''] : [],
    );
    const dayTotals = report.links.filter(({ kind }) => kind === 'day-total').flatMap(({ lines }) => lines);
    const matched = new Set(report.matches.flatMap(({ lines }) => lines.map((line) => line.receipt)));
    const byTotal = dayTotals.filter((line) => !matched.has(line.receipt)).map((line) => line.amount);
    const paid =
      money(report.totals.paidIn) - money(report.totals.matched) - total(explained) - total(byTotal);
    const sold = money(report.totals.sales) - money(report.totals.matched);
    expect(money(report.totals.open)).toBe(paid + sold);
  });

  test('every match is certain, adds up and is made once', () => {
    const used = report.matches.flatMap(({ lines, sales }) => [
      ...lines.map((line) => line.receipt),
      ...sales,
    ]);
    expect(new Set(used).size).toBe(used.length);
    expect(report.matches.every(({ band, why }) => band === 'certain' && why !== '')).toBe(true);
    expect(report.matches.length).toBeGreaterThan(3_000);
  });

  test('rows are new, known or refused', () => {
    for (const { rows, new: fresh, known, refused } of report.statement)
      expect(rows).toBe(fresh + known + refused.length);
  });

  test('each ambiguous alternative is a suggestion of its own', () => {
    const ambiguous = report.suggestions.filter((suggestion) => suggestion.ambiguous);
    expect(ambiguous.length).toBeGreaterThan(5);
    expect(ambiguous.every(({ band }) => band !== 'certain')).toBe(true);
  });
});
