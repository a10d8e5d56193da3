import { openPasswords, type Passwords } from '#main/access/passwords.ts';
import type { Actor } from '#main/db/ledger.ts';
import type { Environment } from '#main/db/ledger-file.ts';
import type { KeyStore } from '#main/db/open.ts';
import { inventPeople } from '#main/demo/invent-people.ts';
import { silentLog } from '#main/log/log.ts';
import { openCore } from '#main/open-core.ts';
import type { Core } from '#main/services/core.ts';
import { startSetUpSession } from '#main/services/set-up-session.ts';
import { PEOPLE } from './people.ts';
import { WORKER } from './worker-url.ts';

/** As quick as Argon2id can be. The work of the real one has tests of its own. */
export const quickPasswords = () => openPasswords({ memoryKib: 8, passes: 1, lanes: 1 });

export type PrepareOptions = {
  readonly passwords?: Passwords;
  /** Production's unless another is named. */
  readonly environment?: Environment;
  /** What else is in the books before anybody opens them. */
  readonly more?: (core: Core, actor: Actor) => Promise<void>;
};

/** Makes the books of a shop in which the four people can sign in, as if its first run were over. */
export async function prepareProfile(
  profile: string,
  keys: KeyStore,
  { passwords = openPasswords(), environment = 'production', more }: PrepareOptions = {},
) {
  const opened = await openCore({
    profile,
    host: 'cli',
    keys,
    environment,
    language: 'en',
    workerUrl: WORKER,
    version: '0.0.0-test',
    log: silentLog,
    tell: () => undefined,
  });
  if (!opened.ok) throw new Error(`the profile cannot be made: ${opened.error.code}`);
  const { core, close } = opened.value;
  const setUp = startSetUpSession(core, 'cli');
  await inventPeople(core, { passwords }, setUp.actor, Object.values(PEOPLE));
  await more?.(core, setUp.actor);
  setUp.end();
  await close();
}
