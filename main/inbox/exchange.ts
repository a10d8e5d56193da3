import http from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import type { Unreached } from './relay-line.ts';

export type Outgoing = {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Until the last byte of the answer (ms). */
  readonly totalMs: number;
  readonly largestBody: number;
};

export type Incoming =
  | {
      readonly type: 'answered';
      readonly status: number;
      readonly header: (name: string) => string;
      readonly body: Buffer;
    }
  | { readonly type: 'unreached'; readonly reason: Unreached };

export type Exchange = {
  readonly send: (outgoing: Outgoing, signal?: AbortSignal) => Promise<Incoming>;
  readonly close: () => void;
};

/** Errors of a connection that never stood. */
const OFFLINE = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
]);

/**
 * HTTP to the relay: no proxy, no redirect, TLS 1.2 or better with a certificate that holds whatever the environment of
 * the process says, bounded in time and size. `ca`: a certificate that tests trust. Nothing is thrown.
 */
export function openExchange(network: { readonly ca?: string } = {}): Exchange {
  const agents = {
    httpAgent: new http.Agent({ keepAlive: true, maxSockets: 4 }),
    httpsAgent: new https.Agent({
      keepAlive: true,
      maxSockets: 4,
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
      ...(network.ca === undefined ? {} : { ca: network.ca }),
    }),
  };
  const closing = new AbortController();

  async function run(outgoing: Outgoing, signal: AbortSignal): Promise<Incoming> {
    // Loaded when a relay is first asked: most shops' first days have none.
    const { default: axios } = await import('axios');
    const response = await axios.request<Readable>({
      ...agents,
      adapter: 'http',
      method: outgoing.method,
      url: outgoing.url,
      headers: {
        Accept: 'application/json',
        'Accept-Encoding': 'identity',
        'User-Agent': 'Daftari',
        ...outgoing.headers,
      },
      ...(outgoing.body === null ? {} : { data: Buffer.from(outgoing.body, 'utf8') }),
      responseType: 'stream',
      // What is signed are the bytes as they were sent.
      decompress: false,
      proxy: false,
      maxRedirects: 0,
      validateStatus: () => true,
      signal,
    });
    const { status, data, headers } = response;
    if (status >= 300 && status < 400) {
      data.destroy();
      return { type: 'unreached', reason: 'redirected' };
    }
    const body = await readBody(data, outgoing.largestBody, signal);
    if (body === null) return { type: 'unreached', reason: 'too-large' };
    const header = (name: string) => (typeof headers[name] === 'string' ? headers[name] : '');
    return { type: 'answered', status, header, body };
  }

  return {
    send: async (outgoing, signal) => {
      const late = AbortSignal.timeout(outgoing.totalMs);
      const asked = [late, closing.signal, ...(signal === undefined ? [] : [signal])];
      try {
        return await run(outgoing, AbortSignal.any(asked));
      } catch (error) {
        if (closing.signal.aborted || signal?.aborted) return { type: 'unreached', reason: 'aborted' };
        return { type: 'unreached', reason: late.aborted ? 'time-out' : explain(error) };
      }
    },
    close: () => {
      closing.abort();
      agents.httpAgent.destroy();
      agents.httpsAgent.destroy();
    },
  };
}

/** Null when it is larger than allowed; then the rest is not read. */
async function readBody(stream: Readable, largest: number, signal: AbortSignal): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let size = 0;
  const stop = () => stream.destroy(new Error('given up'));
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const part of stream as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > largest) {
        stream.destroy();
        return null;
      }
      parts.push(part);
    }
    return Buffer.concat(parts);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function explain(error: unknown): Unreached {
  const code = codeOf(error);
  if (OFFLINE.has(code)) return 'offline';
  return isTlsTrouble(code) ? 'tls' : 'cut-off';
}

function isTlsTrouble(code: string): boolean {
  return /CERT|^ERR_TLS|^ERR_SSL|SIGNED|^EPROTO|VERIFY|ISSUER/.test(code);
}

/** Axios wraps the error of the socket, and sometimes puts a code of its own over it. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const cause = error.cause instanceof Error && 'code' in error.cause ? String(error.cause.code) : '';
  return cause !== '' ? cause : 'code' in error ? String(error.code) : '';
}
