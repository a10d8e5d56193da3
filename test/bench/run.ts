import { pathToFileURL } from 'node:url';
import type { Bench } from '#test/bench/bench.ts';

/** Name → where it lives and what it measures. A new benchmark is one new line. */
const BENCHES: Readonly<
  Record<string, { readonly load: () => Promise<{ bench: Bench }>; readonly about: string }>
> = {
  matching: {
    load: () => import('#test/bench/matching/matching.ts'),
    about: 'right and wrong matches over days whose truth is known, beside four other ways to match',
  },
  'match-speed': {
    load: () => import('#test/bench/matching/match-speed.ts'),
    about: 'time of match() at 10,000 to 1,000,000 a side, beside plain SQL joins',
  },
  import: {
    load: () => import('#test/bench/ledger/import.ts'),
    about: 'a portal CSV into the encrypted ledger and in again, beside sqlite3 .import into a plain file',
  },
  reimport: {
    load: () => import('#test/bench/ledger/import.ts'),
    about: 'the same measurement: its second half is the file brought in again',
  },
  day: {
    load: () => import('#test/bench/ledger/day.ts'),
    about: 'an ordinary day from its files to the screen, with a million lines behind it',
  },
  search: {
    load: () => import('#test/bench/ledger/screens.ts'),
    about: 'search, and what every screen asks for, with a million lines behind it',
  },
  ipc: {
    load: () => import('#test/bench/ledger/ipc.ts'),
    about: 'answers and writes while a long file comes in and is undone',
  },
  audit: {
    load: () => import('#test/bench/ledger/audit.ts'),
    about: 'proving the audit log, beside reading its rows and hashing each once',
  },
  login: {
    load: () => import('#test/bench/access/login.ts'),
    about: 'signing in, beside the bare check of one password',
  },
  relay: {
    load: () => import('#test/bench/relay/relay.ts'),
    about:
      'callbacks a second that the relay accepts durably, beside the same server that does not store them',
  },
  start: {
    load: () => import('#test/bench/ledger/start.ts'),
    about: 'from the start of the process to the first answer, with a million lines in the ledger',
  },
};

async function run([name = '', ...args]: readonly string[]): Promise<number> {
  const entry = BENCHES[name];
  if (entry === undefined) {
    const list = Object.entries(BENCHES).map(([key, { about }]) => `  ${key.padEnd(12)} ${about}`);
    process.stderr.write(`npm run bench -- NAME [--json] [options]\n${list.join('\n')}\n`);
    return name === '' || name === '--help' ? 0 : 2;
  }
  const { bench } = await entry.load();
  const { figures, text, areMet } = await bench(args);
  process.stdout.write(args.includes('--json') ? `${JSON.stringify(figures)}\n` : `${text}\n`);
  return areMet ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.exitCode = await run(process.argv.slice(2));
