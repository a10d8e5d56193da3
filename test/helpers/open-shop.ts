import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clocks } from '#main/audit/clock.ts';
import type { Actor } from '#main/db/ledger.ts';
import type { Environment } from '#main/db/ledger-file.ts';
import type { KeyStore } from '#main/db/open.ts';
import { hasPeople } from '#main/db/queries/staff.ts';
import { silentLog } from '#main/log/log.ts';
import { type OpenedCore, openCore } from '#main/open-core.ts';
import type { Core } from '#main/services/core.ts';
import { type ImportRequest, importFile } from '#main/services/import-file.ts';
import { type JobBook, openJobBook } from '#main/services/job-book.ts';
import { startSetUpSession } from '#main/services/set-up-session.ts';
import { openMemoryVault } from '#main/vault/memory-vault.ts';
import { assertTrueTotals } from './true-totals.ts';

/** A shop's core on a ledger of its own in a fresh folder, with real worker threads. */
export type TestShop = {
  readonly core: Core;
  readonly actor: Actor;
  readonly folder: string;
  readonly keys: KeyStore;
  readonly book: JobBook;
  /** Writes a file into the folder and brings it in. */
  readonly bringIn: (
    name: string,
    content: string | Buffer,
    options?: Partial<ImportRequest>,
  ) => ReturnType<typeof importFile>;
  /** Closes and opens the same profile again. */
  readonly reopen: () => Promise<TestShop>;
  readonly close: () => Promise<void>;
};

const workerUrl = new URL('../../main/work/worker.ts', import.meta.url);

export type ShopPlace = { readonly folder: string; readonly keys: KeyStore };
export type ShopOptions = { readonly environment?: Environment; readonly clocks?: Clocks };

export async function openShop(
  at: ShopPlace = { folder: freshFolder(), keys: openMemoryVault() },
  options: ShopOptions = {},
): Promise<TestShop> {
  const opened = await openCore({
    profile: join(at.folder, 'profile'),
    host: 'cli',
    keys: at.keys,
    version: '0.0.0-test',
    environment: 'demo',
    language: 'en',
    workerUrl,
    log: silentLog,
    tell: () => undefined,
    ...options,
  });
  if (!opened.ok) throw new Error(`the shop cannot be opened: ${opened.error.code}`);
  return asShop(opened.value, at, options);
}

export function freshFolder(): string {
  return mkdtempSync(join(tmpdir(), 'daftari-test-'));
}

const OWNER = { actor: { staffId: 1, session: null }, end: () => undefined };

function asShop(opened: OpenedCore, at: ShopPlace, options: ShopOptions): TestShop {
  const { core } = opened;
  // Books that a test has given people are opened again by nobody in particular.
  const session = hasPeople(core.ledger.read) ? OWNER : startSetUpSession(core, 'cli');
  const { actor } = session;
  const book = openJobBook(core);
  const close = async () => {
    // Whatever a test does, the totals that the ledger keeps are those of its rows.
    assertTrueTotals(core.ledger.read);
    session.end();
    await opened.close();
  };
  return {
    core,
    actor,
    ...at,
    book,
    bringIn: (name, content, options = {}) => {
      const path = join(at.folder, name);
      writeFileSync(path, content);
      const request = {
        file: { path, name },
        kind: 'auto' as const,
        everyNumberIsOurs: true,
        matchAfter: true,
        ...options,
      };
      return importFile(core, actor, request, book.open('import', name));
    },
    reopen: async () => {
      await close();
      return openShop(at, options);
    },
    close: async () => {
      await close();
      rmSync(at.folder, { recursive: true, force: true });
    },
  };
}
