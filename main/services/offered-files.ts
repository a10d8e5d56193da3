import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { WindowName } from '#shared/ipc/contract.ts';
import type { Session, SessionFor } from '../ipc/session.ts';

/** A file that main has made and a person may save somewhere. The window holds the token; the path stays here. */
export type OfferedFile = {
  readonly path: string;
  /** What to call it where it is saved. */
  readonly name: string;
  /** It has been saved: the copy here and its token are gone. */
  readonly remove: () => Promise<void>;
};

export type OfferedFiles = {
  /** A fresh path for a file that is about to be written. */
  readonly makePlace: () => string;
  readonly offer: (session: Session, path: string, name: string) => string;
  /** The file, as long as the session it was made in is open at this window; null otherwise. */
  readonly look: (window: WindowName, token: string) => OfferedFile | null;
  /** Nothing of what was made stays behind when the program ends. */
  readonly removeAll: () => void;
};

/** Files for people, kept in one folder that only this user can read until they are saved. */
export function openOfferedFiles(folder: string, sessionFor: SessionFor): OfferedFiles {
  const offered = new Map<string, { session: Session; path: string; name: string }>();
  const removeAll = () => {
    offered.clear();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  // What a crash left.
  removeAll();
  return {
    makePlace: () => {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      return join(folder, randomBytes(16).toString('hex'));
    },
    offer: (session, path, name) => {
      const token = randomBytes(32).toString('hex');
      offered.set(token, { session, path, name });
      return token;
    },
    look: (window, token) => {
      const file = offered.get(token);
      if (!file || file.session.window !== window || sessionFor(window)?.id !== file.session.id) return null;
      const { path, name } = file;
      const remove = async () => {
        offered.delete(token);
        await rm(path, { force: true });
      };
      return { path, name, remove };
    },
    removeAll,
  };
}
