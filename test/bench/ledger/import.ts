import { join } from 'node:path';
import { type Bench, numberOption } from '#test/bench/bench.ts';
import { inFolder, median, round, runChild, tableRow, timeSqliteImport } from './measure.ts';
import { HEAD_LINES, writeYearFile } from './year-file.ts';

/** The bound: at most four times a plain import; at most 400 MB; again at most half of the first bound. */
const MOST_TIMES_PLAIN = 4;
const MOST_TIMES_PLAIN_AGAIN = 2;
const MOST_MB = 400;
const DAYS = 365;

type Size = {
  readonly lines: number;
  readonly plainSeconds: number;
  readonly importSeconds: number;
  readonly againSeconds: number;
  readonly timesPlain: number;
  readonly timesPlainAgain: number;
  readonly peakMb: number;
};

/** A portal CSV into the encrypted ledger, then again, beside `sqlite3 .import` of the same file into a plain one. */
export const bench: Bench = async (args) => {
  const most = numberOption(args, 'lines', 1_000_000);
  const runs = numberOption(args, 'runs', 1);
  const sizes: Size[] = [];
  for (const lines of [10_000, 100_000, 1_000_000])
    if (lines <= most) sizes.push(await measureSize(lines, runs));
  if (sizes.at(-1)?.lines !== most) sizes.push(await measureSize(most, runs));
  const largest = sizes.at(-1) as Size;
  const targets = {
    import: largest.timesPlain <= MOST_TIMES_PLAIN,
    again: largest.timesPlainAgain <= MOST_TIMES_PLAIN_AGAIN,
    memory: largest.peakMb <= MOST_MB,
  };
  return {
    figures: { sizes, targets },
    text: asText(sizes),
    areMet: Object.values(targets).every((isMet) => isMet),
  };
};

function measureSize(lines: number, runs: number): Promise<Size> {
  return inFolder(async (folder) => {
    const path = join(folder, 'year.csv');
    writeYearFile(path, { lines, days: DAYS, lastDay: '2026-10-31' });
    const plain: number[] = [];
    const own: Readonly<Record<string, number>>[] = [];
    for (let run = 0; run < runs; run++) {
      plain.push(timeSqliteImport(path, HEAD_LINES));
      own.push(await runChild('import-child.ts', [path, 'again']));
    }
    const of = (name: string) => median(own.map((figures) => figures[name] ?? Number.NaN));
    if (own.some(({ movements }) => movements !== lines))
      throw new Error('a file brought in twice is not there once');
    const plainSeconds = median(plain);
    return {
      lines,
      plainSeconds: round(plainSeconds),
      importSeconds: round(of('first')),
      againSeconds: round(of('again')),
      timesPlain: round(of('first') / plainSeconds),
      timesPlainAgain: round(of('again') / plainSeconds),
      peakMb: round(of('peakOfAllMb'), 0),
    };
  });
}

function asText(sizes: readonly Size[]): string {
  return [
    tableRow('lines', 'plain s', 'ledger s', 'times', 'again s', 'times', 'peak MB'),
    ...sizes.map((size) =>
      tableRow(
        size.lines,
        size.plainSeconds,
        size.importSeconds,
        size.timesPlain,
        size.againSeconds,
        size.timesPlainAgain,
        size.peakMb,
      ),
    ),
    `bounds: ${MOST_TIMES_PLAIN} times, again ${MOST_TIMES_PLAIN_AGAIN} times, ${MOST_MB} MB`,
  ].join('\n');
}
