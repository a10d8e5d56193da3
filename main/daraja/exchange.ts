import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import type { AxiosStatic } from 'axios';
import type { LostReason } from './line.ts';
import type { Route } from './routes.ts';

/** One HTTP request, complete. */
export type Outgoing = Route & {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** The token that it speaks with: some refusals repeat it, and it must go no further. */
  readonly hide?: string;
};

export type Incoming =
  | { readonly type: 'answered'; readonly status: number; readonly body: unknown }
  | { readonly type: 'not-sent'; readonly reason: 'offline' | 'tls' }
  | {
      readonly type: 'lost';
      readonly reason: LostReason;
      readonly status?: number;
      /** There was no body at all: a gateway's way of refusing. */
      readonly isEmpty?: boolean;
    };

export type Limits = {
  /** Until the connection stands, its TLS included. */
  readonly connectMs: number;
  /** Until the last byte of the answer. */
  readonly totalMs: number;
  readonly largestBody: number;
};

export const USUAL_LIMITS: Limits = { connectMs: 10_000, totalMs: 45_000, largestBody: 1_048_576 };

/** What tests put in place of the world: a certificate to trust, names that lead elsewhere. */
export type TestNetwork = { readonly ca?: string; readonly lookup?: LookupFunction };

export type ExchangeOptions = {
  readonly origin: string;
  /** Hears the Date header of every answer, whatever else it holds. */
  readonly heardDate: (header: string) => void;
  readonly limits: Limits;
  readonly network?: TestNetwork;
};

export type Exchange = (outgoing: Outgoing) => Promise<Incoming>;

/** How far a request got. Until the connection is `open`, not a byte of it has left. */
type Progress = { phase: 'connecting' | 'handshake' | 'open'; isLate: boolean };

/**
 * Opens HTTP to one origin: each request on a connection of its own, no proxy, no redirect, TLS 1.2 or better with a
 * certificate that holds, bounded in time and size. Nothing is thrown.
 */
export function openExchange({ origin, heardDate, limits, network = {} }: ExchangeOptions): Exchange {
  const isTls = origin.startsWith('https:');
  const agents = {
    httpAgent: new http.Agent({ keepAlive: false }),
    httpsAgent: new https.Agent({
      keepAlive: false,
      // Whatever the environment of the process says.
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
      maxCachedSessions: 0,
      ...(network.ca === undefined ? {} : { ca: network.ca }),
    }),
  };

  const start = (
    options: RequestOptions,
    onResponse: (response: IncomingMessage) => void,
    progress: Progress,
  ): ClientRequest => {
    if (network.lookup) options.lookup = network.lookup;
    const request = (isTls ? https : http).request(options, onResponse);
    request.once('socket', (socket) => {
      socket.once('connect', () => {
        progress.phase = isTls ? 'handshake' : 'open';
      });
      socket.once('secureConnect', () => {
        progress.phase = 'open';
      });
    });
    return request;
  };

  const run = async (
    axios: AxiosStatic,
    outgoing: Outgoing,
    progress: Progress,
    stop: AbortSignal,
  ): Promise<Incoming> => {
    const response = await axios.request<Readable>({
      ...agents,
      method: outgoing.method,
      url: origin + outgoing.path,
      headers: { Accept: 'application/json', 'User-Agent': 'Daftari', ...outgoing.headers },
      ...(outgoing.body === null ? {} : { data: Buffer.from(outgoing.body, 'utf8') }),
      responseType: 'stream',
      proxy: false,
      maxRedirects: 0,
      validateStatus: () => true,
      signal: stop,
      transport: {
        request: (options: RequestOptions, onResponse: (response: IncomingMessage) => void) =>
          start(options, onResponse, progress),
      },
    });
    const { status, data } = response;
    const date: unknown = response.headers.date;
    if (typeof date === 'string') heardDate(date);
    if (status >= 300 && status < 400) {
      data.destroy();
      return { type: 'lost', reason: 'redirected', status };
    }
    const whole = await readText(data, limits.largestBody);
    if (whole === null) return { type: 'lost', reason: 'too-large', status };
    const text = outgoing.hide === undefined ? whole : whole.replaceAll(outgoing.hide, '•••');
    const body = parseJson(text);
    if (body === undefined) return { type: 'lost', reason: 'no-json', status, isEmpty: text.trim() === '' };
    return { type: 'answered', status, body };
  };

  return async (outgoing) => {
    // Loaded when it is first needed, and before any time is taken: most starts of the program ask nothing for a while.
    const { default: axios } = await import('axios');
    const progress: Progress = { phase: 'connecting', isLate: false };
    const stop = new AbortController();
    const giveUp = () => {
      progress.isLate = true;
      stop.abort();
    };
    const total = setTimeout(giveUp, limits.totalMs);
    const connecting = setTimeout(() => {
      if (progress.phase !== 'open') giveUp();
    }, limits.connectMs);
    try {
      return await run(axios, outgoing, progress, stop.signal);
    } catch (error) {
      return explain(error, progress);
    } finally {
      clearTimeout(total);
      clearTimeout(connecting);
    }
  };
}

/** Errors of a connection whose other end is not there, or went away. */
const GONE = new Set(['ECONNRESET', 'ECONNREFUSED', 'ETIMEDOUT', 'EPIPE', 'ECONNABORTED', 'ENOTFOUND']);

function explain(error: unknown, { phase, isLate }: Progress): Incoming {
  if (phase === 'open') return { type: 'lost', reason: isLate ? 'time-out' : 'cut-off' };
  // The other end is there and shows no certificate that holds, or speaks no TLS that we do.
  const isRefusedTls = phase === 'handshake' && !isLate && !GONE.has(codeOf(error));
  return { type: 'not-sent', reason: isRefusedTls ? 'tls' : 'offline' };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Null when there is more than anybody needs; throws when the connection ends before the body. */
async function readText(body: Readable, largest: number): Promise<string | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > largest) {
      body.destroy();
      return null;
    }
    parts.push(part);
  }
  return Buffer.concat(parts)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
}

/** Undefined for anything that is not JSON: a gateway's page, half an answer, nothing. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
