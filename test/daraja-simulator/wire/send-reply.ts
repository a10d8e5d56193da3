import type { ServerResponse } from 'node:http';
import { SECOND } from '#shared/domain/time.ts';
import type { SimulatorClock } from '../clock.ts';
import type { Reply } from './reply.ts';

/** Sends an answer in its manner; ends when the last byte is out, the connection is cut, or the caller has gone. */
export async function sendReply(
  response: ServerResponse,
  reply: Reply,
  clock: SimulatorClock,
): Promise<void> {
  if (reply.afterMs > 0 && !(await clock.wait(reply.afterMs))) return;
  const { socket } = response;
  if (reply.manner === 'never' || socket === null || socket.destroyed) return;
  if (reply.manner === 'lost') {
    socket.destroy();
    return;
  }
  const bytes = Buffer.from(reply.body, 'utf8');
  const date = new Date(clock.now()).toUTCString();
  response.writeHead(reply.status, { ...reply.headers, date, 'content-length': bytes.length });
  if (reply.manner === 'cut') {
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => socket.destroy());
    return;
  }
  if (reply.manner === 'dripped') {
    await drip(response, bytes, clock);
    return;
  }
  await new Promise<void>((resolve) => {
    response.once('close', resolve);
    response.end(bytes, resolve);
  });
}

async function drip(response: ServerResponse, bytes: Buffer, clock: SimulatorClock): Promise<void> {
  response.flushHeaders();
  for (const byte of bytes) {
    if (response.destroyed) return;
    response.write(Buffer.of(byte));
    if (!(await clock.wait(SECOND))) return;
  }
  response.end();
}
