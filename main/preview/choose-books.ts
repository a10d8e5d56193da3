import { join } from 'node:path';
import { readLedgerFile } from '#main/db/ledger-file.ts';
import type { StartOptions } from '#main/start/options.ts';
import { type Message, say } from '#shared/domain/message.ts';

/** Which books the browser is given. */
export type ChosenBooks =
  | { readonly type: 'demo'; readonly wasAsked: boolean }
  | { readonly type: 'profile'; readonly folder: string; readonly isSandbox: boolean }
  | { readonly type: 'refused'; readonly why: Message };

/**
 * SECURITY: whoever can read this user's terminal can enter, so real books need to be asked for by name. The sandbox
 * holds no real money and needs no asking; a folder that turns out to hold other books does.
 */
export function chooseBooks(options: StartOptions, dataFolder: string): ChosenBooks {
  const { isDemo, isSandbox, isRealInBrowser, profile } = options;
  if (isDemo || !(isSandbox || isRealInBrowser)) return { type: 'demo', wasAsked: isDemo };
  if (isSandbox) {
    const folder = profile ?? join(dataFolder, 'sandbox');
    return isRealInBrowser || mayBeSandbox(folder)
      ? { type: 'profile', folder, isSandbox }
      : { type: 'refused', why: say('start.not-a-sandbox', { folder }) };
  }
  return profile === null
    ? { type: 'refused', why: say('start.profile-missing') }
    : { type: 'profile', folder: profile, isSandbox };
}

/** Nothing there yet, or a sandbox; a damaged description opens nothing anyway. */
function mayBeSandbox(folder: string): boolean {
  const file = readLedgerFile(folder);
  return typeof file === 'string' || file.environment === 'sandbox';
}
