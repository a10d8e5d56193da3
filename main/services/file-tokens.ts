import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { say } from '#shared/domain/message.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { Session } from '../ipc/session.ts';
import type { InputFile } from '../readers/types.ts';

/** A file that main has admitted for one session. The page holds the token, never the path. */
export type AdmittedFile = { readonly token: string; readonly name: string; readonly size: number };

/** Files that a person chose in a window. The window holds a token, good for that session; the path stays here. */
export type FileTokens = {
  readonly admit: (
    session: Pick<Session, 'id'>,
    path: string,
    name?: string,
  ) => Promise<Result<AdmittedFile>>;
  /** The file, for as long as its session works on it; null for a token of another session or none at all. */
  readonly look: (session: Pick<Session, 'id'>, token: string) => InputFile | null;
  /** The file has been brought in: its token is spent. */
  readonly spend: (token: string) => void;
};

const LIVES_MS = 60 * 60_000;
const MOST = 200;

export function openFileTokens(now: () => number): FileTokens {
  const admitted = new Map<string, { sessionId: string; file: InputFile; until: number }>();
  const forgetOld = () => {
    for (const [token, entry] of admitted)
      if (entry.until < now() || admitted.size > MOST) admitted.delete(token);
  };
  return {
    admit: async (session, path, name = basename(path)) => {
      forgetOld();
      const found = await stat(path).catch(() => null);
      if (!found?.isFile()) return fail('file/gone', say('import.file-gone', { file: name }));
      const token = randomBytes(32).toString('hex');
      const shownName = tidyName(name);
      admitted.set(token, {
        sessionId: session.id,
        file: { path, name: shownName },
        until: now() + LIVES_MS,
      });
      return succeed({ token, name: shownName, size: found.size });
    },
    look: (session, token) => {
      const entry = admitted.get(token);
      return entry && entry.sessionId === session.id && entry.until >= now() ? entry.file : null;
    },
    spend: (token) => {
      admitted.delete(token);
    },
  };
}

/** A file name is customer-controlled text too: no control or direction characters, no path, at most 200 characters. */
function tidyName(name: string): string {
  const plain = basename(name.replaceAll('\\', '/')).replace(
    /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu,
    '',
  );
  return plain.slice(0, 200) || 'file';
}
