import { readConfig } from '../../relay/src/config.ts';
import { startRelay } from '../../relay/src/serve.ts';
import { openSqliteStorage } from '../../relay/src/storage/sqlite.ts';
import type { Storage } from '../../relay/src/storage/storage.ts';

/**
 * A relay in a process of its own, configured by its environment; prints where it listens. `mode`: `plain`;
 * `die-after-write`: it is killed after the commit and before any answer; `die-before-write`: just before the commit;
 * `forget`: it answers without storing (the baseline of the benchmark).
 */
const [mode = 'plain'] = process.argv.slice(2);
const read = readConfig(undefined, process.env);
if (!read.ok) throw new Error(read.problem);
const storage = openSqliteStorage(read.config.database, read.config);

const appends: Readonly<Record<string, Storage['append']>> = {
  plain: storage.append,
  'die-after-write': async (batch) => {
    await storage.append(batch);
    process.kill(process.pid, 'SIGKILL');
    return new Promise(() => undefined);
  },
  'die-before-write': async () => {
    process.kill(process.pid, 'SIGKILL');
    return new Promise(() => undefined);
  },
  forget: async (batch) => batch.map(() => 'stored'),
};
const append = appends[mode];
if (append === undefined) throw new Error(`no mode ${mode}`);

const batches = { count: 0, arrivals: 0 };
const counted: Storage = {
  ...storage,
  append: (batch) => {
    batches.count += 1;
    batches.arrivals += batch.length;
    return append(batch);
  },
};
const relay = await startRelay(read.config, { storage: counted, logLevel: 'silent' });
process.stdout.write(`${relay.address}\n`);
process.on('SIGTERM', () => {
  void relay.close().then(() => process.stdout.write(`${JSON.stringify(batches)}\n`));
});
