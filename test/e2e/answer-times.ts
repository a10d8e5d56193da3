import type { Page } from '@playwright/test';

/** How long answers took that the page asked for, in milliseconds, by what was asked. */
export type AnswerTimes = Readonly<Record<string, readonly number[]>>;

/** What every screen asks for when it is opened, and a write; each as the page itself would ask. */
const QUESTIONS: readonly (readonly [channel: string, input: unknown])[] = [
  ['app:state', {}],
  ['reconcile:summary', { from: '2026-10-31', to: '2026-10-31', tillId: null }],
  ['reconcile:summary', { from: '2025-11-01', to: '2026-10-31', tillId: null }],
  [
    'reconcile:rows',
    {
      from: '2026-10-01',
      to: '2026-10-31',
      tillId: null,
      tab: 'todo',
      search: '',
      kinds: [],
      after: null,
      limit: 100,
    },
  ],
  ['ledger:search', { search: 'UJV', limit: 20 }],
  ['ledger:search', { search: '450', limit: 20 }],
  [
    'sale:list',
    {
      from: '2025-11-01',
      to: '2026-10-31',
      tillId: null,
      search: '',
      tender: null,
      typedOnly: false,
      after: null,
      limit: 100,
    },
  ],
  ['coverage:month', { month: '2026-10', tillId: null }],
  ['import:list', { kind: 'statement', after: null, limit: 50 }],
  ['step:list', { after: null, limit: 50 }],
  ['settings:save', { shopName: 'Duka' }],
];

/**
 * Asks through the page's own bridge, one question after the other without a pause longer than 20 ms, from when it is
 * called until `stop`, and each at least once. Whatever is refused makes `stop` throw.
 */
export async function askMeanwhile(page: Page): Promise<{ stop: () => Promise<AnswerTimes> }> {
  await page.evaluate((questions) => {
    type Answer = { ok: boolean; error?: { code: string } };
    const { daftari } = window as unknown as {
      daftari: { call: Record<string, (input: unknown) => Promise<Answer>> };
    };
    const asking = { isOver: false, times: {} as Record<string, number[]>, refused: [] as string[] };
    const run = async () => {
      for (let turn = 0; !asking.isOver || turn < questions.length; turn++) {
        const [channel = '', input] = questions[turn % questions.length] ?? [];
        const started = performance.now();
        const answer = await daftari.call[channel]?.(input);
        const times = asking.times[channel] ?? [];
        asking.times[channel] = times;
        times.push(performance.now() - started);
        if (answer?.ok !== true) asking.refused.push(`${channel}: ${answer?.error?.code}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return { times: asking.times, refused: asking.refused };
    };
    Object.assign(window, { asking, askedAll: run() });
  }, QUESTIONS);
  return {
    stop: async () => {
      const { times, refused } = await page.evaluate(async () => {
        const asked = window as unknown as {
          asking: { isOver: boolean };
          askedAll: Promise<{ times: Record<string, number[]>; refused: string[] }>;
        };
        asked.asking.isOver = true;
        return asked.askedAll;
      });
      if (refused.length > 0) throw new Error(`refused meanwhile: ${refused.join(', ')}`);
      return times;
    },
  };
}

/** A line for a reader: how many answers, the middle one, the slowest and what it answered. */
export function describeTimes(during: string, times: AnswerTimes): string {
  const all = Object.entries(times)
    .flatMap(([channel, each]) => each.map((ms) => ({ channel, ms })))
    .sort((a, b) => a.ms - b.ms);
  const [middle, worst] = [all[Math.floor(all.length / 2)], all.at(-1)];
  const late = all.filter(({ ms }) => ms > 100).length;
  const round = (ms = 0) => `${ms.toFixed(1)} ms`;
  return `${during}: ${all.length} answers, median ${round(middle?.ms)}, slowest ${round(worst?.ms)} (${worst?.channel}), ${late} over 100 ms`;
}
