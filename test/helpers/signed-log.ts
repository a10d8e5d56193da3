import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditCrypto, publicKeyOf, signWith } from '#main/audit/ed25519.ts';
import { openAuditKeeper, type RootKey } from '#main/audit/keeper.ts';
import { openEncrypted, type RawDatabase } from '#main/db/cipher.ts';
import { type Head, PROGRAM } from '#main/db/ledger.ts';
import { type KeyStore, openLedger } from '#main/db/open.ts';
import { readHead, readLastEnd } from '#main/db/queries/epochs.ts';
import { silentLog } from '#main/log/log.ts';
import { openMemoryVault } from '#main/vault/memory-vault.ts';
import {
  type AuditDetails,
  type ChainedEntry,
  canonicalJson,
  entryText,
  GENESIS,
} from '#shared/domain/audit/entry.ts';
import { isEpochEnd, isSignedByRoot, readEpochEnd, sealText, unsign } from '#shared/domain/audit/epoch.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { succeed } from '#shared/ipc/result.ts';
import { makeRoot } from './root-key.ts';

/** A closed ledger with a few signed epochs and a stretch that is not signed yet, as an attacker with its key has it. */
export type SignedBooks = {
  readonly dir: string;
  /** The id of the ledger, by which the keychain names its items. */
  readonly id: string;
  readonly path: string;
  readonly key: Buffer;
  readonly keys: KeyStore;
  readonly root: RootKey;
  /** The private key of the open epoch: what an attacker finds in the keychain. */
  readonly todaysKey: Buffer;
};

const EPOCHS = 4;
const ACTS = 5;

/** 1 + 4 × (5 + 1) + 5 entries: `audit.begun` is entry 6, later ends 12, 18, 24, and 25 to 29 are not signed. */
export async function makeSignedBooks(): Promise<SignedBooks> {
  const dir = mkdtempSync(join(tmpdir(), 'daftari-signed-'));
  const keys = openMemoryVault();
  const now = () => Date.UTC(2026, 10, 20, 9) as UtcMs;
  const opened = await openLedger({ dir, host: 'cli', keys, environment: 'demo', language: 'en', now });
  if (!opened.ok) throw new Error(opened.error.code);
  const { ledger } = opened;
  const keeper = await openAuditKeeper({ ledger, keys, log: silentLog });
  const root = makeRoot();
  for (let epoch = 1; epoch <= EPOCHS; epoch++) {
    for (let n = 1; n <= ACTS; n++) {
      const details = { new: n, known: 0, refused: 0, changed: 0 };
      ledger.act(PROGRAM, 'import.finished', `import:${epoch * ACTS + n}`, () =>
        succeed({ value: undefined, details }),
      );
    }
    const ended = epoch === 1 ? await keeper.begin(PROGRAM, root) : await keeper.closeEpoch('close');
    if (!ended.ok) throw new Error(ended.problem);
  }
  for (let n = 1; n <= ACTS; n++)
    ledger.act(PROGRAM, 'program.started', 'program', () => succeed({ value: undefined, details: { n } }));
  const { path, key } = ledger.access;
  const { id } = ledger.file;
  const place = `${id}/audit-key-${(readLastEnd(ledger.read)?.epoch ?? 0) % 2}`;
  const { seq, hash } = readHead(ledger.read);
  ledger.close();
  // A keychain of their own: the keeper that was left running must not write into theirs.
  const kept = openMemoryVault();
  for (const name of [`${id}/database-key`, place]) await kept.write(name, await secretOf(keys, name));
  const books = { dir, id, path, key, keys: kept, root };
  await anchorAt(books, { seq, hash });
  return { ...books, todaysKey: Buffer.from(await secretOf(keys, place), 'base64url') };
}

/** Makes the keychain remember another head than the last. */
export async function anchorAt({ keys, id }: Pick<SignedBooks, 'keys' | 'id'>, head: Head): Promise<void> {
  await keys.write(`${id}/audit-anchor`, JSON.stringify(head));
}

async function secretOf(keys: KeyStore, name: string): Promise<string> {
  const item = await keys.read(name);
  if (!item.ok || item.value === null) throw new Error(`the keychain has no ${name}`);
  return item.value;
}

/** Opens the ledger as its thief does: with the key, and without what guards the log from the inside. */
export function openAsThief(path: string, key: Buffer): RawDatabase {
  const db = openEncrypted(path, key, { readonly: false });
  for (const name of ['audit_is_never_changed', 'audit_is_never_deleted', 'audit_grows_by_one'])
    db.exec(`DROP TRIGGER ${name}`);
  return db;
}

export function readEntries(db: RawDatabase): ChainedEntry[] {
  return db
    .prepare(
      `SELECT seq, at, staff_id AS staffId, session, action, subject, details,
              lower(hex(prev_hash)) AS previousHash, lower(hex(hash)) AS hash FROM audit_entries ORDER BY seq`,
    )
    .all() as ChainedEntry[];
}

/** Puts another log in the place of the one that is there. */
export function replaceEntries(db: RawDatabase, entries: readonly ChainedEntry[]): void {
  db.exec('DELETE FROM audit_entries');
  const insert = db.prepare(
    `INSERT INTO audit_entries (seq, at, staff_id, session, action, subject, details, prev_hash, hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const { seq, at, staffId, session, action, subject, details, previousHash, hash } of entries)
    insert.run(
      seq,
      at,
      staffId,
      session,
      action,
      subject,
      details,
      Buffer.from(previousHash, 'hex'),
      Buffer.from(hash, 'hex'),
    );
}

/** Numbers and links entries anew: what anybody can do who knows how the chain is made. */
export function rechain(entries: readonly ChainedEntry[]): ChainedEntry[] {
  let previousHash = GENESIS;
  return entries.map((entry, at) => {
    const numbered = { ...entry, seq: at + 1, previousHash };
    previousHash = auditCrypto.hash(entryText(numbered, previousHash));
    return { ...numbered, hash: previousHash };
  });
}

/**
 * Links entries anew and signs each end from the first one that `mustSign` picks with the given key, naming that key
 * for the next epoch: what anybody can do who has the key of today.
 */
export function resign(
  entries: readonly ChainedEntry[],
  seed: Buffer,
  mustSign: (entry: ChainedEntry) => boolean,
  root: Buffer | null = null,
): ChainedEntry[] {
  const done: ChainedEntry[] = [];
  for (const entry of entries) {
    const previousHash = done.at(-1)?.hash ?? GENESIS;
    const numbered = { ...entry, seq: done.length + 1 };
    const end = isEpochEnd(entry.action) && mustSign(numbered) ? readEpochEnd(entry.details) : null;
    const details = end === null ? entry.details : sealAnew(numbered, end, seed, root, previousHash);
    const hash = auditCrypto.hash(entryText({ ...numbered, details }, previousHash));
    done.push({ ...numbered, details, previousHash, hash });
  }
  return done;
}

function sealAnew(
  entry: ChainedEntry,
  end: NonNullable<ReturnType<typeof readEpochEnd>>,
  seed: Buffer,
  root: Buffer | null,
  previousHash: string,
): string {
  const isRoot = isEpochEnd(entry.action) && isSignedByRoot(entry.action);
  const named = isRoot && root !== null ? publicKeyOf(root) : end.root;
  const changed = { ...end, next: publicKeyOf(seed), root: named };
  const signer = isRoot && root !== null ? root : seed;
  const signature = signWith(signer, sealText(unsign(entry, changed), previousHash));
  const details: AuditDetails = { ...changed, signature };
  return canonicalJson(details);
}
