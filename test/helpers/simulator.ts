import { constants, publicEncrypt } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { type Simulator, type SimulatorOptions, startSimulator } from '#test/daraja-simulator/simulator.ts';

/** A Safaricom of our own for one test; nothing of it is left when the test ends. */
export async function openSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator(options);
  onTestFinished(simulator.close);
  return simulator;
}

export type Shopfront = {
  /** An address on this computer that takes callbacks; the path says which question it was for. */
  readonly urlFor: (path: string) => string;
  readonly received: () => readonly Received[];
};

export type Received = {
  readonly path: string;
  readonly body: unknown;
  readonly headers: http.IncomingHttpHeaders;
};

/** A server that takes what Safaricom posts and says so, in place of a relay. */
export async function openShopfront(status = 200): Promise<Shopfront> {
  const received: Received[] = [];
  const server = http.createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.once('end', () => {
      const body: unknown = JSON.parse(Buffer.concat(parts).toString('utf8'));
      received.push({ path: request.url ?? '', body, headers: request.headers });
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end('{"ResultCode":0,"ResultDesc":"Accepted"}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const { port } = server.address() as AddressInfo;
  return { urlFor: (path) => `http://127.0.0.1:${port}${path}`, received: () => received };
}

/** A password as a shop seals it: RSA, PKCS#1 v1.5, base64. */
export function sealPassword(certificatePem: string, password: string): string {
  const key = { key: certificatePem, padding: constants.RSA_PKCS1_PADDING };
  return publicEncrypt(key, Buffer.from(password, 'utf8')).toString('base64');
}
