import { randomBytes } from 'node:crypto';
import sodium from 'libsodium-wrappers';
import type { RelayLine } from '#main/inbox/relay-line.ts';
import { collectWaiting } from '#main/services/inbox/collector.ts';
import { ask } from '#main/services/safaricom/ask.ts';
import type { Receipt } from '#shared/domain/receipt.ts';
import type { RelayMessage } from '#shared/domain/relay/answers.ts';
import { type ArrivalFacts, packArrival } from '#shared/domain/relay/arrival.ts';
import { PAYBILL, type SafaricomShop } from './safaricom-shop.ts';

export type CallbackLine = {
  readonly kind: string;
  readonly outcome: string;
  readonly why: string;
  readonly callId: number | null;
};

/** Everything that came, in the order in which it was taken. */
export function callbacksOf({ core }: Pick<SafaricomShop, 'core'>): CallbackLine[] {
  return core.ledger.read.all<CallbackLine>(
    `SELECT kind, outcome, json_extract(why, '$.id') AS why, call_id AS callId FROM callbacks ORDER BY id`,
  );
}

export function outcomesOf(shop: Pick<SafaricomShop, 'core'>): string[] {
  return callbacksOf(shop).map(({ outcome, why }) => `${outcome} ${why.replace('callback.', '')}`);
}

export function alertsOf({ core }: Pick<SafaricomShop, 'core'>): string[] {
  return core.ledger.read
    .all<{ kind: string }>('SELECT kind FROM alerts ORDER BY id')
    .map(({ kind }) => kind);
}

export function callStateOf({ core }: Pick<SafaricomShop, 'core'>, callId: number): string {
  const row = core.ledger.read.get<{ state: string; code: string | null }>(
    'SELECT state, code FROM api_calls WHERE id = ?',
    callId,
  );
  return row === undefined ? 'none' : row.code === null ? row.state : `${row.state} ${row.code}`;
}

/** A question about a payment that Safaricom has taken, or that may have been lost. Returns its call. */
export async function askStatus(
  shop: SafaricomShop,
  receipt: string,
  subject = 'look-up:1',
): Promise<number> {
  const question = { product: 'status', shortCode: PAYBILL, receipt: receipt as Receipt } as const;
  const asked = await ask(shop.parts, shop.actor, question, { subject });
  if (asked.type !== 'accepted' && asked.type !== 'lost') throw new Error(JSON.stringify(asked));
  return asked.callId;
}

export function tokenOf({ core }: Pick<SafaricomShop, 'core'>, callId: number): string {
  const row = core.ledger.read.get<{ token: string }>(
    'SELECT result_token AS token FROM api_calls WHERE id = ?',
    callId,
  );
  return row?.token ?? '';
}

/** Takes what waits through a line that a test has bent. */
export function collectThrough(shop: SafaricomShop, change: Partial<RelayLine>): Promise<boolean> {
  return collectWaiting(shop.parts, { ...shop.relayLine, ...change });
}

/** A relay that signs what it likes: the messages of an honest answer, changed. */
export function bending(
  shop: SafaricomShop,
  change: (messages: readonly RelayMessage[]) => readonly RelayMessage[],
): Partial<RelayLine> {
  return {
    messages: async (...asked) => {
      const reply = await shop.relayLine.messages(...asked);
      if (reply.type !== 'answered') return reply;
      return { type: 'answered', value: { ...reply.value, messages: change(reply.value.messages) } };
    },
  };
}

/** What anybody who knows a shop's public key can seal to it. */
export async function sealTo(
  boxKey: string,
  facts: Partial<ArrivalFacts> & Pick<ArrivalFacts, 'inbox' | 'kind'>,
  body: string | Uint8Array,
): Promise<string> {
  await sodium.ready;
  const whole = { token: null, at: Date.UTC(2026, 10, 20, 7), from: '196.201.214.200', ...facts };
  const packed = packArrival({ facts: whole, body: Buffer.from(body) });
  return Buffer.from(sodium.crypto_box_seal(packed, Buffer.from(boxKey, 'hex'))).toString('base64');
}

export function someToken(): string {
  return randomBytes(16).toString('hex');
}
