import { protocol, type Session } from 'electron';
import { notFound, type PageSource, type Served } from '#main/pages/page-source.ts';
import type { WindowName } from '#shared/ipc/contract.ts';
import { isAtOrigin, SCHEME } from './origins.ts';

/** Must run before the app is ready: makes `app://` a standard, secure origin. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the pages of each window under its own origin, in our own session only. GET only; all else is a 404. */
export function servePages(session: Session, sources: Partial<Record<WindowName, PageSource>>): void {
  session.protocol.handle(SCHEME, async (request) => {
    const served = await load(sources, request.method, request.url);
    return new Response(served.body, { status: served.status, headers: served.headers });
  });
}

async function load(
  sources: Partial<Record<WindowName, PageSource>>,
  method: string,
  address: string,
): Promise<Served> {
  if (method !== 'GET') return notFound();
  for (const [window, source] of Object.entries(sources)) {
    if (!isAtOrigin(address, window as WindowName)) continue;
    const url = new URL(address);
    return source.load(url.pathname + url.search);
  }
  return notFound();
}
