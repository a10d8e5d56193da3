import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { openDarajaLine } from '#main/daraja/http-line.ts';
import { unsealAll } from '#main/db/queries/sealed.ts';
import { openLog } from '#main/log/log.ts';
import { hideInLog } from '#main/log/redact.ts';
import { type AskOptions, ask } from '#main/services/safaricom/ask.ts';
import type { Asked, Question } from '#main/services/safaricom/question.ts';
import type { Receipt } from '#shared/domain/receipt.ts';
import { HOUR, type UtcMs } from '#shared/domain/time.ts';
import { type Fault, posted, spoiled, unreached } from '#test/daraja-simulator/fault.ts';
import type { Product } from '#test/daraja-simulator/products.ts';
import { replyJson } from '#test/daraja-simulator/wire/reply.ts';
import { openSafaricomShop, PAYBILL, type SafaricomShop } from '#test/helpers/safaricom-shop.ts';

/**
 * S19: whatever goes wrong, nothing that Daftari speaks with stands in what it writes or says: not in the log, not in any
 * table, sealed values opened, not in an answer to whoever asked.
 */
test('no secret is in the log, in the books or in an answer', async () => {
  const shop = await openSafaricomShop({ credentials: 'working' });
  const { simulator, core } = shop;
  const logs = join(shop.folder, 'canary');
  mkdirSync(logs);
  const log = openLog(join(logs, 'daftari.log'));
  const limits = { totalMs: 500 };
  const line = openDarajaLine({
    origin: simulator.origin,
    now: simulator.now,
    log: { ...log, hide: hideInLog },
    pace: 0,
    limits,
  });
  onTestFinished(line.close);
  const parts = { ...shop.parts, line, core: { ...core, log }, pause: async () => true };

  const to = simulator.now();
  const stretch = { from: (to - HOUR) as UtcMs, to, offset: 0 };
  const questions: readonly Question[] = [
    { product: 'status', shortCode: PAYBILL, receipt: 'UKK1234567' as Receipt },
    { product: 'balance', shortCode: PAYBILL },
    { product: 'pull-register', shortCode: PAYBILL, nominatedNumber: '254722111222' },
    { product: 'pull-query', shortCode: PAYBILL, ...stretch },
    { product: 'c2b-register', shortCode: PAYBILL },
    { product: 'stk-query', shortCode: PAYBILL, checkoutRequestId: 'ws_CO_1' },
  ];
  const said: Asked[] = [];
  const put = async (question: Question, options: Partial<AskOptions> = {}) =>
    said.push(await ask(parts, shop.actor, question, { subject: 'canary', ...options }));

  for (const question of questions) {
    for (const fault of [...FAULTS, echo(simulator)]) {
      simulator.next(question.product, fault);
      await put(question);
      simulator.always(question.product, null);
    }
    await put(question);
  }
  for (const fault of FAULTS) {
    simulator.next('token', fault);
    simulator.tokens.forgetAll();
    await line.checkKeys({ key: 'canary-key', secret: 'canary-secret' });
  }
  simulator.next('status', posted.answeredWith('8006', 'The security credential is locked.'));
  await put(questions[0] as Question, {
    candidate: { name: 'mfanolook', password: 'canary-candidate' },
    subject: `rotation:${PAYBILL}`,
  });
  await simulator.settle();
  await shop.collect();

  const canaries = canariesOf(shop);
  expect(canaries.length).toBeGreaterThan(30);
  // Whatever sentence they get into: a bug's message is nobody's to foresee.
  for (const { text } of canaries.filter(({ name }) => !UNUSED.includes(name)))
    log.error(`a bug near ${text}`, { error: new Error(`with "${text}"`) });
  const written = everythingWritten(shop, logs);
  expect(written).toContain('UKK1234567');
  expect(written).toContain('Safaricom did not answer');
  const found = canaries.filter(
    ({ text }) =>
      written.includes(text) ||
      JSON.stringify(said).includes(text) ||
      inspect(said, { depth: 9 }).includes(text),
  );
  expect(found.map(({ name }) => name)).toEqual([]);
});

const FAULTS: readonly Fault[] = [
  unreached.spikeArrest(),
  unreached.internalError(),
  unreached.gatewayPage(),
  unreached.emptyBody(401),
  unreached.brokenJson(),
  unreached.redirect('http://127.0.0.1:9/'),
  unreached.hungUp(),
  unreached.error(400, '400.002.02', 'Bad Request - Invalid Remarks'),
  spoiled.replyLost(),
  spoiled.replyCut(),
  spoiled.noReply(),
];

/** A refusal that repeats the token it was spoken to with, as the balance's does. */
function echo({ journal }: SafaricomShop['simulator']): Fault {
  const instead = (requestId: string) => {
    const token = (journal.calls().at(-1)?.authorization ?? '').replace('Bearer ', '');
    return replyJson(500, {
      requestId,
      errorCode: '500.001.1001',
      errorMessage: `Internal Error - ${token}`,
    });
  };
  return { name: 'echo', instead };
}

/** What went to Safaricom past the services, or was typed nowhere in this shop. */
const UNUSED: readonly string[] = [
  'another key',
  'another secret',
  'password of another operator',
  'passkey of another number',
];

type Canary = { readonly name: string; readonly text: string };

function canariesOf({ simulator, inbox }: SafaricomShop): Canary[] {
  const { apps, operators, shortCodes } = simulator.shop;
  const fixed = [
    ...apps.flatMap(({ consumerKey, consumerSecret }) => [
      { name: 'consumer key', text: consumerKey },
      { name: 'consumer secret', text: consumerSecret },
    ]),
    ...operators.map(({ password }, at) => ({
      name: at === 0 ? 'password' : 'password of another operator',
      text: password,
    })),
    ...shortCodes.map(({ number, passkey }) => ({
      name: number === PAYBILL ? 'passkey' : 'passkey of another number',
      text: passkey,
    })),
    { name: 'another key', text: 'canary-key' },
    { name: 'another secret', text: 'canary-secret' },
    { name: 'the password that is tried', text: 'canary-candidate' },
    { name: 'secret path', text: inbox?.code.path ?? 'no path' },
    { name: 'nominated number', text: '254722111222' },
  ];
  const sent = simulator.journal.calls().flatMap(({ product, authorization, body }) => {
    const secrets = {
      authorization: authorization?.replace(/^\w+ /, ''),
      credential: body?.SecurityCredential,
      password: body?.Password,
    };
    return Object.entries(secrets).flatMap(([name, text]) =>
      typeof text === 'string' && text !== '' ? [{ name: `${product as Product} ${name}`, text }] : [],
    );
  });
  return [...fixed, ...sent];
}

/** Every value of every table, sealed ones opened, and every line of the log. */
function everythingWritten({ core }: SafaricomShop, logs: string): string {
  const db = core.ledger.read;
  const tables = db.all<{ name: string }>(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`,
  );
  const rows = tables
    // The owner's certificate is public, and the keys of sealed values are what opens them here.
    .filter(({ name }) => name !== 'certificates' && name !== 'sealed_keys')
    .flatMap(({ name }) => db.all(`SELECT * FROM "${name}"`))
    .flatMap((row) => Object.values(row))
    .map((value) => (typeof value === 'string' ? opened(db, value) : String(value)));
  const lines = readdirSync(logs).map((name) => readFileSync(join(logs, name), 'utf8'));
  return [...rows, ...lines].join('\n');
}

function opened(db: SafaricomShop['core']['ledger']['read'], value: string): string {
  if (!value.startsWith('{')) return value;
  return `${value}\n${JSON.stringify(unsealAll(db, JSON.parse(value)))}`;
}
