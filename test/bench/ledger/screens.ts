import type { App } from '#main/app-types.ts';
import { type Bench, numberOption } from '#test/bench/bench.ts';
import { ask, openBenchApp } from './ask.ts';
import { quantile, round, tableRow } from './measure.ts';
import { withYearLedger, type YearLedger } from './year-ledger.ts';

/** The window is asked for no answer that takes longer; a search for no more than a third of that. */
const MOST_MS = 100;
const MOST_SEARCH_MS = 30;
const TIMES = 15;

type Asked = { readonly name: string; readonly channel: string; readonly input: (turn: number) => unknown };
type Answered = {
  readonly name: string;
  readonly medianMs: number;
  readonly worstMs: number;
  readonly bound: number;
};

/** What each screen asks for, with a million lines behind it: through the router, as a window asks. */
export const bench: Bench = async (args) => {
  const lines = numberOption(args, 'lines', 1_000_000);
  const answers = await withYearLedger(lines, (ledger) => measureScreens(ledger));
  const areMet = answers.every((answer) => answer.worstMs <= answer.bound);
  return { figures: { lines, answers }, text: asText(answers), areMet };
};

export async function measureScreens(ledger: YearLedger): Promise<Answered[]> {
  const app = await openBenchApp(ledger.profile, ledger.vault);
  try {
    const answers: Answered[] = [];
    for (const asked of questions(ledger)) answers.push(await measure(app, asked));
    return answers;
  } finally {
    await app.close();
  }
}

function questions({ receipts, references, firstDay, lastDay }: YearLedger): Asked[] {
  const day = { from: lastDay, to: lastDay, tillId: null };
  const year = { from: firstDay, to: lastDay, tillId: null };
  const month = { from: `${lastDay.slice(0, 8)}01`, to: lastDay, tillId: null };
  const rows = { search: '', kinds: [], after: null, limit: 100 };
  const sales = { search: '', tender: null, typedOnly: false, after: null, limit: 100 };
  const page = { after: null, limit: 50 };
  const search = (texts: readonly string[], length: number) => (turn: number) => ({
    search: (texts[turn % texts.length] ?? '').slice(0, length),
    limit: 20,
  });
  return [
    { name: 'search a receipt', channel: 'ledger:search', input: search(receipts, 10) },
    { name: 'search the beginning of a receipt', channel: 'ledger:search', input: search(receipts, 5) },
    { name: 'search the beginning of a reference', channel: 'ledger:search', input: search(references, 7) },
    {
      name: 'search an amount',
      channel: 'ledger:search',
      input: (turn) => ({ search: `${500 + turn}`, limit: 20 }),
    },
    { name: 'summary of a day', channel: 'reconcile:summary', input: () => day },
    { name: 'summary of a month', channel: 'reconcile:summary', input: () => month },
    { name: 'summary of a year', channel: 'reconcile:summary', input: () => year },
    { name: 'to do of a day', channel: 'reconcile:rows', input: () => ({ ...day, ...rows, tab: 'todo' }) },
    { name: 'to do of a year', channel: 'reconcile:rows', input: () => ({ ...year, ...rows, tab: 'todo' }) },
    {
      name: 'matched of a year',
      channel: 'reconcile:rows',
      input: () => ({ ...year, ...rows, tab: 'matched' }),
    },
    {
      name: 'to do of a month, searched',
      channel: 'reconcile:rows',
      input: () => ({ ...month, ...rows, tab: 'all', search: 'amina' }),
    },
    { name: 'sales of a year', channel: 'sale:list', input: () => ({ ...year, ...sales }) },
    {
      name: 'calendar of a month',
      channel: 'coverage:month',
      input: () => ({ month: lastDay.slice(0, 7), tillId: null }),
    },
    {
      name: 'one payment',
      channel: 'ledger:show',
      input: (turn) => ({ type: 'payment', id: 1 + turn * 997 }),
    },
    { name: 'files', channel: 'import:list', input: () => ({ kind: 'statement', ...page }) },
    { name: 'problems of a file', channel: 'import:problems', input: () => ({ importId: 1, ...page }) },
    { name: 'undo a file: what it would do', channel: 'import:plan-undo', input: () => ({ importId: 2 }) },
    { name: 'steps', channel: 'step:list', input: () => page },
    { name: 'questions', channel: 'review:list', input: () => ({ state: 'open', after: null }) },
    { name: 'state of the app', channel: 'app:state', input: () => ({}) },
  ];
}

async function measure(app: App, asked: Asked): Promise<Answered> {
  const times: number[] = [];
  for (let turn = 0; turn < TIMES; turn++) {
    const started = performance.now();
    await ask(app, asked.channel, asked.input(turn));
    times.push(performance.now() - started);
  }
  const bound =
    asked.name.includes('beginning') || asked.name.endsWith('a receipt') ? MOST_SEARCH_MS : MOST_MS;
  return {
    name: asked.name,
    medianMs: round(quantile(times, 0.5), 1),
    worstMs: round(quantile(times, 1), 1),
    bound,
  };
}

function asText(answers: readonly Answered[]): string {
  return [
    tableRow('answer', 'median ms', 'worst ms', 'bound ms'),
    ...answers.map(({ name, medianMs, worstMs, bound }) => tableRow(name, medianMs, worstMs, bound)),
  ].join('\n');
}
