import { readFile } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';
import { buildCsp, freshNonce, NONCE_PLACE, pageHeaders } from './csp.ts';

/** One thing served to a page, with all of its headers. */
export type Served = {
  readonly status: 200 | 404;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array<ArrayBuffer> | string;
};

export type PageSource = {
  /** Answers the path and query of a GET. Everything that is not ours is a 404. */
  load(path: string): Promise<Served>;
};

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

/** The pages that are built: each window has its own, and nothing of the other's is served to it. */
export type PageName = 'main' | 'approval';

export type PageSourceOptions = {
  readonly page?: PageName;
  /** The folder of the built pages. */
  readonly folder: string;
  /** The address of a running Vite server, in development only: its pages are served in place of the built ones. */
  readonly devServer?: string | undefined;
  /** Where a page may connect to, beside the development server. */
  readonly connect?: readonly string[];
  /** A script of the host's own, loaded before the page's. */
  readonly firstScript?: string;
};

/** The renderer's files, the same for both hosts. */
export function createPageSource(options: PageSourceOptions): PageSource {
  const page = options.page ?? 'main';
  return {
    async load(asked) {
      const path = pathOfPage(page, asked);
      if (path === null) return notFound();
      const found =
        options.devServer === undefined
          ? await readBuilt(options.folder, path)
          : await fetchFromDevServer(options.devServer, path);
      if (found === null) return notFound();
      if (!found.type.startsWith('text/html')) {
        return { status: 200, headers: pageHeaders(found.type, null), body: found.body };
      }
      return servePage(Buffer.from(found.body).toString('utf8'), found.type, options);
    },
  };
}

const APPROVAL_PAGE = '/approval/index.html';
const APPROVAL_FILES = /^\/assets\/approval-[\w-]+\.(?:js|css)$/;

/** SECURITY: what of the built files belongs to a page; null = it is another page's, and not there. */
function pathOfPage(page: PageName, path: string): string | null {
  const [pathname = ''] = path.split(/[?#]/, 1);
  const isApprovals = pathname.startsWith('/approval/') || APPROVAL_FILES.test(pathname);
  if (page === 'main') return isApprovals ? null : path;
  if (pathname === '/') return APPROVAL_PAGE;
  return APPROVAL_FILES.test(pathname) ? path : null;
}

export function notFound(): Served {
  return { status: 404, headers: pageHeaders('text/plain; charset=utf-8', null), body: 'Not found' };
}

function servePage(html: string, type: string, options: PageSourceOptions): Served {
  const nonce = freshNonce();
  const development =
    options.devServer === undefined ? [] : [`'self'`, options.devServer.replace(/^http/, 'ws')];
  const csp = buildCsp({
    nonce,
    connect: [...new Set([...(options.connect ?? []), ...development])],
    isDevelopment: options.devServer !== undefined,
    isStrict: options.page === 'approval',
  });
  const script = options.firstScript === undefined ? '' : `<script src="${options.firstScript}"></script>`;
  const body = html.replaceAll(NONCE_PLACE, nonce).replace('<head>', `<head>${script}`);
  return { status: 200, headers: pageHeaders(type, csp), body };
}

type Found = { readonly type: string; readonly body: Uint8Array<ArrayBuffer> };

async function readBuilt(folder: string, path: string): Promise<Found | null> {
  const file = resolveInside(folder, path);
  const type = file === null ? undefined : TYPES[extname(file)];
  if (file === null || type === undefined) return null;
  try {
    return { type, body: await readFile(file) };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/**
 * SECURITY: the file a URL path names, or null when it would lie outside the folder. The separator in the
 * comparison keeps `/out/renderer-old` from passing as `/out/renderer`.
 */
export function resolveInside(folder: string, path: string): string | null {
  const pathname = path.split(/[?#]/, 1)[0] ?? '';
  const decoded = decodePath(pathname === '/' ? '/index.html' : pathname);
  if (decoded === null || !decoded.startsWith('/') || /[\\\0:]/.test(decoded)) return null;
  const root = resolve(folder);
  const file = resolve(root, `.${decoded}`);
  return file.startsWith(root + sep) ? file : null;
}

function decodePath(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR' || code === 'ENAMETOOLONG';
}

async function fetchFromDevServer(devServer: string, path: string): Promise<Found | null> {
  const answer = await fetch(new URL(path, devServer), { redirect: 'error' });
  if (!answer.ok) return null;
  const type = answer.headers.get('content-type') ?? 'text/plain';
  return { type, body: new Uint8Array(await answer.arrayBuffer()) };
}
