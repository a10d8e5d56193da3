import { readFileSync } from 'node:fs';
import { pageHeaders } from '#main/pages/csp.ts';
import type { Served } from '#main/pages/page-source.ts';
import { APPROVAL_CHANNELS, APPROVAL_EVENTS, CHANNELS, EVENTS } from '#shared/ipc/channels.ts';
import type { WindowName } from '#shared/ipc/contract.ts';

const BRIDGE = new URL('./preview-bridge.js', import.meta.url);
export const BRIDGE_PATH = '/preview-bridge.js';

/** The script that makes `window.daftari` of one page, with the names of its own channels only. */
export function bridgeScript(window: WindowName): Served {
  const [channels, events] = window === 'main' ? [CHANNELS, EVENTS] : [APPROVAL_CHANNELS, APPROVAL_EVENTS];
  const names =
    `const CHANNELS = ${JSON.stringify(channels)};\nconst EVENTS = ${JSON.stringify(events)};\n` +
    `const TAKES_FILES = ${window === 'main'};\n`;
  return {
    status: 200,
    headers: pageHeaders('text/javascript; charset=utf-8', null),
    body: `{\n${names}${readFileSync(BRIDGE, 'utf8')}}\n`,
  };
}
