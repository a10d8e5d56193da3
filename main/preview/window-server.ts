import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { App } from '#main/app-types.ts';
import { type BugLog, recordBug } from '#main/ipc/bug.ts';
import { pageHeaders } from '#main/pages/csp.ts';
import { createPageSource, notFound, type Served } from '#main/pages/page-source.ts';
import type { WindowName } from '#shared/ipc/contract.ts';
import { answerCall, answerFile, answerOffered } from './answers.ts';
import { BRIDGE_PATH, bridgeScript } from './bridge-script.ts';
import { createGate, isOurHost, isOurOrigin } from './gate.ts';
import { sendOffered } from './send-offered.ts';

export type WindowServer = {
  /** What to open in a browser: it lets one browser in, once. */
  readonly address: () => string;
  /** Tells the pages that are open something of the host's own, such as which window to open. */
  readonly tellPages: (message: object) => void;
  readonly close: () => Promise<void>;
};

/**
 * Serves one window to a browser on this computer, at an origin of its own: another port is another origin, so that
 * no page can speak for another.
 */
export async function serveWindow(options: {
  readonly window: WindowName;
  readonly core: App;
  readonly pages: string;
  readonly devServer?: string | undefined;
  /** 0 = any free port. */
  readonly port: number;
  /** Where the files go that a page sends. */
  readonly uploads: string;
  readonly log: BugLog;
  /** Called when somebody used an address a second time, with a fresh one. */
  readonly onSpent: (address: string) => void;
}): Promise<WindowServer> {
  const { window, core, log, uploads } = options;
  const server = createServer();
  const port = await listen(server, options.port);
  const origin = `http://127.0.0.1:${port}`;
  const gate = createGate(port);
  const source = createPageSource({
    folder: options.pages,
    devServer: options.devServer,
    connect: [`'self'`, `ws://127.0.0.1:${port}`],
    firstScript: BRIDGE_PATH,
    page: window,
  });
  const script = bridgeScript(window);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', origin);
    if (!isOurHost(request, port)) return refuse(response, 403, 'Not this host.');
    if (request.method === 'GET' && url.pathname === '/open') return open(url, request, response);
    if (!gate.hasEntered(request)) return refuse(response, 403, 'Open the address that the terminal shows.');
    if (request.method === 'GET') {
      if (url.pathname === BRIDGE_PATH) return send(response, script);
      if (url.pathname.startsWith('/offered/'))
        return sendOffered(response, core.findOffered(window, url.pathname.slice('/offered/'.length)));
      return send(response, await source.load(url.pathname + url.search));
    }
    if (request.method !== 'POST') return send(response, notFound());
    if (!isOurOrigin(request, port)) return refuse(response, 403, 'Not from this page.');
    const type = request.headers['content-type'];
    if (url.pathname === '/file' && type === 'application/octet-stream') {
      return sendJson(response, await answerFile(core, window, request, uploads));
    }
    if (type !== 'application/json') return refuse(response, 415, 'Not JSON.');
    if (url.pathname === '/offered') return sendJson(response, await answerOffered(core, window, request));
    if (url.pathname === '/startup') return sendJson(response, { status: 200, body: core.startup() });
    if (url.pathname.startsWith('/ipc/')) {
      const channel = url.pathname.slice('/ipc/'.length);
      return sendJson(response, await answerCall(core, window, channel, request));
    }
    return send(response, notFound());
  }

  function open(url: URL, request: IncomingMessage, response: ServerResponse): void {
    const entered = gate.enter(url.searchParams.get('token') ?? '');
    if (entered.state === 'open') {
      response
        .writeHead(303, { ...pageHeaders('text/plain', null), Location: '/', 'Set-Cookie': entered.cookie })
        .end();
    } else if (gate.hasEntered(request)) {
      response.writeHead(303, { ...pageHeaders('text/plain', null), Location: '/' }).end();
    } else if (entered.state === 'spent') {
      options.onSpent(origin + gate.entrance());
      refuse(response, 403, 'This address has been used. The terminal shows a new one.');
    } else refuse(response, 403, 'Open the address that the terminal shows.');
  }

  server.on('request', (request, response) => {
    answer(request, response).catch((bug: unknown) => {
      const reference = recordBug(log, 'preview host', bug);
      if (response.headersSent) response.destroy();
      else refuse(response, 500, `Something went wrong. Reference: ${reference}`);
    });
  });

  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1_000 });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const mayListen = isOurHost(request, port) && isOurOrigin(request, port) && gate.hasEntered(request);
    if (!mayListen || request.url !== '/events') {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (page: WebSocket) => {
      page.on('error', (error) => log.error('event socket', { error }));
    });
  });
  const tellPages = (message: object) => {
    for (const page of sockets.clients) page.send(JSON.stringify(message));
  };
  const stopListening = core.subscribe((event, payload, to) => {
    if (to === window) tellPages({ event, payload });
  });

  return {
    address: () => origin + gate.entrance(),
    tellPages,
    async close() {
      stopListening();
      for (const page of sockets.clients) page.terminate();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1' }, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function send(response: ServerResponse, served: Served): void {
  response.writeHead(served.status, served.headers).end(served.body);
}

function sendJson(response: ServerResponse, answer: { status: number; body: unknown }): void {
  response
    .writeHead(answer.status, {
      ...pageHeaders('application/json; charset=utf-8', null),
      // What is left of a refused body is not worth reading.
      ...(answer.status === 200 ? {} : { Connection: 'close' }),
    })
    .end(JSON.stringify(answer.body));
}

function refuse(response: ServerResponse, status: number, why: string): void {
  response
    .writeHead(status, { ...pageHeaders('text/plain; charset=utf-8', null), Connection: 'close' })
    .end(why);
}
