import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type {
  AckAnswer,
  MessagesAnswer,
  RefusalReason,
  StatusAnswer,
} from '../../shared/domain/relay/answers.ts';
import { readMessagesQuery } from '../../shared/domain/relay/shop-url.ts';
import { answerToSign, RELAY_HEADERS } from '../../shared/domain/relay/signed-request.ts';
import { makeRefuse } from './answer.ts';
import { isPaired, type PairedInbox, readAllowed } from './callback-gate.ts';
import { pairShop } from './pair-shop.ts';
import { readJson } from './read-json.ts';
import { sha256 } from './relay-key.ts';
import type { RelayServices } from './services.ts';
import { checkShop, MAX_SHOP_BODY, type ShopRequest, type SignedBy } from './shop-gate.ts';
import type { Inbox } from './storage/storage.ts';

/** At most so many messages, or so many sealed bytes, in one answer. */
const PAGE = { messages: 200, bytes: 1_000_000 };
const NO_BODY = new Uint8Array();
const ackRequest = z.strictObject({ upTo: z.int().min(0) });

/** The routes of the shops' PCs. Who comes here names an inbox that exists: see `server.ts`. */
export function addShopRoutes(server: FastifyInstance, services: RelayServices): void {
  const { key, now, readers, storage } = services;
  const refuse = makeRefuse(services);

  server.decorateRequest('inbox', null);
  server.decorateRequest('signedBy', null);
  const signedBy = (request: FastifyRequest, by: SignedBy | null) => request.setDecorator('signedBy', by);

  /** The inbox whose keys signed this request; null when it was refused, and answered. */
  async function admit(request: FastifyRequest, reply: FastifyReply): Promise<PairedInbox | null> {
    const inbox = request.getDecorator<Inbox>('inbox');
    if (!isPaired(inbox)) {
      refuse(request, reply, { inbox: inbox.id, reason: 'unpaired', error: 'not-found' });
      return null;
    }
    const checked = await checkShop(services, asShopRequest(request, inbox), inbox.keys.signKey);
    signedBy(request, checked.by);
    if (!checked.ok) {
      refuse(request, reply, { inbox: inbox.id, ...checked });
      return null;
    }
    if (inbox.revokedAt !== null) {
      refuse(request, reply, { inbox: inbox.id, reason: 'revoked', error: 'revoked' });
      return null;
    }
    return inbox;
  }

  server.addHook('onSend', async (request, reply, payload) => {
    const by = request.getDecorator<SignedBy | null>('signedBy');
    if (by === null) return payload;
    const bodyHash = sha256(String(payload ?? '')).toString('hex');
    const text = answerToSign({ relay: key.fingerprint, ...by, status: reply.statusCode, bodyHash });
    reply.header(RELAY_HEADERS.answerSignature, key.sign(text));
    return payload;
  });

  server.post('/inbox/:id/pair', { bodyLimit: MAX_SHOP_BODY }, async (request, reply) => {
    const inbox = request.getDecorator<Inbox>('inbox');
    const paired = await pairShop(services, inbox, asShopRequest(request, inbox));
    signedBy(request, paired.by);
    return paired.ok ? paired.answer : refuse(request, reply, { inbox: inbox.id, ...paired });
  });

  server.get('/inbox/:id/messages', async (request, reply) => {
    const inbox = await admit(request, reply);
    if (inbox === null) return reply;
    const query = readMessagesQuery(request.raw.url ?? '');
    if (query === null)
      return refuse(request, reply, { inbox: inbox.id, reason: 'form', error: 'bad-request' });
    const answer = await waitForMessages(request, inbox, query);
    // While it waited, the inbox may have ended or been given to other keys: then nothing is handed out.
    const current = await storage.findInbox(inbox.id);
    if (current === null || current.revokedAt !== null)
      return refuse(request, reply, { inbox: inbox.id, reason: 'revoked', error: 'revoked' });
    if (current.pairedRound !== inbox.pairedRound)
      return refuse(request, reply, { inbox: inbox.id, reason: 'signature', error: 'bad-signature' });
    return answer;
  });

  async function waitForMessages(
    request: FastifyRequest,
    inbox: PairedInbox,
    { after, wait }: { readonly after: number; readonly wait: number },
  ): Promise<MessagesAnswer> {
    const listening = new AbortController();
    const leave = () => listening.abort();
    request.raw.socket.once('close', leave);
    try {
      // It listens before it looks, so that nothing comes in between unheard.
      const woken = readers.wait(inbox.id, wait * 1_000, listening.signal);
      const found = await readPage(inbox.id, after);
      if (found.messages.length > 0 || wait === 0) return found;
      await woken;
      return await readPage(inbox.id, after);
    } finally {
      listening.abort();
      request.raw.socket.off('close', leave);
    }
  }

  async function readPage(inbox: string, after: number): Promise<MessagesAnswer> {
    const read = await storage.readMessages(inbox, after, PAGE.messages, PAGE.bytes);
    const messages = read.map(({ sequence, at, sealed }) => ({
      sequence,
      at,
      sealed: Buffer.from(sealed).toString('base64'),
    }));
    const last = messages.at(-1)?.sequence ?? after;
    const isMore = messages.length > 0 && (await storage.readMessages(inbox, last, 1, 0)).length > 0;
    return { messages, hasMore: isMore };
  }

  server.post('/inbox/:id/ack', { bodyLimit: MAX_SHOP_BODY }, async (request, reply) => {
    const inbox = await admit(request, reply);
    if (inbox === null) return reply;
    const parsed = ackRequest.safeParse(readJson(bodyOf(request)));
    if (!parsed.success)
      return refuse(request, reply, { inbox: inbox.id, reason: 'form', error: 'bad-request' });
    const removed = await storage.acknowledge(inbox.id, parsed.data.upTo);
    if (removed === null)
      return refuse(request, reply, { inbox: inbox.id, reason: 'form', error: 'beyond-last' });
    const acknowledgedTo = Math.max(inbox.acknowledgedTo, parsed.data.upTo);
    return { acknowledgedTo, removed } satisfies AckAnswer;
  });

  server.get('/inbox/:id/status', async (request, reply) => {
    const inbox = await admit(request, reply);
    return inbox === null ? reply : tellStatus(inbox);
  });

  async function tellStatus(inbox: PairedInbox): Promise<StatusAnswer> {
    await services.refusals.save();
    const [oldest] = await storage.readMessages(inbox.id, 0, 1, 0);
    const elsewhere = new Map<RefusalReason, number>();
    for (const { reason, count } of await storage.readRefusals(''))
      elsewhere.set(reason, (elsewhere.get(reason) ?? 0) + count);
    return {
      inbox: inbox.id,
      environment: inbox.environment,
      version: services.version,
      now: now(),
      pairedAt: inbox.pairedAt ?? 0,
      waiting: { messages: inbox.waiting, bytes: inbox.waitingBytes, oldestAt: oldest?.at ?? null },
      lastSequence: inbox.lastSequence,
      acknowledgedTo: inbox.acknowledgedTo,
      repeated: inbox.repeated,
      dropped: { tooOld: inbox.droppedOld, noRoom: inbox.droppedRoom, newKeys: inbox.droppedKeys },
      refused: await storage.readRefusals(inbox.id),
      refusedElsewhere: [...elsewhere].map(([reason, count]) => ({ reason, count })),
      addresses: inbox.environment === 'sandbox' ? null : await readAllowed(storage),
    };
  }
}

function asShopRequest(request: FastifyRequest, inbox: Inbox): ShopRequest {
  const method = request.method === 'GET' ? 'GET' : 'POST';
  const { headers } = request;
  return { inbox: inbox.id, method, target: request.raw.url ?? '', headers, body: bodyOf(request) };
}

function bodyOf(request: FastifyRequest): Uint8Array {
  return request.body instanceof Uint8Array ? request.body : NO_BODY;
}
