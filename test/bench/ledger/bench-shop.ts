import { basename, join } from 'node:path';
import { hasPeople } from '#main/db/queries/staff.ts';
import { inventPeople } from '#main/demo/invent-people.ts';
import { silentLog } from '#main/log/log.ts';
import { openCore } from '#main/open-core.ts';
import type { Core } from '#main/services/core.ts';
import { importFile } from '#main/services/import-file.ts';
import { openJobBook } from '#main/services/job-book.ts';
import { matchChangedDays } from '#main/services/match-days.ts';
import { FIRST_STAFF_ID, startSetUpSession } from '#main/services/set-up-session.ts';
import type { Vault } from '#main/vault/vault.ts';
import { PEOPLE } from '#test/helpers/people.ts';
import { quickPasswords } from '#test/helpers/prepare-profile.ts';

export const WORKER = new URL('../../../main/work/worker.ts', import.meta.url);

/** A keychain in memory that can be handed to another process of the same benchmark. */
export function openBenchVault(
  secrets: Map<string, string> = new Map(),
): Vault & { readonly dump: () => string } {
  return {
    read: async (name) => ({ ok: true, value: secrets.get(name) ?? null }),
    write: async (name, secret) => {
      secrets.set(name, secret);
      return { ok: true, value: undefined };
    },
    remove: async (name) => {
      secrets.delete(name);
      return { ok: true, value: undefined };
    },
    dump: () => JSON.stringify([...secrets]),
  };
}

/** A shop's whole core, as the command line opens it, for measuring. */
export type BenchShop = {
  readonly core: Core;
  readonly profile: string;
  readonly vault: Vault;
  /** Brings a file in without matching. Throws unless it is done. */
  readonly bringIn: (path: string) => Promise<void>;
  readonly matchDays: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export async function openBenchShop(folder: string, vault: Vault = openBenchVault()): Promise<BenchShop> {
  const profile = join(folder, 'profile');
  const opened = await openCore({
    profile,
    host: 'cli',
    keys: vault,
    version: '0.0.0-bench',
    environment: 'demo',
    language: 'en',
    workerUrl: WORKER,
    log: silentLog,
    tell: () => undefined,
  });
  if (!opened.ok) throw new Error(opened.error.code);
  const { core } = opened.value;
  if (!hasPeople(core.ledger.read)) await addOwner(core);
  const actor = { staffId: FIRST_STAFF_ID, session: null };
  const book = openJobBook(core);
  return {
    core,
    profile,
    vault,
    close: opened.value.close,
    matchDays: async () => {
      if (!(await matchChangedDays(core, actor))) throw new Error('the days could not be matched');
    },
    bringIn: async (path) => {
      const name = basename(path);
      const request = {
        file: { path, name },
        kind: 'auto',
        everyNumberIsOurs: true,
        matchAfter: false,
      } as const;
      const outcome = await importFile(core, actor, request, book.open('import', name));
      if (outcome.type !== 'done') throw new Error(`${name} was not brought in: ${JSON.stringify(outcome)}`);
    },
  };
}

/** The owner of the tests, so that a window can sign in. */
async function addOwner(core: Core): Promise<void> {
  const setUp = startSetUpSession(core, 'cli');
  await inventPeople(core, { passwords: quickPasswords() }, setUp.actor, [PEOPLE.owner]);
  setUp.end();
}
