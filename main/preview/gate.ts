import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Decides which browser may speak to the preview host. One address in the terminal lets one browser in, once. */
export type Gate = {
  /** The path and query that lets one browser in. */
  readonly entrance: () => string;
  /**
   * Exchanges the token for a cookie. `spent` = this token has let a browser in already; a fresh entrance is ready.
   */
  readonly enter: (
    token: string,
  ) => { readonly state: 'open'; readonly cookie: string } | { readonly state: 'spent' | 'wrong' };
  readonly hasEntered: (request: IncomingMessage) => boolean;
};

const MAX_BROWSERS = 50;

/** 256 random bits each for the entrance and for the session cookie; compared without telling by time. */
export function createGate(port: number): Gate {
  const cookieName = `daftari-${port}`;
  const sessions = new Set<string>();
  const spent = new Set<string>();
  let token = randomBytes(32).toString('hex');

  return {
    entrance: () => `/open?token=${token}`,
    enter(offered) {
      if (spent.has(fingerprint(offered))) return { state: 'spent' };
      if (!isSame(offered, token) || sessions.size >= MAX_BROWSERS) return { state: 'wrong' };
      spent.add(fingerprint(token));
      token = randomBytes(32).toString('hex');
      const session = randomBytes(32).toString('hex');
      sessions.add(fingerprint(session));
      return { state: 'open', cookie: `${cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/` };
    },
    hasEntered(request) {
      const offered = readCookie(request.headers.cookie, cookieName);
      return offered !== null && sessions.has(fingerprint(offered));
    },
  };
}

/** SECURITY: a page elsewhere cannot reach us by a name of its own that resolves to this computer. */
export function isOurHost(request: IncomingMessage, port: number): boolean {
  return request.headers.host === `127.0.0.1:${port}`;
}

/** SECURITY: a page elsewhere can send a request, but not with our origin. */
export function isOurOrigin(request: IncomingMessage, port: number): boolean {
  return request.headers.origin === `http://127.0.0.1:${port}`;
}

/** Secrets are looked up by their hash, so that a comparison that ends early tells nothing about them. */
function fingerprint(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function isSame(offered: string, expected: string): boolean {
  return timingSafeEqual(Buffer.from(fingerprint(offered)), Buffer.from(fingerprint(expected)));
}

function readCookie(header: string | undefined, name: string): string | null {
  for (const pair of (header ?? '').split(';')) {
    const [key, value] = pair.trim().split('=');
    if (key === name && value !== undefined) return value;
  }
  return null;
}
