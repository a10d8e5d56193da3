import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { openRelayLine, type RelayLineOptions } from '#main/inbox/http-relay.ts';
import { publicKeysOf } from '#main/inbox/keys.ts';
import type { RelayLine } from '#main/inbox/relay-line.ts';
import { RELAY_HEADERS } from '#shared/domain/relay/signed-request.ts';
import { type CertificateWords, makeCertificate } from '#test/daraja-simulator/certificate.ts';
import { type FalseRelay, openFalseRelay, type Said } from '#test/helpers/false-relay.ts';

const NOW = Date.UTC(2026, 10, 20, 7);
const NOTHING = JSON.stringify({ messages: [], hasMore: false });

function openLine(options: Partial<RelayLineOptions> = {}): RelayLine {
  const line = openRelayLine({ now: () => NOW, allowsLoopback: true, patience: 1_000, ...options });
  onTestFinished(line.close);
  return line;
}

async function ask(
  say: (asked: FalseRelay['asked'][number]) => Said,
  options: Partial<RelayLineOptions> = {},
) {
  const relay = await openFalseRelay(say);
  const reply = await openLine(options).messages(relay.access, { after: 3, wait: 0 });
  return { relay, reply };
}

const ENVIRONMENT = { ...process.env };
afterEach(() => {
  for (const name of ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'NO_PROXY']) {
    const before = ENVIRONMENT[name];
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  }
});

test('a request is signed, says when, and never the same twice', async () => {
  const relay = await openFalseRelay(() => ({ body: NOTHING }));
  const line = openLine();
  for (let n = 0; n < 2; n += 1)
    expect(await line.messages(relay.access, { after: 3, wait: 0 })).toEqual({
      type: 'answered',
      value: { messages: [], hasMore: false },
    });
  const [one, other] = relay.asked;
  expect(one?.target).toBe(`/inbox/${relay.access.inbox}/messages?after=3&wait=0`);
  expect(one?.headers[RELAY_HEADERS.time]).toBe(String(NOW));
  expect(one?.headers[RELAY_HEADERS.signature]).toMatch(/^[0-9a-f]{128}$/);
  expect(one?.nonce).not.toBe(other?.nonce);
});

describe('an answer is believed only when the relay signed it for this request', () => {
  const unsigned = (status = 200, hint: string | null = null) => ({
    type: 'unsigned',
    status,
    hint,
    now: null,
  });
  test.each<[string, Said, unknown]>([
    ['not signed at all', { body: NOTHING, signs: false }, unsigned()],
    ['signed for another request', { body: NOTHING, signs: { nonce: '00'.repeat(16) } }, unsigned()],
    ['signed over another body', { body: NOTHING, signs: { body: '{}' } }, unsigned()],
    ['signed for another status', { body: NOTHING, signs: { status: 503 } }, unsigned()],
    [
      'a signature that is none',
      { body: NOTHING, signs: false, headers: { [RELAY_HEADERS.answerSignature]: 'zz' } },
      unsigned(),
    ],
    ['a page of a proxy', { status: 502, body: '<html>Bad gateway</html>', signs: false }, unsigned(502)],
    ['a login page', { body: '<html>Welcome to the hotel</html>', signs: false }, unsigned()],
    [
      'a refusal that anybody could have sent',
      { status: 410, body: '{"error":"revoked"}', signs: false },
      unsigned(410, 'revoked'),
    ],
  ])('%s', async (_, said, expected) => {
    expect((await ask(() => said)).reply).toEqual(expected);
  });

  test.each([
    [401, { error: 'clock', now: NOW + 1 }, { type: 'refused', error: 'clock', now: NOW + 1 }],
    [410, { error: 'revoked' }, { type: 'refused', error: 'revoked', now: null }],
    [429, { error: 'too-many' }, { type: 'refused', error: 'too-many', now: null }],
    [503, { error: 'of a later version' }, { type: 'unreadable', status: 503 }],
    [200, { messages: [{ sequence: -1 }], hasMore: false }, { type: 'unreadable', status: 200 }],
    [200, { messages: 'none' }, { type: 'unreadable', status: 200 }],
    [200, null, { type: 'unreadable', status: 200 }],
  ])('signed: %d %j', async (status, body, expected) => {
    expect((await ask(() => ({ status, body: JSON.stringify(body) }))).reply).toEqual(expected);
  });

  test('another relay with a key of its own is nobody', async () => {
    const relay = await openFalseRelay(() => ({ body: NOTHING }));
    const access = {
      ...relay.access,
      relayKey: publicKeysOf({ boxKey: '33'.repeat(32), signSeed: '44'.repeat(32) }).signKey,
    };
    expect(await openLine().messages(access, { after: 0, wait: 0 })).toMatchObject({ type: 'unsigned' });
  });
});

describe('what the network does', () => {
  test.each<[string, Said, string]>([
    ['cuts the line', 'cut', 'cut-off'],
    ['never answers', 'hang', 'time-out'],
    [
      'sends elsewhere',
      { status: 302, body: '', headers: { location: 'http://127.0.0.1:1/' } },
      'redirected',
    ],
    ['sends without end', { body: 'x'.repeat(4_100_000) }, 'too-large'],
  ])('%s', async (_, said, reason) => {
    const { reply, relay } = await ask(() => said, { patience: 400 });
    expect(reply).toEqual({ type: 'unreached', reason });
    expect(relay.asked).toHaveLength(1);
  });

  test('is not there', async () => {
    const relay = await openFalseRelay(() => 'hang');
    const access = { ...relay.access, origin: 'http://127.0.0.1:1' };
    expect(await openLine().messages(access, { after: 0, wait: 0 })).toEqual({
      type: 'unreached',
      reason: 'offline',
    });
  });

  test('waits a little longer than it was asked to, and no longer', async () => {
    const startedAt = performance.now();
    const relay = await openFalseRelay(() => 'hang');
    await openLine({ patience: 300 }).messages(relay.access, { after: 0, wait: 1 });
    expect(performance.now() - startedAt).toBeGreaterThan(1_200);
    expect(performance.now() - startedAt).toBeLessThan(4_000);
  });

  test('is called off when the program ends', async () => {
    const relay = await openFalseRelay(() => 'hang');
    const line = openLine({ patience: 60_000 });
    const asked = line.messages(relay.access, { after: 0, wait: 0 });
    setTimeout(line.close, 100);
    expect(await asked).toEqual({ type: 'unreached', reason: 'aborted' });
  });

  test('goes through no proxy, whatever the environment says', async () => {
    process.env.HTTP_PROXY = 'http://127.0.0.1:1';
    process.env.http_proxy = 'http://127.0.0.1:1';
    process.env.NO_PROXY = '';
    expect((await ask(() => ({ body: NOTHING }))).reply).toMatchObject({ type: 'answered' });
  });
});

describe('over TLS', () => {
  const valid = { from: new Date('2020-01-01T00:00:00Z'), to: new Date('2049-01-01T00:00:00Z') };
  async function askOver(words: Partial<CertificateWords>, tls = {}, isTrusted = true) {
    const about = { commonName: 'localhost', ...valid, hosts: ['127.0.0.1'], ...words };
    const made = makeCertificate(about);
    const key = made.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const relay = await openFalseRelay(() => ({ body: NOTHING }), { key, cert: made.pem, ...tls });
    const line = openLine({ allowsLoopback: false, ...(isTrusted ? { ca: made.pem } : {}) });
    return { reply: await line.messages(relay.access, { after: 0, wait: 0 }), relay };
  }

  test('a certificate that holds is enough', async () => {
    expect((await askOver({})).reply).toMatchObject({ type: 'answered' });
  });

  // S18
  test.each<[string, Partial<CertificateWords>, object, boolean]>([
    ['of nobody that is trusted', {}, {}, false],
    ['of another name', { hosts: ['elsewhere.example'] }, {}, true],
    ['that has ended', { to: new Date('2021-01-01T00:00:00Z') }, {}, true],
    ['over an old TLS', {}, { maxVersion: 'TLSv1.1' }, true],
  ])('one %s gets nothing, whatever the environment says', async (_, words, tls, isTrusted) => {
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    onTestFinished(() => {
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    });
    const { reply, relay } = await askOver(words, tls, isTrusted);
    expect(reply).toEqual({ type: 'unreached', reason: 'tls' });
    expect(relay.asked).toEqual([]);
  });
});

describe('plain HTTP', () => {
  test('reaches this computer in the demo only', async () => {
    const { reply, relay } = await ask(() => ({ body: NOTHING }), { allowsLoopback: false });
    expect(reply).toEqual({ type: 'unreached', reason: 'not-secure' });
    expect(relay.asked).toEqual([]);
  });

  test('reaches nothing else, ever', async () => {
    const { access } = await openFalseRelay(() => 'hang');
    for (const origin of ['http://relay.duka.example', 'http://192.168.1.4', 'http://127.0.0.1.example'])
      expect(await openLine().status({ ...access, origin })).toEqual({
        type: 'unreached',
        reason: 'not-secure',
      });
  });
});

describe('pairing', () => {
  const answer = (relayKey: string, inbox = '0123456789abcdef') =>
    JSON.stringify({ inbox, relayKey, environment: 'production', lastSequence: 4, version: '0.1.0' });
  const codeFor = ({ origin, access, fingerprint }: FalseRelay) => ({
    origin,
    inbox: access.inbox,
    path: '55'.repeat(16),
    secret: '66'.repeat(16),
    relay: fingerprint,
  });

  test('believes the relay whose fingerprint is in the code', async () => {
    const relay: FalseRelay = await openFalseRelay(() => ({ body: answer(relay.access.relayKey) }));
    expect(await openLine().pair(codeFor(relay), relay.access.keys)).toMatchObject({
      type: 'answered',
      value: { lastSequence: 4 },
    });
  });

  test('and no other, though it signs what it says', async () => {
    const relay: FalseRelay = await openFalseRelay(() => ({ body: answer(relay.access.relayKey) }));
    const code = { ...codeFor(relay), relay: '77'.repeat(16) };
    expect(await openLine().pair(code, relay.access.keys)).toMatchObject({ type: 'unsigned', status: 200 });
  });

  test('for this inbox and no other', async () => {
    const relay: FalseRelay = await openFalseRelay(() => ({
      body: answer(relay.access.relayKey, 'fedcba9876543210'),
    }));
    expect(await openLine().pair(codeFor(relay), relay.access.keys)).toMatchObject({ type: 'unreadable' });
  });
});
