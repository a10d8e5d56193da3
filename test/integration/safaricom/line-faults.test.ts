import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { makeCertificate } from '#test/daraja-simulator/certificate.ts';
import { type Fault, spoiled, unreached } from '#test/daraja-simulator/fault.ts';
import { STARTS_AT } from '#test/daraja-simulator/simulator.ts';
import { listen } from '#test/daraja-simulator/wire/listen.ts';
import { openTestLine, requestsOf } from '#test/helpers/open-line.ts';
import { openSimulator } from '#test/helpers/simulator.ts';

/** What may go wrong between a shop and Safaricom (F16, S18): what the line makes of it, and what reached the other end. */

afterEach(() => {
  vi.unstubAllEnvs();
});

const IN_TIME = { limits: { connectMs: 5_000, totalMs: 5_000 } };
const SOON = { limits: { connectMs: 300, totalMs: 600 } };

describe('a question whose answer is spoiled', () => {
  const MEGABYTE = 1_048_576;
  const faults: readonly [Fault, object][] = [
    [unreached.gatewayPage(503), { type: 'lost', reason: 'no-json', status: 503 }],
    [unreached.gatewayPage(200), { type: 'lost', reason: 'no-json', status: 200 }],
    [unreached.gatewayPage(429), { type: 'lost', reason: 'no-json', status: 429 }],
    [spoiled.gatewayPage(504), { type: 'lost', reason: 'no-json', status: 504 }],
    [unreached.emptyBody(200), { type: 'lost', reason: 'no-json', status: 200 }],
    [spoiled.emptyBody(), { type: 'lost', reason: 'no-json', status: 200 }],
    [unreached.brokenJson(), { type: 'lost', reason: 'no-json', status: 200 }],
    [
      unreached.redirect('http://sandbox.safaricom.co.ke/mpesa'),
      { type: 'lost', reason: 'redirected', status: 302 },
    ],
    [unreached.oversize(2 * MEGABYTE), { type: 'lost', reason: 'too-large', status: 200 }],
    [unreached.hungUp(), { type: 'lost', reason: 'cut-off' }],
    [spoiled.replyLost(), { type: 'lost', reason: 'cut-off' }],
    [spoiled.replyCut(), { type: 'lost', reason: 'cut-off' }],
    [spoiled.replyDripped(), { type: 'lost', reason: 'time-out' }],
    [spoiled.noReply(), { type: 'lost', reason: 'time-out' }],
    [spoiled.slowReply(60_000), { type: 'lost', reason: 'time-out' }],
    [unreached.error(429, '500.003.02', 'Too many'), { type: 'answered', status: 429 }],
    [unreached.spikeArrest(), { type: 'answered', status: 500 }],
    [unreached.internalError(), { type: 'answered', status: 500, body: { errorCode: '500.001.1001' } }],
  ];

  test.each(faults.map(([fault, expected]) => [fault.name, fault, expected] as const))(
    '%s',
    async (_, fault, expected) => {
      const simulator = await openSimulator();
      const line = openTestLine(simulator.origin, SOON);
      simulator.next('balance', fault);
      expect(await line.send(requestsOf(simulator).balance)).toMatchObject(expected);
      expect(simulator.journal.calls('balance')).toHaveLength(1);
      expect(simulator.unusedFaults()).toEqual([]);
    },
  );

  test.each(faults.map(([fault]) => [fault.name, fault] as const))(
    'a token that meets the same is no token, and nothing is asked: %s',
    async (_, fault) => {
      const simulator = await openSimulator();
      const line = openTestLine(simulator.origin, SOON);
      simulator.next('token', fault);
      const reply = await line.send(requestsOf(simulator).balance);
      expect(reply).toMatchObject({ type: 'not-sent', reason: 'no-token' });
      expect(simulator.journal.calls('balance')).toEqual([]);
      // The next question asks for a token again.
      expect(await line.send(requestsOf(simulator).balance)).toMatchObject({ type: 'answered', status: 200 });
    },
  );

  test('half a megabyte is read whole', async () => {
    const simulator = await openSimulator();
    const line = openTestLine(simulator.origin, IN_TIME);
    simulator.next('balance', unreached.oversize(MEGABYTE / 2));
    expect(await line.send(requestsOf(simulator).balance)).toMatchObject({ type: 'answered', status: 200 });
  });
});

describe('who is not there, or is somebody else', () => {
  test('no such name', async () => {
    const simulator = await openSimulator();
    const line = openTestLine('https://api.safaricom.co.ke', {
      network: {
        lookup: (name, _, done) => done(Object.assign(new Error(`no ${name}`), { code: 'ENOTFOUND' }), '', 4),
      },
    });
    expect(await line.send(requestsOf(simulator).status)).toEqual({ type: 'not-sent', reason: 'offline' });
    expect(await line.checkKeys(requestsOf(simulator).status.keys)).toEqual({
      type: 'not-sent',
      reason: 'offline',
    });
  });

  test('a name that is never found', async () => {
    const simulator = await openSimulator();
    const line = openTestLine('https://api.safaricom.co.ke', {
      ...SOON,
      network: { lookup: () => undefined },
    });
    expect(await line.send(requestsOf(simulator).status)).toEqual({ type: 'not-sent', reason: 'offline' });
  });

  test('nobody listens', async () => {
    const simulator = await openSimulator();
    const request = requestsOf(simulator).status;
    const line = openTestLine(simulator.origin, IN_TIME);
    await simulator.close();
    expect(await line.send(request)).toEqual({ type: 'not-sent', reason: 'offline' });
  });

  test('a connection that is taken and never secured', async () => {
    const simulator = await openSimulator();
    const { port, close } = await listenRaw((request) => request.socket.resume());
    onTestFinished(close);
    const line = openTestLine(`https://127.0.0.1:${port}`, SOON);
    expect(await line.send(requestsOf(simulator).status)).toMatchObject({ type: 'not-sent' });
  });

  const dates = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2036-01-01T00:00:00Z') };
  const good = makeCertificate({ commonName: 'gateway.invalid', ...dates, hosts: ['127.0.0.1'] });
  const wrongHost = makeCertificate({ commonName: 'shop.invalid', ...dates, hosts: ['shop.invalid'] });
  const expired = makeCertificate({
    commonName: 'gateway.invalid',
    from: new Date('2016-01-01T00:00:00Z'),
    to: new Date('2017-01-01T00:00:00Z'),
    hosts: ['127.0.0.1'],
  });
  const keyOf = (certificate: typeof good) =>
    certificate.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

  test.each([
    ['a certificate of nobody that is trusted', { shown: good, trusted: wrongHost }, undefined],
    ['a certificate of another host', { shown: wrongHost, trusted: wrongHost }, undefined],
    ['a certificate past its date', { shown: expired, trusted: expired }, undefined],
    ['an older TLS than 1.2', { shown: good, trusted: good }, 'TLSv1.1' as const],
  ])('%s', async (_, { shown, trusted }, maxVersion) => {
    const tls = { key: keyOf(shown), cert: shown.pem, ...(maxVersion ? { maxVersion } : {}) };
    const simulator = await openSimulator({ tls });
    // What would switch the check off everywhere in the process counts for nothing here.
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    const line = openTestLine(simulator.origin, { ...IN_TIME, network: { ca: trusted.pem } });
    expect(await line.send(requestsOf(simulator).status)).toEqual({ type: 'not-sent', reason: 'tls' });
    expect(simulator.journal.calls()).toEqual([]);
  });

  test('a certificate that holds', async () => {
    const simulator = await openSimulator({ tls: { key: keyOf(good), cert: good.pem } });
    const line = openTestLine(simulator.origin, { ...IN_TIME, network: { ca: good.pem } });
    expect(await line.send(requestsOf(simulator).status)).toMatchObject({ type: 'answered', status: 200 });
  });

  test('no proxy of the environment is asked', async () => {
    const simulator = await openSimulator();
    for (const name of ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'])
      vi.stubEnv(name, 'http://127.0.0.1:9');
    const line = openTestLine(simulator.origin, IN_TIME);
    expect(await line.send(requestsOf(simulator).status)).toMatchObject({ type: 'answered', status: 200 });
  });

  test('a redirect is not followed, not even on this computer', async () => {
    const seen: string[] = [];
    const simulator = await openSimulator();
    const elsewhere = await listenRaw((request, response) => {
      seen.push(request.url ?? '');
      response.end('{}');
    });
    onTestFinished(elsewhere.close);
    simulator.next('status', unreached.redirect(`http://127.0.0.1:${elsewhere.port}/stolen`));
    simulator.next('token', unreached.redirect(`http://127.0.0.1:${elsewhere.port}/stolen`));
    const line = openTestLine(simulator.origin, IN_TIME);
    const { status } = requestsOf(simulator);
    expect(await line.send(status)).toMatchObject({ type: 'not-sent', reason: 'no-token', status: 302 });
    expect(await line.send(status)).toEqual({ type: 'lost', reason: 'redirected', status: 302 });
    expect(seen).toEqual([]);
  });

  test.each([
    'http://api.safaricom.co.ke',
    'http://sandbox.safaricom.co.ke',
    'https://api.safaricom.co.ke.example',
    'https://api.safaricom.co.ke:8443',
    'https://user@api.safaricom.co.ke',
    'https://relay.example',
    'http://10.0.0.1:8080',
    'http://127.0.0.1.example:80',
    'http://127.0.0.1:80/path',
    'file:///etc/passwd',
    '',
  ])('a line to %s is not opened', (origin) => {
    expect(() => openTestLine(origin)).toThrow('no address of Daraja');
  });
});

describe('bodies on their way', () => {
  test('a compressed answer is read, and one that is small only while it is packed is not', async () => {
    const sizes = [1_000, 30_000_000];
    const server = await listenRaw((request, response) => {
      const isToken = request.url?.startsWith('/oauth') === true;
      const answer = isToken
        ? { access_token: 'abc', expires_in: 3599 }
        : { ResponseCode: '0', padding: 'x'.repeat(sizes.shift() ?? 0) };
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'application/json' });
      response.end(gzipSync(JSON.stringify(answer)));
    });
    onTestFinished(server.close);
    const simulator = await openSimulator();
    const line = openTestLine(`http://127.0.0.1:${server.port}`, IN_TIME);
    const { pull } = requestsOf(simulator);
    expect(await line.send(pull)).toMatchObject({ type: 'answered', body: { ResponseCode: '0' } });
    expect(await line.send(pull)).toEqual({ type: 'lost', reason: 'too-large', status: 200 });
  });

  test('an endless answer ends at the limit', async () => {
    const server = await listenRaw((request, response) => {
      if (request.url?.startsWith('/oauth') === true) {
        response.end('{"access_token":"abc","expires_in":"3599"}');
        return;
      }
      response.writeHead(200, { 'content-type': 'application/json' });
      const timer = setInterval(() => response.write(' '.repeat(100_000)), 1);
      response.on('close', () => clearInterval(timer));
    });
    onTestFinished(server.close);
    const simulator = await openSimulator();
    const line = openTestLine(`http://127.0.0.1:${server.port}`, IN_TIME);
    expect(await line.send(requestsOf(simulator).pull)).toMatchObject({ type: 'lost', reason: 'too-large' });
  });

  test('each request comes on a connection of its own', async () => {
    const ports = new Set<number | undefined>();
    const server = await listenRaw((request, response) => {
      ports.add(request.socket.remotePort);
      response.end(
        '{"access_token":"abc","expires_in":"3599","ResponseCode":"1001","ResponseMessage":"None"}',
      );
    });
    onTestFinished(server.close);
    const simulator = await openSimulator();
    const line = openTestLine(`http://127.0.0.1:${server.port}`, IN_TIME);
    for (let asked = 0; asked < 3; asked++) await line.send(requestsOf(simulator).pull);
    expect(ports.size).toBe(4);
  });

  test('a refusal that repeats the token is answered without it', async () => {
    const simulator = await openSimulator();
    const line = openTestLine(simulator.origin, IN_TIME);
    simulator.always('balance', unreached.error(401, '401.002.01', 'not yet'));
    await line.send(requestsOf(simulator).balance);
    const [call] = simulator.journal.calls('balance');
    const token = call?.authorization?.replace('Bearer ', '') ?? '';
    simulator.always('balance', unreached.error(500, '500.001.1001', `Error - ${token}`));
    const reply = await line.send(requestsOf(simulator).balance);
    expect(reply).toMatchObject({ body: { errorMessage: 'Error - •••' } });
  });
});

describe('what the line says of itself', () => {
  test('the gap between the clocks is Safaricom’s Date against ours', async () => {
    const simulator = await openSimulator();
    const now = () => (STARTS_AT + 7_200_000) as typeof STARTS_AT;
    const line = openTestLine(simulator.origin, { ...IN_TIME, now });
    expect(line.clockGap()).toBeNull();
    await line.send(requestsOf(simulator).status);
    expect(line.clockGap()).toEqual({ ms: -7_200_000, at: now() });
  });

  test('a failure is logged by its kind, without a body, a key or a token', async () => {
    const simulator = await openSimulator();
    const line = openTestLine(simulator.origin, IN_TIME);
    simulator.next('status', unreached.gatewayPage(503));
    await line.send(requestsOf(simulator).status);
    expect(line.logged).toEqual([
      {
        what: 'Safaricom did not answer',
        facts: { product: 'status', ended: 'lost', reason: 'no-json', status: 503 },
      },
    ]);
  });
});

async function listenRaw(
  listener: RequestListener,
): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
  const { origin, close } = await listen(listener, null);
  return { port: Number(new URL(origin).port), close };
}
