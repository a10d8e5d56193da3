import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import http from 'node:http';
import { type Bench, numberOption } from '#test/bench/bench.ts';
import { makeRelayFolder, relayConfig, SAFARICOM, type Shop, withRelay } from '#test/helpers/relay.ts';
import { startRelayChild } from '#test/helpers/start-relay-child.ts';
import { openSqliteStorage } from '../../../relay/src/storage/sqlite.ts';

/** A status result of the usual size. */
const BODY_BYTES = 1_400;

type Run = {
  readonly perSecond: number;
  readonly accepted: number;
  /** Half and 99 in 100 were answered within so many ms. */
  readonly median: number;
  readonly slow: number;
  /** How many arrivals shared a commit, on average. */
  readonly perCommit: number;
  readonly stored: number;
};

/**
 * Callbacks a second that the relay accepts durably, beside the same server (gate, sealing, answer) that does not store
 * them. Both in a process of their own, asked over kept connections from this one. Met when everything accepted is on
 * the disk and storing keeps at least a third of the speed.
 */
export const bench: Bench = async (args) => {
  const count = numberOption(args, 'count', 5_000);
  const connections = numberOption(args, 'connections', 32);
  const rounds = numberOption(args, 'rounds', 3);
  const durable: Run[] = [];
  const forgetful: Run[] = [];
  for (let round = 0; round < rounds; round += 1) {
    forgetful.push(await measure('forget', count, connections));
    durable.push(await measure('plain', count, connections));
  }
  const [stored, answered] = [middleOf(durable), middleOf(forgetful)];
  const ratio = stored.perSecond / answered.perSecond;
  const isWhole = durable.every((run) => run.accepted === count && run.stored === count);
  const line = (name: string, run: Run) =>
    `${name.padEnd(18)} ${String(Math.round(run.perSecond)).padStart(6)} a second, ` +
    `median ${run.median.toFixed(1)} ms, 99 in 100 within ${run.slow.toFixed(1)} ms`;
  return {
    figures: { count, connections, durable: stored, forgetful: answered, ratio, isWhole },
    text: [
      line('stored durably', stored),
      line('answered only', answered),
      `ratio ${ratio.toFixed(2)}; ${stored.perCommit.toFixed(1)} callbacks a commit; ` +
        `${isWhole ? 'everything accepted is stored' : 'SOMETHING ACCEPTED IS MISSING'}`,
    ].join('\n'),
    areMet: isWhole && ratio >= 1 / 3,
  };
};

async function measure(mode: 'plain' | 'forget', count: number, connections: number): Promise<Run> {
  const folder = makeRelayFolder();
  try {
    const shop = await withRelay({ folder }, ({ pairShop }) => pairShop());
    const child = await startRelayChild(mode, relayConfig(folder));
    await load(child.origin, shop, Math.min(count, 300), connections);
    const started = performance.now();
    const times = await load(child.origin, shop, count, connections);
    const seconds = (performance.now() - started) / 1_000;
    const batches = JSON.parse(await child.stop()) as { count: number; arrivals: number };
    const sorted = times.sort((a, b) => a - b);
    return {
      perSecond: times.length / seconds,
      accepted: times.length,
      median: sorted[Math.floor(sorted.length / 2)] ?? 0,
      slow: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
      perCommit: batches.arrivals / batches.count,
      stored: (await countStored(folder, shop)) - Math.min(count, 300),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Delivers `count` callbacks over so many connections; how long each took (ms). Throws when one is refused. */
async function load(origin: string, shop: Shop, count: number, connections: number): Promise<number[]> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  let left = count;
  const work = async () => {
    while (left > 0) {
      left -= 1;
      const started = performance.now();
      await deliver(agent, origin, shop.resultTarget(randomBytes(16).toString('hex')));
      times.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  agent.destroy();
  return times;
}

function deliver(agent: http.Agent, origin: string, path: string): Promise<void> {
  const { hostname, port } = new URL(origin);
  const body = JSON.stringify({ Result: { ResultDesc: 'x'.repeat(BODY_BYTES - 30) } });
  const headers = { 'X-Forwarded-For': SAFARICOM, 'Content-Length': body.length };
  return new Promise((resolve, reject) => {
    const request = http.request({ agent, hostname, port, path, method: 'POST', headers }, (answer) => {
      answer.resume();
      answer.once('end', () =>
        answer.statusCode === 200 ? resolve() : reject(new Error(`refused with ${answer.statusCode}`)),
      );
    });
    request.once('error', reject);
    request.end(body);
  });
}

async function countStored(folder: string, shop: Shop): Promise<number> {
  const config = relayConfig(folder);
  const storage = openSqliteStorage(config.database, config);
  const inbox = await storage.findInbox(shop.code.inbox);
  await storage.close();
  return inbox?.waiting ?? 0;
}

function middleOf(runs: readonly Run[]): Run {
  const sorted = [...runs].sort((a, b) => a.perSecond - b.perSecond);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('at least one round');
  return middle;
}
