import { isAllowed } from '#shared/domain/access/permissions.ts';
import { say } from '#shared/domain/message.ts';
import type { WindowName } from '#shared/ipc/contract.ts';
import { fail, type Result } from '#shared/ipc/result.ts';
import type { Refusal } from '../ipc/router.ts';
import type { SessionFor } from '../ipc/session.ts';
import type { AdmittedFile, FileTokens } from './file-tokens.ts';

/** Not a channel of the contract: a file comes in by the host's own way. It is held to the same table all the same. */
const CHANNEL = 'admit-file';

/** Takes a file in for whoever is signed in at the window and may import; a refusal is on the record. */
export async function admitFile(
  parts: {
    readonly files: FileTokens;
    readonly sessionFor: SessionFor;
    readonly onRefusal: (refusal: Refusal) => void;
  },
  window: WindowName,
  path: string,
): Promise<Result<AdmittedFile>> {
  const session = parts.sessionFor(window);
  if (session !== null && isAllowed(session.role, 'ledger.import')) return parts.files.admit(session, path);
  const code = session === null ? 'ipc/signed-out' : 'ipc/forbidden';
  parts.onRefusal({ channel: CHANNEL, code, window, session });
  return fail(code, session === null ? say('error.signed-out') : say('error.forbidden'));
}
