import type { WindowName } from '#shared/ipc/contract.ts';

export const SCHEME = 'app';

/** Each window has an origin of its own, so that a page can never speak for another. */
export function originOf(window: WindowName): string {
  return `${SCHEME}://${window}`;
}

/** True only for an address whose scheme and host are exactly those of the window; parsed, never compared as text. */
export function isAtOrigin(address: string, window: WindowName): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  const hasOnlyHost = url.port === '' && url.username === '' && url.password === '';
  return url.protocol === `${SCHEME}:` && url.host === window && hasOnlyHost;
}
