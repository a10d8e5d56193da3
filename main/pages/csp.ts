import { randomBytes } from 'node:crypto';

/** Stands in the pages where a nonce belongs; a host puts a fresh nonce there in every page it serves. */
export const NONCE_PLACE = '__CSP_NONCE__';

export type CspOptions = {
  /** 128 fresh bits for this one response. */
  readonly nonce: string;
  /** Where the page may connect to; empty = nowhere, as in Electron. */
  readonly connect?: readonly string[];
  /** Only for a development server: its injected scripts carry the nonce. */
  readonly isDevelopment?: boolean;
  /** For a page without libraries: styles from its own file only, and no trusted-types policy at all. */
  readonly isStrict?: boolean;
};

export function freshNonce(): string {
  return randomBytes(16).toString('base64');
}

/**
 * The page's whole world. Styles carry the nonce because the component library writes its own style elements;
 * the only trusted-types policy is the page's own `default`, which refuses markup.
 */
export function buildCsp(options: CspOptions): string {
  const { connect = [] } = options;
  // Vite's own client writes styles into the page.
  const isStrict = options.isStrict === true && options.isDevelopment !== true;
  const scripts = options.isDevelopment === true ? `'self' 'nonce-${options.nonce}'` : `'self'`;
  return [
    `default-src 'none'`,
    `script-src ${scripts}`,
    isStrict ? `style-src 'self'` : `style-src 'self' 'nonce-${options.nonce}'`,
    isStrict ? `img-src 'none'` : `img-src 'self' data:`,
    `font-src 'self'`,
    `connect-src ${connect.length === 0 ? `'none'` : connect.join(' ')}`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
    `require-trusted-types-for 'script'`,
    isStrict ? `trusted-types 'none'` : `trusted-types default`,
  ].join('; ');
}

/** Headers for everything a host serves; a page also gets its policy. */
export function pageHeaders(contentType: string, csp: string | null): Record<string, string> {
  return {
    'Content-Type': contentType,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    ...(csp === null ? {} : { 'Content-Security-Policy': csp }),
  };
}
