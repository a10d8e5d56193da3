import { type Bench, numberOption } from '#test/bench/bench.ts';
import { median, round, runChild, tableRow } from './measure.ts';
import { withYearLedger } from './year-ledger.ts';

/** The bound: cold start to login, here to the first answer of the core, with a million lines. */
const MOST_SECONDS = 2;
const RUNS = 5;

/** From the start of the process to the core's first answers, without and with a year in the ledger. */
export const bench: Bench = async (args) => {
  const lines = numberOption(args, 'lines', 1_000_000);
  const small = await withYearLedger(1_000, measureStart);
  const full = await withYearLedger(lines, measureStart);
  return {
    figures: { lines, small, full, boundSeconds: MOST_SECONDS },
    text: [
      tableRow('lines in the ledger', 'start s', 'processor s', 'memory MB', 'bound s'),
      tableRow(1_000, small.seconds, small.processorSeconds, small.memoryMb, MOST_SECONDS),
      tableRow(lines, full.seconds, full.processorSeconds, full.memoryMb, MOST_SECONDS),
    ].join('\n'),
    areMet: full.seconds <= MOST_SECONDS,
  };
};

async function measureStart(ledger: {
  readonly profile: string;
  readonly vault: { readonly dump: () => string };
}) {
  const runs: Readonly<Record<string, number>>[] = [];
  for (let run = 0; run < RUNS; run++)
    runs.push(await runChild('start-child.ts', [ledger.profile], ledger.vault.dump()));
  const of = (name: string) => median(runs.map((figures) => figures[name] ?? Number.NaN));
  return {
    seconds: round(of('seconds')),
    processorSeconds: round(of('processorSeconds')),
    memoryMb: round(of('memoryMb'), 0),
  };
}
