import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export const MAX_JSON_BYTES = 1_000_000;
export const MAX_FILE_BYTES = 2 * 1024 ** 3;

export type JsonBody =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problem: 'too-large' | 'not-json' };

/** Reads a small JSON body. An empty body is `undefined`. */
export async function readJson(request: IncomingMessage): Promise<JsonBody> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_JSON_BYTES)
    return { ok: false, problem: 'too-large' };
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = Buffer.from(part);
    size += bytes.length;
    if (size > MAX_JSON_BYTES) return { ok: false, problem: 'too-large' };
    parts.push(bytes);
  }
  const text = Buffer.concat(parts).toString('utf8');
  try {
    return { ok: true, value: text === '' ? undefined : JSON.parse(text) };
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false, problem: 'not-json' };
    throw error;
  }
}

export type Saved =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly problem: 'too-large' | 'disk-full' | 'broken-off' };

/**
 * Streams an uploaded file into a folder of its own that only this user can read, under the name it had.
 * Nothing is left behind when it fails.
 */
export async function saveUpload(
  request: IncomingMessage,
  into: string,
  name: string,
  maxBytes: number = MAX_FILE_BYTES,
): Promise<Saved> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return { ok: false, problem: 'too-large' };
  const folder = join(into, randomBytes(16).toString('hex'));
  await mkdir(folder, { mode: 0o700 });
  const path = join(folder, safeName(name));
  try {
    await pipeline(request, limitTo(maxBytes), createWriteStream(path, { mode: 0o600, flags: 'wx' }));
    return { ok: true, path };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    if (error instanceof TooLarge) return { ok: false, problem: 'too-large' };
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOSPC') return { ok: false, problem: 'disk-full' };
    if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE')
      return { ok: false, problem: 'broken-off' };
    throw error;
  }
}

class TooLarge extends Error {}

function limitTo(maxBytes: number): Transform {
  let size = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > maxBytes) done(new TooLarge());
      else done(null, chunk);
    },
  });
}

/** The last part of the name that the browser told, with nothing in it that a file system would take as a path. */
export function safeName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const clean = last.replace(/[\p{C}:*?"<>|]/gu, '_').slice(-120);
  return /^[.\s]*$/.test(clean) ? 'file' : clean;
}
