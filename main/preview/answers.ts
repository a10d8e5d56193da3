import type { IncomingMessage } from 'node:http';
import type { App } from '#main/app-types.ts';
import { say } from '#shared/domain/message.ts';
import type { WindowName } from '#shared/ipc/contract.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import { readJson, saveUpload } from './body.ts';

export type JsonAnswer = { readonly status: number; readonly body: Result<unknown> };

/** One request of the page of a window. */
export async function answerCall(
  core: App,
  window: WindowName,
  channel: string,
  request: IncomingMessage,
): Promise<JsonAnswer> {
  const body = await readJson(request);
  if (!body.ok) {
    const status = body.problem === 'too-large' ? 413 : 400;
    return { status, body: fail('ipc/malformed', say('error.malformed')) };
  }
  return { status: 200, body: await core.call({ window }, channel, body.value) };
}

/** Takes an uploaded file in and has the core admit it, as Electron does with the path of a dropped file. */
export async function answerFile(
  core: App,
  window: WindowName,
  request: IncomingMessage,
  uploads: string,
): Promise<JsonAnswer> {
  const name = decodeName(request.headers['x-file-name']);
  if (name === null) return { status: 400, body: fail('ipc/malformed', say('error.malformed')) };
  const saved = await saveUpload(request, uploads, name);
  if (saved.ok) return { status: 200, body: await core.admitFile(window, saved.path) };
  switch (saved.problem) {
    case 'too-large':
      return { status: 413, body: fail('import/refused', say('error.file-too-big')) };
    case 'disk-full':
      return { status: 507, body: fail('import/disk-full', say('error.disk-full')) };
    case 'broken-off':
      return { status: 400, body: fail('ipc/malformed', say('error.malformed')) };
  }
}

/** Whether a file that main made may be fetched, and what to call it. */
export async function answerOffered(
  core: App,
  window: WindowName,
  request: IncomingMessage,
): Promise<JsonAnswer> {
  const body = await readJson(request);
  if (!body.ok || typeof body.value !== 'string')
    return { status: 400, body: fail('ipc/malformed', say('error.malformed')) };
  const file = core.findOffered(window, body.value);
  if (file === null) return { status: 200, body: fail('file/unknown-token', say('error.file-offer-gone')) };
  return { status: 200, body: succeed({ name: file.name }) };
}

function decodeName(header: string | string[] | undefined): string | null {
  if (typeof header !== 'string') return null;
  try {
    return decodeURIComponent(header);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
