import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditCrypto, fingerprintOf, makeSeed } from '#main/audit/ed25519.ts';
import { openAuditKeeper } from '#main/audit/keeper.ts';
import { openEncrypted } from '#main/db/cipher.ts';
import { PROGRAM, wrapReads } from '#main/db/ledger.ts';
import { openLedger } from '#main/db/open.ts';
import { selectAuditLog } from '#main/db/queries/audit-log.ts';
import { silentLog } from '#main/log/log.ts';
import { type ChainedEntry, canonicalJson } from '#shared/domain/audit/entry.ts';
import { isEpochEnd } from '#shared/domain/audit/epoch.ts';
import { headCode, readHeadCode } from '#shared/domain/audit/head-code.ts';
import { verifyLog } from '#shared/domain/audit/verify.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { succeed } from '#shared/ipc/result.ts';
import { runCli } from '#test/helpers/run-cli.ts';
import {
  anchorAt,
  makeSignedBooks,
  openAsThief,
  readEntries,
  rechain,
  replaceEntries,
  resign,
  type SignedBooks,
} from '#test/helpers/signed-log.ts';

const VERIFIER = fileURLToPath(new URL('../../docs/verify-audit.mjs', import.meta.url));
const now = () => Date.UTC(2026, 10, 20, 10) as UtcMs;

let books: SignedBooks;
let folder: string;
let whole: ChainedEntry[];
/** On paper: the head after entry 26, and the root key. */
let paper: { head: string; root: string };
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'daftari-attacks-'));
  books = await makeSignedBooks();
  whole = readLog(books);
  paper = { head: headCode(26, whole[25]?.hash ?? ''), root: fingerprintOf(books.root.publicKey) };
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(books.dir, { recursive: true, force: true });
});

type Found = { readonly kind: string; readonly seq: number } | null;
type Claims = { readonly head?: string; readonly root?: string };

/** Three ways to verify: inside the program, on the command line, and without the program. */
async function verifyThrice(name: string, path: string, key: Buffer, claims: Claims): Promise<Found[]> {
  const db = openEncrypted(path, key, { readonly: true });
  const entries = [...selectAuditLog(wrapReads(db))];
  db.close();
  return [verifyInside(entries, claims), ...(await verifyExport(name, entries, claims))];
}

function verifyInside(entries: readonly ChainedEntry[], { head, root }: Claims): Found {
  const claims = {
    head: head === undefined ? null : readHeadCode(head),
    rootFingerprint: root ?? null,
  };
  const { fault } = verifyLog(entries, auditCrypto, claims);
  return fault === null ? null : { kind: fault.kind, seq: fault.seq };
}

async function verifyExport(
  name: string,
  entries: readonly ChainedEntry[],
  claims: Claims,
): Promise<Found[]> {
  const file = `${name.replaceAll(/\W+/g, '-')}.jsonl`;
  writeFileSync(join(folder, file), entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  const options = [
    ...(claims.head === undefined ? [] : ['--head', claims.head.toLowerCase()]),
    ...(claims.root === undefined ? [] : ['--root', claims.root.replaceAll('-', ' ')]),
  ];
  const [cli, alone] = await Promise.all([
    runCli(['audit', 'verify', file, '--json', ...options], folder),
    runAlone([file, ...options]),
  ]);
  const { fault, seq } = JSON.parse(cli.out) as { fault: string | null; seq: number };
  expect(cli.code).toBe(fault === null ? 0 : 1);
  expect(alone.code).toBe(fault === null ? 0 : 1);
  const said = /at entry (\d+) .* \(([a-z-]+)\)/.exec(alone.out);
  return [
    fault === null ? null : { kind: fault, seq },
    said === null ? null : { kind: said[2] ?? '', seq: Number(said[1]) },
  ];
}

function runAlone(args: readonly string[]): Promise<{ code: number | null; out: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [VERIFIER, ...args], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out }));
  });
}

/** The thief's details: three shillings more in an import nobody looks at. */
function change(entry: ChainedEntry): ChainedEntry {
  return { ...entry, details: entry.details.replace('"new":', '"new":9') };
}
function changeAt(seq: number): ChainedEntry[] {
  return whole.map((entry) => (entry.seq === seq ? change(entry) : entry));
}
function swap(seq: number): ChainedEntry[] {
  const [one, two] = [whole[seq - 1], whole[seq]] as [ChainedEntry, ChainedEntry];
  return whole.with(seq - 1, { ...two, seq }).with(seq, { ...one, seq: seq + 1 });
}
const isEnd = (entry: ChainedEntry) => isEpochEnd(entry.action);
const forger = makeSeed();

type Attack = readonly [name: string, log: () => ChainedEntry[], found: Found, claims?: Claims];

const ODD_LINE = canonicalJson({ channel: 'made\u2028up\u2029\u0085\rname' });

/** S4 and S5: with the key of the ledger, by SQL, on a copy. What is found, and with what on paper. */
const ATTACKS: readonly Attack[] = [
  ['nothing at all', () => whole, null],
  ['an entry changed', () => changeAt(9), { kind: 'wrong-hash', seq: 9 }],
  [
    'an entry changed and hashed again',
    () => changeAt(9).map((entry, at) => (at === 8 ? (rechain(changeAt(9))[8] ?? entry) : entry)),
    { kind: 'wrong-previous', seq: 10 },
  ],
  ['an entry changed and all linked anew', () => rechain(changeAt(9)), { kind: 'wrong-seal', seq: 12 }],
  ['an entry removed', () => whole.filter(({ seq }) => seq !== 9), { kind: 'gap', seq: 9 }],
  [
    'an entry removed and all linked anew',
    () => rechain(whole.filter(({ seq }) => seq !== 9)),
    { kind: 'wrong-seal', seq: 11 },
  ],
  [
    'an entry inserted and all linked anew',
    () => rechain([...whole.slice(0, 9), change(whole[8] as ChainedEntry), ...whole.slice(9)]),
    { kind: 'wrong-seal', seq: 13 },
  ],
  ['two entries swapped', () => swap(9), { kind: 'wrong-previous', seq: 9 }],
  ['two entries swapped and all linked anew', () => rechain(swap(9)), { kind: 'wrong-seal', seq: 12 }],
  [
    'an entry repeated and all linked anew',
    () => rechain([...whole.slice(0, 9), ...whole.slice(8)]),
    { kind: 'wrong-seal', seq: 13 },
  ],
  ['the head removed', () => whole.slice(3), { kind: 'gap', seq: 1 }],
  [
    'an epoch sealed by the key of another',
    () => resign(changeAt(9), books.todaysKey, ({ seq }) => seq === 12),
    { kind: 'wrong-seal', seq: 12 },
  ],
  [
    'everything from the change on signed with the key of today',
    () => resign(changeAt(15), books.todaysKey, ({ seq }) => seq >= 18),
    { kind: 'wrong-seal', seq: 18 },
  ],
  [
    'everything signed with the key of today',
    () => resign(changeAt(3), books.todaysKey, isEnd),
    { kind: 'wrong-seal', seq: 6 },
  ],
  ['an end left out', () => rechain(whole.filter(({ seq }) => seq !== 12)), { kind: 'bad-epoch', seq: 17 }],
  ['every signature left out', () => rechain(whole.filter((entry) => !isEnd(entry))), null],
  [
    'every signature left out, the root on paper',
    () => rechain(whole.filter((entry) => !isEnd(entry))),
    { kind: 'unsigned', seq: 1 },
    { root: '' },
  ],
  ['everything signed by a root of the thief', () => resign(changeAt(3), forger, isEnd, forger), null],
  [
    'everything signed by a root of the thief, the root on paper',
    () => resign(changeAt(3), forger, isEnd, forger),
    { kind: 'wrong-root', seq: 1 },
    { root: '' },
  ],
  [
    'everything signed by a root of the thief, a head on paper',
    () => resign(changeAt(3), forger, isEnd, forger),
    { kind: 'other-head', seq: 26 },
    { head: '' },
  ],
  ['the tail cut off', () => whole.slice(0, 24), null],
  ['the tail cut off, a head on paper', () => whole.slice(0, 24), { kind: 'cut', seq: 25 }, { head: '' }],
  // What follows the last signature is bound by nothing but the chain: the limit that the threat model names.
  ['the unsigned stretch written anew', () => rechain(changeAt(25).map(renumberDetails)), null],
  [
    'the unsigned stretch written anew, a head on paper',
    () => rechain(changeAt(25).map(renumberDetails)),
    { kind: 'other-head', seq: 26 },
    { head: '' },
  ],
  // A page that was taken over may ask for a channel of any name, and the refusal says which. It must stay one line.
  [
    'signs in an entry that some readers take for the end of a line',
    () => rechain(whole.map((entry) => (entry.seq === 25 ? { ...entry, details: ODD_LINE } : entry))),
    null,
  ],
  ['nothing at all, head and root on paper', () => whole, null, { head: '', root: '' }],
];

function renumberDetails(entry: ChainedEntry): ChainedEntry {
  return entry.seq === 25 ? { ...entry, details: '{"n":77}' } : entry;
}

describe('with the key of the ledger, by SQL, on a copy', () => {
  for (const [name, log, found, claims = {}] of ATTACKS) {
    test.concurrent(name, { timeout: 60_000 }, async () => {
      const copy = join(folder, `${name.replaceAll(/\W+/g, '-')}.db`);
      const source = openEncrypted(books.path, books.key, { readonly: true });
      source.prepare('VACUUM INTO ?').run(copy);
      source.close();
      const thief = openAsThief(copy, books.key);
      replaceEntries(thief, log());
      thief.close();
      const onPaper = Object.fromEntries(
        Object.keys(claims).map((claim) => [claim, paper[claim as 'head' | 'root']]),
      );
      expect(await verifyThrice(name, copy, books.key, onPaper)).toEqual([found, found, found]);
    });
  }
});

test('a line of an export that stands twice is found', async () => {
  const twice = [...whole.slice(0, 9), ...whole.slice(8)];
  const found = { kind: 'repeated', seq: 9 };
  expect(verifyInside(twice, {})).toEqual(found);
  expect(await verifyExport('twice', twice, {})).toEqual([found, found]);
});

function readLog({ path, key }: SignedBooks): ChainedEntry[] {
  const db = openEncrypted(path, key, { readonly: true });
  const log = readEntries(db);
  db.close();
  return log;
}

/** Opens a profile as the program does at its start, and says what the keeper found. */
async function start(dir: string, { keys }: SignedBooks = books) {
  const opened = await openLedger({ dir, host: 'cli', keys, environment: 'demo', language: 'en', now });
  if (!opened.ok) throw new Error(opened.error.code);
  const keeper = await openAuditKeeper({ ledger: opened.ledger, keys, log: silentLog });
  const alarm = keeper.alarm();
  const actions = [...selectAuditLog(opened.ledger.read)].map(({ action }) => action);
  return { keeper, ledger: opened.ledger, alarm, actions };
}

describe('on the computer of the shop', () => {
  test('S3: books put back to yesterday are an alarm until the recovery code answers, whoever starts them', async () => {
    const yesterday = join(folder, 'yesterday');
    cpSync(books.dir, yesterday, { recursive: true });
    const today = await start(books.dir);
    today.ledger.act(PROGRAM, 'import.undone', 'import:1', () => succeed({ value: undefined, details: {} }));
    await today.keeper.close();
    today.ledger.close();

    const profile = join(folder, 'put-back');
    cpSync(yesterday, profile, { recursive: true });
    for (const _ of ['at once', 'and at the next start']) {
      const back = await start(profile);
      expect(back.alarm).toBe('rolled-back');
      await back.keeper.close();
      back.ledger.close();
    }
    const back = await start(profile);
    expect(await back.keeper.closeEpoch('money')).toEqual({ ok: false, problem: 'no-signing-key' });
    expect(await back.keeper.restart(PROGRAM, books.root)).toMatchObject({ ok: true });
    expect(back.keeper.alarm()).toBeNull();
    const verdict = verifyLog(selectAuditLog(back.ledger.read), auditCrypto, {
      head: null,
      rootFingerprint: paper.root,
    });
    expect(verdict).toMatchObject({ ok: true, rootOnPaper: 'first' });
    expect(verdict.restarts).toHaveLength(1);
    await back.keeper.close();
    back.ledger.close();
  });

  test('a power cut between a commit and its anchor is told apart from that, said, and healed', async () => {
    const other = await makeSignedBooks();
    const log = readLog(other);
    await anchorAt(other, { seq: 27, hash: log[26]?.hash ?? '' });
    const found = await start(other.dir, other);
    expect(found.alarm).toBeNull();
    expect(found.actions.slice(log.length)).toEqual(['audit.healed', 'audit.epoch']);
    await found.keeper.close();
    found.ledger.close();
    const next = await start(other.dir, other);
    expect(next.alarm).toBeNull();
    expect(next.actions.filter((action) => action === 'audit.healed')).toHaveLength(1);
    next.ledger.close();
    rmSync(other.dir, { recursive: true, force: true });
  });

  test('an entry that was written anew under its own number is no power cut', async () => {
    const other = await makeSignedBooks();
    await anchorAt(other, { seq: 27, hash: 'f'.repeat(64) });
    const found = await start(other.dir, other);
    expect(found.alarm).toBe('rolled-back');
    found.ledger.close();
    rmSync(other.dir, { recursive: true, force: true });
  });

  test('an end of an epoch that was made unreadable does not keep the books shut: checking them names it', async () => {
    const other = await makeSignedBooks();
    const thief = openAsThief(other.path, other.key);
    thief.prepare(`UPDATE audit_entries SET details = '{}' WHERE seq = 24`).run();
    thief.close();
    const found = await start(other.dir, other);
    expect(found.alarm).toBe('no-signing-key');
    expect(await found.keeper.restart(PROGRAM, other.root)).toMatchObject({ ok: true });
    const verdict = verifyLog(selectAuditLog(found.ledger.read), auditCrypto, {
      head: null,
      rootFingerprint: null,
    });
    expect(verdict.fault).toEqual({ seq: 24, kind: 'wrong-hash' });
    await found.keeper.close();
    found.ledger.close();
    rmSync(other.dir, { recursive: true, force: true });
  });

  // S25, the limit: who holds the keys of this computer while the program is closed writes what the chain takes.
  test('entries appended with the key while the program is closed look like a power cut, and are said', async () => {
    const other = await makeSignedBooks();
    const thief = openAsThief(other.path, other.key);
    const log = readEntries(thief);
    replaceEntries(thief, rechain([...log, { ...(log[2] as ChainedEntry), subject: 'import:999' }]));
    thief.close();
    const found = await start(other.dir, other);
    expect(found.alarm).toBeNull();
    expect(found.actions).toContain('audit.healed');
    found.ledger.close();
    rmSync(other.dir, { recursive: true, force: true });
  });

  test('F22: an entry that arrives a second time, or from a second writer, is refused by its number', () => {
    const path = join(folder, 'twice.db');
    const source = openEncrypted(books.path, books.key, { readonly: true });
    source.prepare('VACUUM INTO ?').run(path);
    source.close();
    const [one, two] = [1, 2].map(() => openEncrypted(path, books.key, { readonly: false }));
    const last = `SELECT max(seq) FROM audit_entries`;
    const append = (db: typeof one, seq: number) =>
      db
        ?.prepare(
          `INSERT INTO audit_entries (seq, at, action, subject, details, prev_hash, hash)
           VALUES (?, 0, 'program.started', 'program', '{}', zeroblob(32), zeroblob(32))`,
        )
        .run(seq);
    const next = (one?.prepare(last).pluck().get() as number) + 1;
    append(one, next);
    expect(() => append(two, next)).toThrow(/grows by one/);
    expect(() => append(two, next + 2)).toThrow(/grows by one/);
    expect(two?.prepare(last).pluck().get()).toBe(next);
    one?.close();
    two?.close();
  });
});
