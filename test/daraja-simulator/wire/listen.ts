import http, { type IncomingMessage, type RequestListener, type Server } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';

/** A request as it came, its body read. */
export type Incoming = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | null;
  readonly contentType: string | null;
  readonly text: string;
};

/** What a server over TLS shows; without it the server speaks plain HTTP. */
export type Tls = {
  readonly key: string;
  readonly cert: string;
  readonly maxVersion?: 'TLSv1.1' | 'TLSv1.2';
};

export type Listening = { readonly origin: string; readonly close: () => Promise<void> };

export async function listen(listener: RequestListener, tls: Tls | null): Promise<Listening> {
  const server: Server =
    tls === null
      ? http.createServer(listener)
      : https.createServer({ ...tls, ...(tls.maxVersion ? { minVersion: 'TLSv1' } : {}) }, listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve, reject) => {
      server.close((error) => (error ? reject(error) : resolve()));
      server.closeAllConnections();
    });
  return { origin: `${tls === null ? 'http' : 'https'}://127.0.0.1:${port}`, close };
}

const LARGEST = 1_048_576;

/** Null when the caller went away, or sent more than anybody needs. */
export async function readIncoming(request: IncomingMessage): Promise<Incoming | null> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > LARGEST) return null;
      parts.push(part);
    }
  } catch {
    // The caller hung up while sending: there is nobody to answer.
    return null;
  }
  const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
  return {
    method: request.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    authorization: request.headers.authorization ?? null,
    contentType: request.headers['content-type'] ?? null,
    text: Buffer.concat(parts).toString('utf8'),
  };
}
