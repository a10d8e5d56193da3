import type { FastifyInstance } from 'fastify';
import { MAX_CLOCK_GAP } from '../../shared/domain/relay/signed-request.ts';
import { findAddressFault } from './addresses.ts';
import { makeAppendQueue } from './append-queue.ts';
import { readAllowed } from './callback-gate.ts';
import type { RelayConfig } from './config.ts';
import { makeRefusalBook } from './refusals.ts';
import { loadRelayKey } from './relay-key.ts';
import { loadSeal } from './seal.ts';
import { buildServer, type ServerOptions } from './server.ts';
import type { RelayServices } from './services.ts';
import { openSqliteStorage } from './storage/sqlite.ts';
import type { Storage } from './storage/storage.ts';
import { RELAY_VERSION } from './version.ts';
import { makeWaitingReaders } from './waiting-readers.ts';

/** How often refusals are written, and how often what is old goes (ms). */
const SAVE_EVERY = 5_000;
const TIDY_EVERY = 3_600_000;
const MONTH = 30 * 86_400_000;
/** A nonce is no use to anybody once the time of its request is refused. */
const NONCE_LIFE = 3 * MAX_CLOCK_GAP;

export type RunningRelay = {
  readonly server: FastifyInstance;
  /** Where it listens, as `http://host:port`. */
  readonly address: string;
  /** Answers what it has begun, writes everything, closes the database. */
  readonly close: () => Promise<void>;
};

/** What a caller may put in the place of the usual. */
export type RelayParts = ServerOptions & {
  readonly storage?: Storage;
  readonly now?: () => number;
};

/** Starts the relay. Throws when the database, the key file or the port cannot be had. */
export async function startRelay(config: RelayConfig, parts: RelayParts = {}): Promise<RunningRelay> {
  const key = loadRelayKey(config.keyFile);
  const seal = await loadSeal();
  const storage = parts.storage ?? openSqliteStorage(config.database, config);
  const now = parts.now ?? Date.now;
  const services: RelayServices = {
    config,
    storage,
    key,
    seal,
    now,
    queue: makeAppendQueue(storage),
    refusals: makeRefusalBook(storage, config.refusalsPerMinute, now),
    readers: makeWaitingReaders(),
    version: RELAY_VERSION,
  };
  const server = buildServer(services, parts);
  const attempt = (work: () => Promise<unknown>, what: string) => () =>
    void work().catch((error: unknown) => server.log.error({ err: error }, what));
  const timers = [
    setInterval(attempt(services.refusals.save, 'refusals could not be written'), SAVE_EVERY),
    setInterval(
      attempt(() => tidy(services), 'what is old could not be removed'),
      TIDY_EVERY,
    ),
  ];
  const close = async () => {
    for (const timer of timers) clearInterval(timer);
    await server.close();
    await services.queue.drain();
    await services.refusals.save();
    await storage.close();
  };
  try {
    await refuseForgeable(services);
    await tidy(services);
    const address = await server.listen({ host: config.host, port: config.port });
    return { server, address, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Who is trusted to name the sender must not be a sender: whatever it named would be let in. */
async function refuseForgeable({
  storage,
  config,
}: Pick<RelayServices, 'storage' | 'config'>): Promise<void> {
  const fault = findAddressFault(await readAllowed(storage), config.trustedProxies);
  if (fault !== null) throw new Error(`who may deliver: ${fault}`);
}

/** Removes what has had its time: messages nobody fetched, hashes, nonces, refusals. */
export async function tidy({ storage, config, now }: Pick<RelayServices, 'storage' | 'config' | 'now'>) {
  const at = now();
  return storage.dropOld({
    messages: at - config.keepMs,
    hashes: at - Math.max(MONTH, config.keepMs),
    nonces: at - NONCE_LIFE,
    refusals: at - MONTH,
  });
}
