import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { auditCrypto, fingerprintOf } from '#main/audit/ed25519.ts';
import { type AuditKeeper, openAuditKeeper, type RootKey } from '#main/audit/keeper.ts';
import { PROGRAM } from '#main/db/ledger.ts';
import { type KeyStore, type OpenLedger, openLedger } from '#main/db/open.ts';
import { selectAuditLog } from '#main/db/queries/audit-log.ts';
import { readHead, readLastEnd } from '#main/db/queries/epochs.ts';
import { silentLog } from '#main/log/log.ts';
import { openMemoryVault } from '#main/vault/memory-vault.ts';
import { type Verdict, verifyLog } from '#shared/domain/audit/verify.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { succeed } from '#shared/ipc/result.ts';
import { makeRoot } from '#test/helpers/root-key.ts';

const NO_CLAIMS = { head: null, rootFingerprint: null };

/** A keychain that shows what it holds, and breaks off before a step when it is told to. */
function openGlassKeys() {
  const vault = openMemoryVault();
  const names = new Set<string>();
  let failing: (act: 'read' | 'write' | 'remove', name: string) => 'works' | 'crash' | 'refuse' = () =>
    'works';
  const guard = async <T>(act: 'read' | 'write' | 'remove', name: string, work: () => Promise<T>) => {
    const fate = failing(act, name);
    if (fate === 'crash') throw new Error('the power went');
    return fate === 'refuse' ? ({ ok: false, problem: 'unavailable' } as const) : work();
  };
  const keys: KeyStore = {
    read: (name) => guard('read', name, () => vault.read(name)),
    write: (name, secret) =>
      guard('write', name, () => {
        names.add(name);
        return vault.write(name, secret);
      }),
    remove: (name) =>
      guard('remove', name, () => {
        names.delete(name);
        return vault.remove(name);
      }),
  };
  return {
    keys,
    vault,
    signingItems: () => [...names].filter((name) => name.includes('audit-key')),
    failWhen: (when: typeof failing) => {
      failing = when;
    },
  };
}

type Books = { readonly ledger: OpenLedger; readonly keeper: AuditKeeper };

async function openBooks(dir: string, keys: KeyStore): Promise<Books> {
  const now = () => Date.UTC(2026, 10, 20) as UtcMs;
  const opened = await openLedger({ dir, host: 'cli', keys, environment: 'demo', language: 'en', now });
  if (!opened.ok) throw new Error(opened.error.code);
  const { ledger } = opened;
  try {
    return { ledger, keeper: await openAuditKeeper({ ledger, keys, log: silentLog }) };
  } catch (error) {
    ledger.close();
    throw error;
  }
}

function freshDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'daftari-keeper-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

function actOnce({ ledger }: Books): void {
  ledger.act(PROGRAM, 'program.started', 'program', () => succeed({ value: undefined, details: {} }));
}

function verify({ ledger }: Books): Verdict {
  return verifyLog(selectAuditLog(ledger.read), auditCrypto, NO_CLAIMS);
}

async function beginBooks(dir: string, keys: KeyStore, root: RootKey): Promise<Books> {
  const books = await openBooks(dir, keys);
  actOnce(books);
  expect(await books.keeper.begin(PROGRAM, root)).toMatchObject({ ok: true });
  return books;
}

function actionsOf({ ledger }: Books): string[] {
  return [...selectAuditLog(ledger.read)].map((entry) => entry.action);
}

test('books without a root have a plain chain, and say that nothing is signed', async () => {
  const books = await openBooks(freshDir(), openGlassKeys().keys);
  actOnce(books);
  expect(await books.keeper.closeEpoch('close')).toEqual({ ok: false, problem: 'unsigned' });
  expect(verify(books)).toMatchObject({ ok: true, signedTo: 0, roots: [], epochs: 0 });
  expect(books.keeper.alarm()).toBeNull();
  await books.keeper.close();
  books.ledger.close();
});

test('every end is sealed by the key the one before it named, and only the newest key is kept', async () => {
  const { keys, signingItems } = openGlassKeys();
  const root = makeRoot();
  const dir = freshDir();
  let books = await beginBooks(dir, keys, root);
  expect(await books.keeper.begin(PROGRAM, root)).toEqual({ ok: false, problem: 'begun-already' });
  for (const reason of ['close', 'money', 'hour'] as const) {
    actOnce(books);
    expect(await books.keeper.closeEpoch(reason)).toMatchObject({ ok: true });
    expect(signingItems()).toHaveLength(1);
  }
  await books.keeper.close();
  books.ledger.close();
  books = await openBooks(dir, keys);
  actOnce(books);
  const fingerprint = fingerprintOf(root.publicKey);
  const { seq } = readHead(books.ledger.read);
  expect(verify(books)).toMatchObject({ ok: true, epochs: 6, signedTo: seq - 1, roots: [fingerprint] });
  await books.keeper.close();
  books.ledger.close();
});

test('ends that are asked for at once come one after the other', async () => {
  const books = await beginBooks(freshDir(), openGlassKeys().keys, makeRoot());
  const ended = await Promise.all([1, 2, 3, 4].map(() => books.keeper.closeEpoch('money')));
  expect(ended.every((outcome) => outcome.ok)).toBe(true);
  expect(verify(books)).toMatchObject({ ok: true, epochs: 5 });
  books.ledger.close();
});

test('an epoch lasts an hour at most while people work', async () => {
  const books = await beginBooks(freshDir(), openGlassKeys().keys, makeRoot());
  const later = performance.now() + 3_700_000;
  const clock = vi.spyOn(performance, 'now').mockReturnValue(later);
  actOnce(books);
  actOnce(books);
  clock.mockRestore();
  await vi.waitFor(() => expect(verify(books)).toMatchObject({ epochs: 2 }));
  await books.keeper.closeEpoch('close');
  expect(actionsOf(books).filter((action) => action === 'audit.epoch')).toHaveLength(2);
  books.ledger.close();
});

test.each([
  ['before the next key is kept', 'write', 'audit-key'],
  ['before the spent key is removed', 'remove', 'audit-key'],
  ['before the anchor is written', 'write', 'audit-anchor'],
] as const)('a crash %s heals at the next start', async (_, act, item) => {
  const { keys, failWhen, signingItems } = openGlassKeys();
  const dir = freshDir();
  const books = await beginBooks(dir, keys, makeRoot());
  failWhen((did, name) => (did === act && name.includes(item) ? 'crash' : 'works'));
  await expect(books.keeper.closeEpoch('close')).rejects.toThrow('the power went');
  failWhen(() => 'works');
  books.ledger.close();
  const again = await openBooks(dir, keys);
  expect(again.keeper.alarm()).toBeNull();
  expect(await again.keeper.closeEpoch('close')).toMatchObject({ ok: true });
  expect(verify(again)).toMatchObject({ ok: true });
  expect(signingItems()).toHaveLength(1);
  again.ledger.close();
});

test('a crash between keeping the next key and the commit leaves the old key in force', async () => {
  const { keys, signingItems } = openGlassKeys();
  const dir = freshDir();
  const books = await beginBooks(dir, keys, makeRoot());
  const before = readLastEnd(books.ledger.read);
  const act = vi.spyOn(books.ledger, 'act').mockImplementation(() => {
    throw new Error('the power went');
  });
  await expect(books.keeper.closeEpoch('close')).rejects.toThrow('the power went');
  act.mockRestore();
  expect(signingItems()).toHaveLength(2);
  books.ledger.close();
  const again = await openBooks(dir, keys);
  expect(readLastEnd(again.ledger.read)?.epoch).toBe((before?.epoch ?? 0) + 1);
  expect(signingItems()).toHaveLength(1);
  expect(verify(again)).toMatchObject({ ok: true });
  again.ledger.close();
});

test('a keychain that does not take the next key ends no epoch, and the next try does', async () => {
  const { keys, failWhen } = openGlassKeys();
  const books = await beginBooks(freshDir(), keys, makeRoot());
  failWhen((act) => (act === 'write' ? 'refuse' : 'works'));
  const { seq } = readHead(books.ledger.read);
  expect(await books.keeper.closeEpoch('close')).toEqual({ ok: false, problem: 'no-keychain' });
  expect(readHead(books.ledger.read).seq).toBe(seq);
  failWhen(() => 'works');
  expect(await books.keeper.closeEpoch('close')).toMatchObject({ ok: true });
  books.ledger.close();
});

test('a full disk stops neither the closing nor the anchor of what is there', async () => {
  const { keys, vault } = openGlassKeys();
  const books = await beginBooks(freshDir(), keys, makeRoot());
  actOnce(books);
  const act = vi.spyOn(books.ledger, 'act').mockImplementation(() => {
    throw new Error('SQLITE_FULL');
  });
  await books.keeper.close();
  act.mockRestore();
  const anchored = await vault.read(`${books.ledger.file.id}/audit-anchor`);
  expect(anchored).toMatchObject({ ok: true, value: JSON.stringify(readHead(books.ledger.read)) });
  books.ledger.close();
});

test('a signing key that is gone is an alarm, told once, until the recovery code starts the keys again', async () => {
  const { keys, vault, signingItems } = openGlassKeys();
  const root = makeRoot();
  const dir = freshDir();
  let books = await beginBooks(dir, keys, root);
  await books.keeper.close();
  books.ledger.close();
  for (const name of signingItems()) await vault.remove(name);
  for (const _ of [1, 2]) {
    books = await openBooks(dir, keys);
    expect(books.keeper.alarm()).toBe('no-signing-key');
    expect(await books.keeper.closeEpoch('money')).toEqual({ ok: false, problem: 'no-signing-key' });
    await books.keeper.close();
    books.ledger.close();
  }
  books = await openBooks(dir, keys);
  expect(actionsOf(books).filter((action) => action === 'audit.no-signing-key')).toHaveLength(1);
  expect(await books.keeper.restart(PROGRAM, makeRoot())).toEqual({ ok: false, problem: 'wrong-root' });
  expect(await books.keeper.restart(PROGRAM, root)).toMatchObject({ ok: true });
  expect(books.keeper.alarm()).toBeNull();
  expect(await books.keeper.closeEpoch('close')).toMatchObject({ ok: true });
  const restarted = verify(books);
  expect(restarted).toMatchObject({ ok: true });
  expect(restarted.restarts).toHaveLength(1);
  books.ledger.close();
});

test('a new code names its root under the key of the day, and restarts from then on', async () => {
  const { keys } = openGlassKeys();
  const [old, fresh] = [makeRoot(), makeRoot()];
  const books = await beginBooks(freshDir(), keys, old);
  expect(await books.keeper.nameRoot(PROGRAM, fresh.publicKey)).toMatchObject({ ok: true });
  expect(await books.keeper.restart(PROGRAM, old)).toEqual({ ok: false, problem: 'wrong-root' });
  expect(await books.keeper.restart(PROGRAM, fresh)).toMatchObject({ ok: true });
  const prints = [old, fresh].map((root) => fingerprintOf(root.publicKey));
  expect(verify(books)).toMatchObject({ ok: true, roots: prints });
  const claim = (rootFingerprint: string) =>
    verifyLog(selectAuditLog(books.ledger.read), auditCrypto, { head: null, rootFingerprint }).rootOnPaper;
  expect(prints.map(claim)).toEqual(['first', 'later']);
  books.ledger.close();
});

test('the anchor follows the log within a second and is written once for many acts', async () => {
  const { keys, vault } = openGlassKeys();
  const books = await beginBooks(freshDir(), keys, makeRoot());
  const writes = vi.spyOn(vault, 'write');
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  // The timer of the anchor is made by the first act, so that the fake clock has it.
  for (let n = 0; n < 500; n++) actOnce(books);
  expect(writes).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(writes).toHaveBeenCalledTimes(1);
  const anchored = await vault.read(`${books.ledger.file.id}/audit-anchor`);
  expect(anchored).toMatchObject({ ok: true, value: JSON.stringify(readHead(books.ledger.read)) });
  books.ledger.close();
});

test('the power may go in the very first second: books that had no entry yet are no alarm', async () => {
  const { keys } = openGlassKeys();
  const dir = freshDir();
  const books = await openBooks(dir, keys);
  // What is in the log by then is not anchored yet.
  actOnce(books);
  books.ledger.close();
  const again = await openBooks(dir, keys);
  expect(again.keeper.alarm()).toBeNull();

  await again.keeper.close();
  again.ledger.close();
});

test('an anchor that is gone is an alarm; a keychain that cannot be read is none', async () => {
  const { keys, vault, failWhen } = openGlassKeys();
  const dir = freshDir();
  let books = await beginBooks(dir, keys, makeRoot());
  const name = `${books.ledger.file.id}/audit-anchor`;
  await books.keeper.close();
  books.ledger.close();
  failWhen((act, item) => (act === 'read' && item === name ? 'refuse' : 'works'));
  books = await openBooks(dir, keys);
  expect(books.keeper.alarm()).toBeNull();
  await books.keeper.close();
  books.ledger.close();
  failWhen(() => 'works');
  await vault.remove(name);
  books = await openBooks(dir, keys);
  expect(books.keeper.alarm()).toBe('anchor-missing');
  books.ledger.close();
});

test('an anchor that could not be read is not written over: the next start still finds the books put back', async () => {
  const { keys, failWhen } = openGlassKeys();
  const dir = freshDir();
  const first = await beginBooks(dir, keys, makeRoot());
  await first.keeper.close();
  first.ledger.close();
  const today = await openBooks(dir, keys);
  const yesterday = freshDir();
  cpSync(dir, yesterday, { recursive: true });
  actOnce(today);
  await today.keeper.close();
  today.ledger.close();

  failWhen((act, name) => (act === 'read' && name.includes('audit-anchor') ? 'refuse' : 'works'));
  const denied = await openBooks(yesterday, keys);
  actOnce(denied);
  await denied.keeper.close();
  denied.ledger.close();
  failWhen(() => 'works');
  const back = await openBooks(yesterday, keys);
  expect(back.keeper.alarm()).toBe('rolled-back');
  await back.keeper.close();
  back.ledger.close();
});

test('an anchor that the keychain does not take is on the record once, and tried again by itself', async () => {
  const { keys, vault, failWhen } = openGlassKeys();
  const books = await beginBooks(freshDir(), keys, makeRoot());
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const unkept = () => actionsOf(books).filter((action) => action === 'audit.anchor-unkept');
  failWhen((act, name) => (act === 'write' && name.includes('audit-anchor') ? 'refuse' : 'works'));
  actOnce(books);
  await vi.advanceTimersByTimeAsync(200_000);
  expect(unkept()).toHaveLength(1);
  failWhen(() => 'works');
  await vi.advanceTimersByTimeAsync(60_000);
  const anchored = await vault.read(`${books.ledger.file.id}/audit-anchor`);
  expect(anchored).toMatchObject({ ok: true, value: JSON.stringify(readHead(books.ledger.read)) });
  expect(unkept()).toHaveLength(1);
  await books.keeper.close();
  books.ledger.close();
});
