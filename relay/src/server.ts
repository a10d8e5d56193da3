import type { Socket } from 'node:net';
import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { RefusalReason, RelayError } from '../../shared/domain/relay/answers.ts';
import { readShopTarget, SHOP_METHODS, type ShopTarget } from '../../shared/domain/relay/shop-url.ts';
import { plainAddress } from './addresses.ts';
import { makeRefuse, SAFE_HEADERS } from './answer.ts';
import { type CallbackPass, MAX_BODY, makeCallbackGate } from './callback-gate.ts';
import type { RelayServices } from './services.ts';
import { MAX_SHOP_BODY } from './shop-gate.ts';
import { addShopRoutes } from './shop-routes.ts';
import { takeCallback } from './take-callback.ts';

/** How long a request may take to come in whole, its headers first (ms), and how often that is looked at. */
export type Patience = { readonly headers: number; readonly request: number; readonly check: number };
const PATIENCE: Patience = { headers: 5_000, request: 10_000, check: 1_000 };

export type ServerOptions = { readonly patience?: Patience; readonly logLevel?: 'info' | 'silent' };

/** Longer than a reverse proxy keeps an idle connection, so that it never writes into one that just ended. */
const KEEP_ALIVE = 75_000;

/** What Safaricom is told. A validation is always accepted: the relay judges no payment. */
const RECEIVED = { ResultCode: 0, ResultDesc: 'Accepted' };
const ACCEPTED = { ResultCode: '0', ResultDesc: 'Accepted' };

const CALLBACK_ERRORS: Partial<Readonly<Record<RefusalReason, RelayError>>> = { size: 'too-large' };

/** The HTTP server, ready to listen. Closing it ends the long polls; queue and storage are the caller's to close. */
export function buildServer(
  services: RelayServices,
  { patience = PATIENCE, logLevel = 'info' }: ServerOptions = {},
): FastifyInstance {
  const { config, refusals, readers } = services;
  const inProgress = new WeakMap<Socket, { readonly inbox: string; readonly address: string }>();
  const cut = new WeakSet<Socket>();
  const refuse = makeRefuse(services);
  const gate = makeCallbackGate(services);

  const server = Fastify({
    trustProxy: config.trustedProxies.length === 0 ? false : [...config.trustedProxies],
    bodyLimit: MAX_BODY,
    requestTimeout: patience.request,
    keepAliveTimeout: KEEP_ALIVE,
    http: { headersTimeout: patience.headers, connectionsCheckingInterval: patience.check },
    exposeHeadRoutes: false,
    // Addresses are secrets: no line names one.
    logger: { level: logLevel, serializers: { req: () => ({}), res: () => ({}) } },
    logController: new LogController({ disableRequestLogging: true }),
    clientErrorHandler: endBadConnection,
    frameworkErrors: (_error, request, reply) => {
      reply.headers(SAFE_HEADERS);
      refuse(request as FastifyRequest, reply as FastifyReply, PATH_REFUSED);
    },
  });

  server.decorateRequest('callback', null);
  server.decorateRequest('concerns', '');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  server.addHook('onRequest', async (request, reply) => {
    reply.headers(SAFE_HEADERS);
    // A body is bytes, whatever it calls itself; an odd name for it is no reason to lose it.
    if (request.method === 'POST') request.raw.headers['content-type'] = 'application/octet-stream';
    const shop = readShopTarget(request.raw.url ?? '');
    return shop === null ? checkCallback(request, reply) : checkShopHead(request, reply, shop);
  });
  server.addHook('onResponse', async (request) => {
    inProgress.delete(request.raw.socket);
  });
  server.addHook('preClose', async () => readers.wakeAll());

  async function checkCallback(request: FastifyRequest, reply: FastifyReply) {
    const address = plainAddress(request.ip);
    const head = {
      method: request.method,
      target: request.raw.url ?? '',
      address,
      length: lengthOf(request),
    };
    const answer = await gate(head);
    if (!answer.ok)
      return refuse(request, reply, { ...answer, error: CALLBACK_ERRORS[answer.reason] ?? 'not-found' });
    request.setDecorator('callback', answer.pass);
    expectBody(request, answer.pass.inbox.id);
    return undefined;
  }

  async function checkShopHead(request: FastifyRequest, reply: FastifyReply, shop: ShopTarget) {
    const inbox = await services.storage.findInbox(shop.inbox);
    if (inbox === null) return refuse(request, reply, PATH_REFUSED);
    const concerns = { inbox: inbox.id };
    if (request.method !== SHOP_METHODS[shop.action])
      return refuse(request, reply, { ...concerns, reason: 'method', error: 'not-found' });
    const length = lengthOf(request);
    if (request.method === 'GET' && (length !== 0 || request.headers['transfer-encoding'] !== undefined))
      return refuse(request, reply, { ...concerns, reason: 'form', error: 'bad-request' });
    if (length > MAX_SHOP_BODY)
      return refuse(request, reply, { ...concerns, reason: 'size', error: 'too-large' });
    request.setDecorator('inbox', inbox);
    expectBody(request, inbox.id);
    return undefined;
  }

  function expectBody(request: FastifyRequest, inbox: string): void {
    request.setDecorator('concerns', inbox);
    inProgress.set(request.raw.socket, { inbox, address: plainAddress(request.ip) });
  }

  server.post('/*', async (request, reply) => {
    const pass = request.getDecorator<CallbackPass>('callback');
    const body = request.body instanceof Uint8Array ? request.body : new Uint8Array();
    const taken = takeCallback(services, pass, body);
    if (pass.callback.kind === 'validation') {
      // A payment waits for this answer: it never waits for the disk.
      taken.then(
        (outcome) => outcome === 'no-room' && noteFailure(request, new Error('no room is left')),
        (error: unknown) => noteFailure(request, error),
      );
      return ACCEPTED;
    }
    const outcome = await taken;
    if (outcome === 'no-room') throw new Error('no room is left');
    if (outcome === 'gone')
      return refuse(request, reply, { inbox: pass.inbox.id, reason: 'revoked', error: 'not-found' });
    return RECEIVED;
  });

  addShopRoutes(server, services);

  server.setNotFoundHandler((request, reply) => refuse(request, reply, PATH_REFUSED));
  server.setErrorHandler((error: Error & { code?: string; statusCode?: number }, request, reply) => {
    const inbox = request.getDecorator<string>('concerns');
    if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
      return refuse(request, reply, { inbox, reason: 'size', error: 'too-large' });
    // Fastify marks what the sender did wrong; the rest is ours.
    if (error.statusCode !== undefined && error.statusCode < 500) {
      if (cut.has(request.raw.socket)) return reply.code(408).send();
      return refuse(request, reply, { inbox, reason: 'broken', error: 'bad-request' });
    }
    noteFailure(request, error);
    return reply.code(503).header('connection', 'close').send({ error: 'unavailable' });
  });

  function noteFailure(request: FastifyRequest, error: unknown): void {
    server.log.error({ err: error }, 'a request could not be served');
    const inbox = request.getDecorator<string>('concerns');
    refusals.count({ inbox, reason: 'storage', address: plainAddress(request.ip) });
  }

  /** What never became a whole request: too slow, or no HTTP. */
  function endBadConnection(error: { code?: string }, socket: Socket): void {
    const isSlow = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
    const isGone = error.code === 'ECONNRESET' || socket.destroyed;
    if (!isGone) {
      const known = inProgress.get(socket);
      const address = known?.address ?? plainAddress(socket.remoteAddress ?? '');
      refusals.count({ inbox: known?.inbox ?? '', reason: isSlow ? 'slow' : 'broken', address });
      cut.add(socket);
      if (socket.writable) socket.write(isSlow ? END_SLOW : END_BROKEN);
    }
    socket.destroy();
  }

  return server;
}

const PATH_REFUSED = { inbox: '', reason: 'path', error: 'not-found' } as const;
const END_SLOW =
  'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\nCache-Control: no-store\r\n\r\n';
const END_BROKEN =
  'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\nCache-Control: no-store\r\n\r\n';

/** The length a request announces; 0 when it announces none. Node has refused what is no number. */
function lengthOf(request: FastifyRequest): number {
  return Number(request.headers['content-length'] ?? 0);
}
