import { X509Certificate } from 'node:crypto';
import { cpSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import { openDarajaLine } from '#main/daraja/http-line.ts';
import type { WriteDb } from '#main/db/ledger.ts';
import type { Environment } from '#main/db/ledger-file.ts';
import { openRelayLine } from '#main/inbox/http-relay.ts';
import type { RelayLine } from '#main/inbox/relay-line.ts';
import { silentLog } from '#main/log/log.ts';
import { openSafaricom } from '#main/open-safaricom.ts';
import { markOfKeys } from '#main/services/credentials/key-mark.ts';
import { collectWaiting } from '#main/services/inbox/collector.ts';
import type { InboxDesk } from '#main/services/inbox/inbox-desk.ts';
import { relayNow } from '#main/services/inbox/relay-clock.ts';
import { purposeOf, RELAY_PURPOSE } from '#main/services/safaricom/kept-secrets.ts';
import type { SafaricomParts } from '#main/services/safaricom/parts.ts';
import { claimNumber } from '#main/services/tills.ts';
import { MAX_SECRET_BYTES, type Vault } from '#main/vault/vault.ts';
import type { CredentialKind } from '#shared/domain/daraja/product.ts';
import { DAY } from '#shared/domain/time.ts';
import { succeed } from '#shared/ipc/result.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '#test/daraja-simulator/simulator.ts';
import { freshFolder, openShop, type ShopOptions, type TestShop } from './open-shop.ts';

import { type OpenTestRelay, openRelay, SAFARICOM, type Shop } from './relay.ts';

export { PAYBILL, TILL } from './simulator-caller.ts';

export type SafaricomShopOptions = {
  /** Of the books; Safaricom is production's for all but the sandbox. */
  readonly environment?: Environment;
  readonly simulator?: Omit<SimulatorOptions, 'environment' | 'carry' | 'sentFrom'>;
  /** What is known of the credentials; `none`: nobody has typed any. */
  readonly credentials?: 'untried' | 'working' | 'none';
  /** False: no relay is paired yet. */
  readonly isPaired?: boolean;
  /** True: what the relay holds is collected in the background, as the program does it; else by `collect`. */
  readonly collects?: boolean;
  /** Where the relay really is, as this PC reaches it; its own address by default. */
  readonly reach?: (origin: string) => string;
};

/**
 * A shop that can ask a Safaricom of our own and is answered through a relay of our own. All three, and the log, go by
 * the simulator's clock: a virtual one stands until `simulator.advance`.
 */
export type SafaricomShop = Omit<TestShop, 'reopen'> & {
  readonly simulator: Simulator;
  readonly relay: OpenTestRelay;
  /** What the PC holds at the relay, to look into it past the program; null where no relay is paired. */
  readonly inbox: Shop | null;
  readonly parts: SafaricomParts;
  readonly desk: InboxDesk;
  /** The line of this PC to the relay. */
  readonly relayLine: RelayLine;
  /** Takes everything that the relay holds now. */
  readonly collect: () => Promise<void>;
  /** Quits and starts again; Safaricom and the relay go on meanwhile. */
  readonly reopen: () => Promise<SafaricomShop>;
  /** The power goes and comes back: what was not in the books is not in them. What was being done is forgotten. */
  readonly crash: () => Promise<SafaricomShop>;
};

/** Everything that outlives the program. */
type Surroundings = {
  readonly simulator: Simulator;
  readonly relay: OpenTestRelay;
  readonly inbox: Shop | null;
  readonly environment: Environment;
  readonly collects: boolean;
  readonly reach: (origin: string) => string;
};

/** Opens the shop of one test; nothing of it is left when the test ends. */
export async function openSafaricomShop(options: SafaricomShopOptions = {}): Promise<SafaricomShop> {
  const { environment = 'demo', credentials = 'untried', isPaired = true, collects = false } = options;
  const place = environment === 'sandbox' ? 'sandbox' : 'production';
  let carryTo = '';
  const simulator = await startSimulator({
    ...options.simulator,
    environment: place,
    sentFrom: SAFARICOM,
    carry: (url) => (url.hostname.endsWith('.example') ? new URL(url.pathname, carryTo) : url),
  });
  onTestFinished(simulator.close);
  const relay = await openRelay({ now: simulator.now });
  onTestFinished(relay.close);
  carryTo = relay.origin;

  const inbox = isPaired ? await relay.pairShop(place) : null;
  const vault = openTestVault(new Map());
  const opened = await openShop({ folder: freshFolder(), keys: vault }, optionsOf(simulator, environment));
  const { reach = (origin: string) => origin } = options;
  const around = { simulator, relay, inbox, environment, collects, reach };
  const shop = equip(opened, vault, around);
  for (const { number } of simulator.shop.shortCodes)
    claimNumber(shop.core, shop.actor, number, `Till ${number}`, 'settings');
  await trustSimulator(shop, place);
  if (credentials !== 'none') await keepCredentials(shop, credentials);
  if (inbox !== null) await keepPairing(shop, inbox);
  shop.desk.wake();
  return shop;
}

/** The program over its books, with its line to Safaricom. */
function equip(shop: TestShop, vault: TestVault, around: Surroundings): SafaricomShop {
  const { simulator, environment, relay, collects, reach } = around;
  const { core } = shop;
  const relayLine = openRelayLine({
    now: () => relayNow(core),
    allowsLoopback: true,
    carry: () => reach(relay.origin),
  });
  const line = openDarajaLine({ origin: simulator.origin, now: simulator.now, log: silentLog, pace: 0 });
  const safaricom = openSafaricom(core, { vault, line, relay: collects ? relayLine : deafTo(relayLine) });
  const { parts, inbox: desk } = safaricom;
  let isOpen = true;
  const close = async () => {
    if (!isOpen) return;
    isOpen = false;
    await safaricom.close();
    relayLine.close();
    await shop.close();
  };
  onTestFinished(close);
  return {
    ...shop,
    ...around,
    parts,
    desk,
    relayLine,
    close,
    collect: async () => {
      if (!(await collectWaiting(parts, relayLine))) throw new Error('the relay did not answer');
    },
    reopen: async () => {
      isOpen = false;
      await safaricom.close();
      relayLine.close();
      return equip(await shop.reopen(), vault, around);
    },
    crash: async () => {
      const folder = freshFolder();
      cpSync(shop.folder, folder, { recursive: true });
      const keys = vault.copy();
      await close();
      return equip(await openShop({ folder, keys }, optionsOf(simulator, environment)), keys, around);
    },
  };
}

/** The relay as it is, but for what is collected in the background: there nothing ever comes. */
function deafTo(line: RelayLine): RelayLine {
  const wait = (_: unknown, ask: unknown, signal?: AbortSignal) =>
    new Promise<{ type: 'unreached'; reason: 'aborted' }>((resolve) => {
      const [stop] = [signal, ask].filter((each) => each instanceof AbortSignal);
      const end = () => resolve({ type: 'unreached', reason: 'aborted' });
      if (stop === undefined || stop.aborted) end();
      else stop.addEventListener('abort', end, { once: true });
    });
  return { ...line, messages: wait, status: wait };
}

function optionsOf({ now }: Simulator, environment: Environment): ShopOptions {
  return { environment, clocks: { wall: now, steady: now } };
}

/** Passwords are sealed for the simulator, whose key is its own. */
function trustSimulator(shop: SafaricomShop, place: 'production' | 'sandbox'): void {
  const { pem } = shop.simulator.certificates[place];
  const fingerprint = new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase();
  write(shop, (db) =>
    db.run(
      'INSERT INTO certificates (fingerprint, pem, loaded_at, loaded_by, is_used) VALUES (?, ?, ?, ?, 1)',
      fingerprint,
      pem,
      shop.simulator.now(),
      shop.actor.staffId,
    ),
  );
}

/** What the owner would type: app, look-up operator and passkey of each short code. */
async function keepCredentials(shop: SafaricomShop, state: 'untried' | 'working'): Promise<void> {
  const { apps, operators, shortCodes } = shop.simulator.shop;
  const [app] = apps;
  const [lookUp] = operators;
  if (app === undefined || lookUp === undefined) throw new Error('the shop has no app or no operator');
  for (const { number, passkey } of shortCodes) {
    await keep(
      shop,
      { number, kind: 'app', name: null, state },
      { key: app.consumerKey, secret: app.consumerSecret },
    );
    await keep(
      shop,
      { number, kind: 'look-up-operator', name: lookUp.name, state },
      { name: lookUp.name, password: lookUp.password },
    );
    await keep(shop, { number, kind: 'passkey', name: null, state }, { passkey });
  }
}

type Kept = {
  readonly number: string;
  readonly kind: Exclude<CredentialKind, 'reversal-operator'>;
  readonly name: string | null;
  readonly state: 'untried' | 'working';
};

async function keep(
  { parts, simulator, actor, core }: SafaricomShop,
  { number, kind, name, state }: Kept,
  secret: Readonly<Record<string, string>>,
): Promise<void> {
  await keepSecret(parts, purposeOf(number, kind), secret);
  const now = simulator.now();
  write({ core, actor }, (db) =>
    db.run(
      `INSERT INTO credentials (short_code, kind, name, key_mark, form, set_at, set_by, due_at, state, state_at)
       VALUES (?, ?, ?, ?, 'plain', ?, ?, ?, ?, ?)`,
      number,
      kind,
      name,
      kind === 'app' ? markOfKeys(core, { key: String(secret.key), secret: String(secret.secret) }) : null,
      now,
      actor.staffId,
      now + (kind === 'look-up-operator' ? 90 : 365) * DAY,
      state,
      state === 'working' ? now : null,
    ),
  );
}

async function keepPairing(shop: SafaricomShop, { code, secrets }: Shop): Promise<void> {
  await keepSecret(shop.parts, RELAY_PURPOSE, { path: code.path, ...secrets });
  write(shop, (db) =>
    db.run(
      `INSERT INTO relay_pairing (one, origin, inbox, relay_key, paired_at, paired_by) VALUES (1, ?, ?, ?, ?, ?)`,
      code.origin,
      code.inbox,
      shop.relay.key.publicKey,
      shop.simulator.now(),
      shop.actor.staffId,
    ),
  );
}

async function keepSecret({ secrets }: SafaricomParts, purpose: string, secret: unknown): Promise<void> {
  const kept = await secrets.write(purpose, JSON.stringify(secret));
  if (!kept.ok) throw new Error(`${purpose} cannot be kept: ${kept.problem}`);
}

function write({ core, actor }: Pick<TestShop, 'core' | 'actor'>, change: (db: WriteDb) => unknown): void {
  const written = core.ledger.act(actor, 'test.prepared', 'test', (db) => {
    change(db);
    return succeed({ value: undefined, details: {} });
  });
  if (!written.ok) throw new Error(`the shop cannot be prepared: ${written.error.code}`);
}

type TestVault = Vault & { readonly copy: () => TestVault };

/** A keychain in memory as it was at one moment can be kept, as the computer's is on its disk. */
function openTestVault(items: ReadonlyMap<string, string>): TestVault {
  const kept = new Map(items);
  return {
    read: async (name) => ({ ok: true, value: kept.get(name) ?? null }),
    write: async (name, secret) => {
      if (Buffer.byteLength(secret) > MAX_SECRET_BYTES) return { ok: false, problem: 'too-large' };
      kept.set(name, secret);
      return { ok: true, value: undefined };
    },
    remove: async (name) => {
      kept.delete(name);
      return { ok: true, value: undefined };
    },
    copy: () => openTestVault(kept),
  };
}
