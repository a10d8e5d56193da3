import { createHash, createHmac, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sodium from 'libsodium-wrappers';
import type { AckAnswer, MessagesAnswer, PairAnswer, StatusAnswer } from '#shared/domain/relay/answers.ts';
import { type Arrival, readArrival } from '#shared/domain/relay/arrival.ts';
import { type PairingCode, readPairingCode } from '#shared/domain/relay/pairing-code.ts';
import { messagesTarget, shopTarget } from '#shared/domain/relay/shop-url.ts';
import {
  answerToSign,
  pairingToProve,
  RELAY_HEADERS,
  requestToSign,
} from '#shared/domain/relay/signed-request.ts';
import { createInbox } from '../../relay/src/commands/operator.ts';
import { type RelayConfig, readConfig } from '../../relay/src/config.ts';
import { fingerprintOfKey, isSignedBy, loadRelayKey, type RelayKey } from '../../relay/src/relay-key.ts';
import { type RelayParts, type RunningRelay, startRelay } from '../../relay/src/serve.ts';
import { openSqliteStorage } from '../../relay/src/storage/sqlite.ts';
import type { Storage } from '../../relay/src/storage/storage.ts';

/** One of the portal's twelve. */
export const SAFARICOM = '196.201.214.200';
const RAW_KEY = 32;

export type HttpAnswer = {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
};

export type HttpRequest = {
  readonly method?: string;
  readonly target: string;
  readonly headers?: http.OutgoingHttpHeaders;
  readonly body?: string | Uint8Array;
};

/** One request on a connection of its own. */
export function send(origin: string, request: HttpRequest): Promise<HttpAnswer> {
  const { method = 'POST', target, headers = {}, body } = request;
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const sent = http.request({ hostname, port, method, path: target, headers, agent: false }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.once('error', reject);
      answer.once('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: Buffer.concat(parts).toString('utf8'),
        }),
      );
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

export type TestRelay = {
  readonly folder: string;
  readonly config: RelayConfig;
  readonly key: RelayKey;
  readonly storage: Storage;
  readonly origin: string;
  readonly relay: RunningRelay;
  /** Makes an inbox and gives its code, as the operator does. */
  readonly create: (environment?: 'production' | 'sandbox') => Promise<PairingCode>;
  /** Makes an inbox and pairs a PC with it. */
  readonly pairShop: (environment?: 'production' | 'sandbox') => Promise<Shop>;
  /** A callback as Safaricom sends it, through a proxy on this computer. */
  readonly deliver: (target: string, body: string | Uint8Array, from?: string) => Promise<HttpAnswer>;
};

export type TestRelayOptions = Omit<RelayParts, 'storage'> & {
  readonly settings?: NodeJS.ProcessEnv;
  readonly folder?: string;
  readonly wrap?: (storage: Storage) => Storage;
};

export function makeRelayFolder(): string {
  return mkdtempSync(join(tmpdir(), 'daftari-relay-'));
}

export function relayConfig(folder: string, settings: NodeJS.ProcessEnv = {}): RelayConfig {
  const read = readConfig(undefined, {
    DAFTARI_RELAY_PUBLIC_URL: 'https://relay.duka.example',
    DAFTARI_RELAY_PORT: '0',
    DAFTARI_RELAY_DATABASE: join(folder, 'relay.db'),
    DAFTARI_RELAY_TRUSTED_PROXIES: '127.0.0.1',
    ...settings,
  });
  if (!read.ok) throw new Error(read.problem);
  return read.config;
}

export type OpenTestRelay = TestRelay & {
  /** Ends it; its folder goes with it unless it was given. */
  readonly close: () => Promise<void>;
};

/** A relay on loopback, in a folder of its own unless one is given. */
export async function openRelay(options: TestRelayOptions = {}): Promise<OpenTestRelay> {
  const { settings, wrap = (same) => same, folder = makeRelayFolder(), ...parts } = options;
  const config = relayConfig(folder, settings);
  const storage = wrap(openSqliteStorage(config.database, config));
  const now = parts.now ?? Date.now;
  const relay = await startRelay(config, { logLevel: 'silent', ...parts, storage });
  const key = loadRelayKey(config.keyFile);
  const create = async (environment: 'production' | 'sandbox' = 'production') => {
    const given = await createInbox({ config, storage, key, now }, 'duka', environment);
    return readCode(given.code);
  };
  return {
    folder,
    config,
    key,
    storage,
    origin: relay.address,
    relay,
    create,
    pairShop: async (environment) => {
      const shop = await makeShop(relay.address, await create(environment), now);
      await shop.pair();
      return shop;
    },
    deliver: (target, body, from = SAFARICOM) =>
      send(relay.address, { target, body, headers: { 'X-Forwarded-For': from } }),
    close: async () => {
      await relay.close();
      if (options.folder === undefined) rmSync(folder, { recursive: true });
    },
  };
}

/** The same for the length of one task. */
export async function withRelay<T>(
  options: TestRelayOptions,
  use: (relay: TestRelay) => Promise<T>,
): Promise<T> {
  const relay = await openRelay(options);
  try {
    return await use(relay);
  } finally {
    await relay.close();
  }
}

export function readCode(text: string): PairingCode {
  const read = readPairingCode(text);
  if (!read.ok) throw new Error(read.problem);
  return read.code;
}

export type Shop = {
  readonly code: PairingCode;
  readonly keys: { readonly boxKey: string; readonly signKey: string };
  /** Their private halves, as a PC keeps them in its keychain. */
  readonly secrets: { readonly boxKey: string; readonly signSeed: string };
  readonly resultTarget: (token: string) => string;
  /** The signed request, ready to be sent or spoilt. */
  readonly sign: (
    method: 'GET' | 'POST',
    target: string,
    body?: string,
    spoil?: { readonly at?: number; readonly nonce?: string; readonly relay?: string },
  ) => HttpRequest;
  readonly send: (method: 'GET' | 'POST', target: string, body?: string) => Promise<HttpAnswer>;
  readonly pairRequest: (secret?: string) => HttpRequest;
  readonly pair: () => Promise<PairAnswer>;
  readonly messages: (after: number, wait?: number) => Promise<MessagesAnswer>;
  readonly ack: (upTo: number) => Promise<AckAnswer>;
  readonly status: () => Promise<StatusAnswer>;
  /** Opens what was sealed to this shop; throws when it was sealed to another. */
  readonly open: (sealed: string) => Arrival;
};

/** The PC of a shop that has pasted its code: fresh keys, not paired yet. */
export async function makeShop(
  origin: string,
  code: PairingCode,
  now: () => number = Date.now,
): Promise<Shop> {
  await sodium.ready;
  const box = sodium.crypto_box_keypair();
  const pair = generateKeyPairSync('ed25519');
  const signKey = rawPublicKey(pair.publicKey);
  const keys = { boxKey: Buffer.from(box.publicKey).toString('hex'), signKey };

  const signIt: Shop['sign'] = (method, target, body = '', spoil = {}) => {
    const { at = now(), nonce = randomBytes(16).toString('hex'), relay = code.relay } = spoil;
    const bodyHash = hashOf(body);
    const text = requestToSign({ relay, inbox: code.inbox, method, target, at, nonce, bodyHash });
    const headers = {
      [RELAY_HEADERS.time]: String(at),
      [RELAY_HEADERS.nonce]: nonce,
      [RELAY_HEADERS.signature]: signText(pair.privateKey, text),
    };
    return { method, target, headers, ...(body === '' ? {} : { body }) };
  };
  const sendIt: Shop['send'] = (method, target, body) => send(origin, signIt(method, target, body));
  const pairRequest: Shop['pairRequest'] = (secret = code.secret) => {
    const text = pairingToProve({ relay: code.relay, inbox: code.inbox, ...keys });
    const proof = createHmac('sha256', Buffer.from(secret, 'hex')).update(text).digest('hex');
    return signIt('POST', shopTarget(code.inbox, 'pair'), JSON.stringify({ ...keys, proof }));
  };
  const seed = Buffer.from(pair.privateKey.export({ format: 'jwk' }).d ?? '', 'base64url');
  return {
    code,
    keys,
    secrets: { boxKey: Buffer.from(box.privateKey).toString('hex'), signSeed: seed.toString('hex') },
    resultTarget: (token) => `/${code.path}/${token}`,
    sign: signIt,
    send: sendIt,
    pairRequest,
    pair: async () => {
      const answer: PairAnswer = readAnswer(await send(origin, pairRequest()));
      if (fingerprintOfKey(answer.relayKey) !== code.relay) throw new Error('another relay');
      return answer;
    },
    messages: async (after, wait = 0) =>
      readAnswer(await sendIt('GET', messagesTarget(code.inbox, after, wait))),
    ack: async (upTo) =>
      readAnswer(await sendIt('POST', shopTarget(code.inbox, 'ack'), JSON.stringify({ upTo }))),
    status: async () => readAnswer(await sendIt('GET', shopTarget(code.inbox, 'status'))),
    open: (sealed) => {
      const packed = sodium.crypto_box_seal_open(
        Buffer.from(sealed, 'base64'),
        box.publicKey,
        box.privateKey,
      );
      const arrival = readArrival(packed);
      if (arrival === null) throw new Error('what was sealed is of another form');
      return arrival;
    },
  };
}

/** True when the relay signed this very answer to this very request. */
export function isAnswerSigned(
  { relayKey, inbox, nonce }: { relayKey: string; inbox: string; nonce: string },
  answer: HttpAnswer,
): boolean {
  const relay = fingerprintOfKey(relayKey);
  const text = answerToSign({ relay, inbox, nonce, status: answer.status, bodyHash: hashOf(answer.body) });
  return isSignedBy(relayKey, text, String(answer.headers[RELAY_HEADERS.answerSignature] ?? ''));
}

/** 128 random bits in hex: a result token, a nonce. */
export function makeToken(): string {
  return randomBytes(16).toString('hex');
}

/** What the shop is told of what was turned away: reason, address, times. */
export async function refusedOf(shop: Shop): Promise<string[]> {
  const { refused } = await shop.status();
  return refused.map(({ reason, address, count }) => `${reason} ${address} ${count}`).sort();
}

/** The whole of an error answer, for comparing. */
export function errorOf(answer: HttpAnswer): string {
  const { error } = JSON.parse(answer.body) as { error?: string };
  return `${answer.status} ${error}`;
}

function readAnswer<T>(answer: HttpAnswer): T {
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.body}`);
  return JSON.parse(answer.body) as T;
}

function rawPublicKey(key: KeyObject): string {
  return key.export({ format: 'der', type: 'spki' }).subarray(-RAW_KEY).toString('hex');
}

function signText(key: KeyObject, text: string): string {
  return sign(null, Buffer.from(text), key).toString('hex');
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
