import { createReadStream } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { OfferedFile } from '#main/app-types.ts';
import { pageHeaders } from '#main/pages/csp.ts';

/** Sends a file that main made to the browser's downloads, once. A browser that leaves half-way may come again. */
export async function sendOffered(response: ServerResponse, file: OfferedFile | null): Promise<void> {
  if (file === null) {
    response.writeHead(404, pageHeaders('text/plain; charset=utf-8', null)).end('Not here any more.');
    return;
  }
  response.writeHead(200, {
    ...pageHeaders('application/octet-stream', null),
    'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
  });
  try {
    await pipeline(createReadStream(file.path), response);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE') return;
    throw error;
  }
  await file.remove();
}
