import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { RelayAccess } from '#main/inbox/relay-line.ts';
import { answerToSign, RELAY_HEADERS } from '#shared/domain/relay/signed-request.ts';
import { makeRelayKey, sha256 } from '../../relay/src/relay-key.ts';

export type Asked = {
  readonly method: string;
  readonly target: string;
  readonly nonce: string;
  readonly headers: http.IncomingHttpHeaders;
};

/** What a server that speaks as a relay does with one request. `sign`: over what, if not over what is sent. */
export type Said =
  | {
      readonly status?: number;
      readonly body: string;
      readonly headers?: http.OutgoingHttpHeaders;
      readonly signs?: false | { readonly nonce?: string; readonly status?: number; readonly body?: string };
    }
  | 'hang'
  | 'cut';

export type FalseRelay = {
  readonly origin: string;
  readonly access: RelayAccess;
  readonly fingerprint: string;
  readonly asked: Asked[];
};

type Tls = { readonly key: string; readonly cert: string; readonly maxVersion?: 'TLSv1.1' };

const KEYS = { boxKey: '11'.repeat(32), signSeed: '22'.repeat(32) };
const INBOX = '0123456789abcdef';

/** A server on this computer that has a relay's key and says whatever a test wants. */
export async function openFalseRelay(say: (asked: Asked) => Said, tls?: Tls): Promise<FalseRelay> {
  const key = makeRelayKey(Buffer.alloc(32, 7));
  const asked: Asked[] = [];
  const serve = (request: http.IncomingMessage, response: http.ServerResponse) => {
    request.resume();
    const nonce = String(request.headers[RELAY_HEADERS.nonce] ?? '');
    const one = { method: request.method ?? '', target: request.url ?? '', nonce, headers: request.headers };
    asked.push(one);
    const said = say(one);
    if (said === 'hang') return;
    if (said === 'cut') {
      request.socket.destroy();
      return;
    }
    const { status = 200, body, headers = {}, signs = {} } = said;
    const text =
      signs === false
        ? null
        : answerToSign({
            relay: key.fingerprint,
            inbox: INBOX,
            nonce: signs.nonce ?? nonce,
            status: signs.status ?? status,
            bodyHash: sha256(signs.body ?? body).toString('hex'),
          });
    const signature = text === null ? {} : { [RELAY_HEADERS.answerSignature]: key.sign(text) };
    response.writeHead(status, { ...signature, ...headers });
    response.end(body);
  };
  const server = tls === undefined ? http.createServer(serve) : https.createServer(tls, serve);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const origin = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const access = { origin, inbox: INBOX, relayKey: key.publicKey, keys: KEYS };
  return { origin, access, fingerprint: key.fingerprint, asked };
}
