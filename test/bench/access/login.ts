import { join } from 'node:path';
import { openPasswords } from '#main/access/passwords.ts';
import { openApp } from '#main/app.ts';
import { openMemoryVault } from '#main/vault/memory-vault.ts';
import { type Bench, numberOption } from '#test/bench/bench.ts';
import { ask } from '#test/bench/ledger/ask.ts';
import { WORKER } from '#test/bench/ledger/bench-shop.ts';
import { inFolder, median, round, tableRow } from '#test/bench/ledger/measure.ts';
import { PEOPLE } from '#test/helpers/people.ts';
import { prepareProfile } from '#test/helpers/prepare-profile.ts';

/** The bound: from the button to the books, on an ordinary PC. */
const MOST_MS = 1_000;

/** Signing in through the router, at the real cost of a password, beside the bare check of the same hash. */
export const bench: Bench = async (args) => {
  const runs = numberOption(args, 'runs', 15);
  const bareMs = await measureBare(runs);
  const { signInMs, unknownMs } = await inFolder((folder) => measureSignIns(folder, runs));
  return {
    figures: { signInMs, unknownMs, bareMs, boundMs: MOST_MS },
    text: [
      tableRow('', 'ms', 'bound ms'),
      tableRow('signing in', signInMs, MOST_MS),
      tableRow('a name nobody has', unknownMs, MOST_MS),
      tableRow('Argon2id alone', bareMs, ''),
    ].join('\n'),
    areMet: signInMs <= MOST_MS,
  };
};

async function measureBare(runs: number): Promise<number> {
  const passwords = openPasswords();
  const stored = await passwords.hash(PEOPLE.owner.password);
  return timeMany(runs, () => passwords.verify(stored, PEOPLE.owner.password));
}

async function measureSignIns(
  folder: string,
  runs: number,
): Promise<{ signInMs: number; unknownMs: number }> {
  const profile = join(folder, 'books');
  const vault = openMemoryVault();
  await prepareProfile(profile, vault);
  const options = { profile, host: 'preview', vault, workerUrl: WORKER, demo: false } as const;
  const app = await openApp({ ...options, isPackaged: false, version: '0.0.0-bench' });
  try {
    const { name, password } = PEOPLE.owner;
    const signInMs = await timeMany(runs, () => ask(app, 'access:sign-in', { name, password, code: null }));
    // Only two: the third failure would be followed by a wait.
    const unknownMs = await timeMany(2, () =>
      app.call({ window: 'main' }, 'access:sign-in', { name: 'nobody', password, code: null }),
    );
    return { signInMs, unknownMs };
  } finally {
    await app.close();
  }
}

/** The median of so many runs, in milliseconds. */
async function timeMany(runs: number, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const startedAt = performance.now();
    await work();
    times.push(performance.now() - startedAt);
  }
  return round(median(times), 0);
}
