import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { SECOND, type UtcMs } from '#shared/domain/time.ts';
import { prepareCertificate } from '#test/daraja-simulator/certificate.ts';
import { unreached } from '#test/daraja-simulator/fault.ts';
import { type Simulator, startSimulator } from '#test/daraja-simulator/simulator.ts';
import { createInbox } from '../../relay/src/commands/operator.ts';
import type { RelayConfig } from '../../relay/src/config.ts';
import { loadRelayKey } from '../../relay/src/relay-key.ts';
import { startRelay } from '../../relay/src/serve.ts';
import { openSqliteStorage } from '../../relay/src/storage/sqlite.ts';

/** Everything around the shop of the demo: a Safaricom and a relay of our own, on this computer and nowhere else. */
export type DemoWorld = {
  readonly safaricom: Simulator;
  /** Makes an inbox at the relay and gives its pairing code, as an operator hands it to a shop. */
  readonly makePairingCode: () => Promise<string>;
  /** The next reversal is lost on its way, and nobody hears of it again. */
  readonly loseNextReversal: () => void;
  /** Ends both; nothing of them goes on. Their files are in the folder that was given. */
  readonly close: () => Promise<void>;
};

/** One of Safaricom's own addresses, as a proxy before the relay would name it. */
const SAFARICOM_ADDRESS = '196.201.214.200';
export type WorldOptions = {
  /** How long Safaricom takes for its answers. */
  readonly latency?: { readonly least: number; readonly most: number };
  /** False: Safaricom's book is empty, for a shop that begins with nothing. */
  readonly hasMonth?: boolean;
};

const LATENCY = { least: 2 * SECOND, most: 9 * SECOND };
const MEGABYTE = 1_000_000;
const DAY_MS = 86_400_000;

/**
 * Starts the surroundings of the demo. This file alone may load the simulator and the relay, which are no part of the
 * program (ADR 33); it is loaded from a checkout only.
 */
export async function openDemoWorld(folder: string, options: WorldOptions = {}): Promise<DemoWorld> {
  const { latency = LATENCY, hasMonth = true } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  await prepareCertificate('production');
  const config = relayConfig(folder);
  const storage = openSqliteStorage(config.database, config);
  const relay = await startRelay(config, { storage, logLevel: 'silent' });
  const safaricom = await startSimulator({
    environment: 'production',
    clock: 'real',
    hasDemoMonth: hasMonth,
    rules: { latency },
    sentFrom: SAFARICOM_ADDRESS,
  }).catch(async (error: unknown) => {
    await relay.close();
    throw error;
  });
  const operator = {
    config: { ...config, publicUrl: relay.address },
    storage,
    key: loadRelayKey(config.keyFile),
    now: () => Date.now() as UtcMs,
  };
  return {
    safaricom,
    makePairingCode: async () => (await createInbox(operator, 'Duka la Mfano', 'production')).code,
    loseNextReversal: () => safaricom.next('reversal', unreached.hungUp()),
    close: async () => {
      // First whoever posts, so that nothing is posted to a relay that has gone.
      await safaricom.close();
      await relay.close();
    },
  };
}

/** On loopback, any free port; this computer speaks for Safaricom as a proxy would. */
function relayConfig(folder: string): RelayConfig {
  return {
    publicUrl: 'http://127.0.0.1',
    environment: 'sandbox',
    host: '127.0.0.1',
    port: 0,
    database: join(folder, 'relay.db'),
    keyFile: join(folder, 'relay.key'),
    trustedProxies: ['127.0.0.1'],
    keepMs: 30 * DAY_MS,
    inboxBytes: 16 * MEGABYTE,
    totalBytes: 64 * MEGABYTE,
    refusalsPerMinute: 120,
  };
}
