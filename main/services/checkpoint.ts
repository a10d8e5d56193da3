import type { Core } from './core.ts';

/** Transactions between two checkpoints: some 30 MB of log during an import. */
const TRANSACTIONS = 64;

type Keeping = { written: number; running: Promise<void> | null };
const keepings = new WeakMap<Core['ledger'], Keeping>();

function keepingOf(core: Core): Keeping {
  const known = keepings.get(core.ledger);
  if (known) return known;
  const fresh: Keeping = { written: 0, running: null };
  keepings.set(core.ledger, fresh);
  return fresh;
}

/** Called after each transaction of long work: now and then the log is moved into the ledger file, on another thread. */
export function countTransaction(core: Core): void {
  const keeping = keepingOf(core);
  keeping.written += 1;
  if (keeping.written >= TRANSACTIONS) startCheckpoint(core);
}

/** Moves the log into the ledger file on another thread; at most one at a time, and nobody waits for it. */
export function startCheckpoint(core: Core): void {
  const keeping = keepingOf(core);
  if (keeping.running) return;
  keeping.written = 0;
  keeping.running = runCheckpoint(core).finally(() => {
    keeping.running = null;
  });
}

/** Resolves when no checkpoint is under way. */
export async function settleCheckpoint(core: Core): Promise<void> {
  await keepingOf(core).running;
}

/** What stays in the log is safe there: a checkpoint that fails costs space, and the next one does its work. */
async function runCheckpoint(core: Core): Promise<void> {
  try {
    for await (const _ of core.workers.run('checkpoint', { access: core.ledger.access }));
  } catch (error) {
    core.log.warn('the log could not be moved into the ledger file; the next checkpoint will', { error });
  }
}
