import http from 'node:http';

/** How a POST to the shop's address ended. */
export type Delivery =
  | { readonly delivered: true; readonly status: number }
  | { readonly delivered: false; readonly problem: string };

export type Poster = {
  readonly post: (url: string, body: string) => Promise<Delivery>;
  /** Ends what is under way. */
  readonly close: () => void;
};

export type PosterOptions = {
  /** Where an address really is: a shop's public address is a server on this computer. */
  readonly carry: (url: URL) => URL;
  /** Safaricom's own address, said as a proxy in front of a relay says it. */
  readonly sentFrom: string | null;
};

const CLOSED = 'the simulator was closed';
const TAKES_AT_MOST = 10_000;

/** Posts once, as Safaricom does: nothing is tried again. Never leaves this computer. */
export function openPoster({ carry, sentFrom }: PosterOptions): Poster {
  const open = new Set<http.ClientRequest>();
  let isClosed = false;
  const post: Poster['post'] = (url, body) => {
    if (isClosed) return Promise.resolve({ delivered: false, problem: CLOSED });
    const target = carry(new URL(url));
    if (target.protocol !== 'http:' || !isLoopback(target.hostname))
      return Promise.resolve({ delivered: false, problem: `nobody here answers at ${target.origin}` });
    return new Promise((resolve) => {
      const request = http.request(target, {
        method: 'POST',
        agent: false,
        timeout: TAKES_AT_MOST,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          ...(sentFrom === null ? {} : { 'x-forwarded-for': sentFrom }),
        },
      });
      open.add(request);
      const finish = (delivery: Delivery) => {
        open.delete(request);
        resolve(delivery);
      };
      request.once('timeout', () => request.destroy(new Error('no answer in time')));
      request.once('error', (error) => finish({ delivered: false, problem: error.message }));
      request.once('response', (response) => {
        response.resume();
        response.once('end', () => finish({ delivered: true, status: response.statusCode ?? 0 }));
        response.once('error', (error) => finish({ delivered: false, problem: error.message }));
      });
      request.end(body);
    });
  };
  const close = () => {
    isClosed = true;
    for (const request of open) request.destroy(new Error(CLOSED));
  };
  return { post, close };
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}
