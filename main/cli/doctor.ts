import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Message, say } from '#shared/domain/message.ts';
import { type Result, succeed } from '#shared/ipc/result.ts';
import { openEncrypted } from '../db/cipher.ts';
import { readSetting } from '../db/queries/settings.ts';
import { openWorkers } from '../work/workers.ts';
import { openAnswers } from './answers.ts';
import { writeJson } from './json.ts';
import { exitCodeOf, hasLedger, openBooks } from './open-books.ts';
import type { Command, NamedFile } from './options.ts';
import { type Terminal, toSelector } from './terminal.ts';

type CheckName =
  | 'node'
  | 'clock'
  | 'temp-folder'
  | 'cipher'
  | 'workers'
  | 'keychain'
  | 'profile'
  | 'password-time';
type Check = { readonly name: CheckName; readonly problem: Message | null };

/** The first Node that runs TypeScript sources without a flag. */
const OLDEST_NODE = [22, 18] as const;
const EARLIEST_YEAR = 2026;
/** Beyond, signing in feels broken. */
const LONGEST_PASSWORD_CHECK_MS = 2_000;

/** Checks what Daftari needs of this computer; each failing check says how to mend it. */
export async function runDoctor(
  command: Extract<Command, { name: 'doctor' }>,
  terminal: Terminal,
): Promise<number> {
  const checks: Check[] = [
    { name: 'node', problem: checkNode(process.versions.node) },
    { name: 'clock', problem: checkClock(new Date()) },
    await inTempFolder('temp-folder', (folder) => writeFileSync(join(folder, 'probe'), 'probe')),
    await inTempFolder('cipher', checkCipher),
    await inTempFolder('workers', checkWorkers),
    { name: 'keychain', problem: await checkKeychain() },
  ];
  if (command.profile) {
    const profile = await checkProfile(command.profile, terminal);
    if (!profile.ok) {
      terminal.complain(terminal.render(profile.error.message));
      return 2;
    }
    checks.push(...profile.value);
  }
  const isWell = checks.every((check) => check.problem === null);
  const told = checks.map(({ name, problem }) => ({
    name,
    ok: problem === null,
    text: terminal.render(say('cli.doctor.check', { check: toSelector(name) })),
    ...(problem === null ? {} : { mend: terminal.render(problem) }),
  }));
  await terminal.print(
    command.isJson ? writeJson({ ok: isWell, checks: { items: told } }) : writeChecks(told, terminal),
  );
  return isWell ? 0 : 1;
}

function* writeChecks(
  checks: readonly { readonly ok: boolean; readonly text: string; readonly mend?: string }[],
  terminal: Terminal,
): Generator<string> {
  for (const { ok, text, mend } of checks) {
    yield `${terminal.render(say('cli.doctor.state', { state: ok ? 'ok' : 'bad' }))}  ${text}\n`;
    if (mend !== undefined) yield `      ${mend}\n`;
  }
}

function checkNode(version: string): Message | null {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isNew = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  return isNew ? null : say('cli.doctor.old-node', { found: version, needed: OLDEST_NODE.join('.') });
}

function checkClock(now: Date): Message | null {
  const year = now.getUTCFullYear();
  return year >= EARLIEST_YEAR ? null : say('cli.doctor.wrong-clock', { year: String(year) });
}

/** Runs a check in a folder of its own; whatever it throws is its problem, in words. */
async function inTempFolder(
  name: CheckName,
  check: (folder: string) => void | Promise<void>,
): Promise<Check> {
  let folder: string | null = null;
  try {
    folder = mkdtempSync(join(tmpdir(), 'daftari-doctor-'));
    await check(folder);
    return { name, problem: null };
  } catch (error) {
    return { name, problem: explain(name, error, tmpdir()) };
  } finally {
    if (folder !== null) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function explain(name: CheckName, error: unknown, folder: string): Message {
  const cause = (error instanceof Error ? error.message : String(error)).slice(0, 200);
  return say('cli.doctor.failed', { check: toSelector(name), cause, folder });
}

/** Writes an encrypted file, and sees that the key opens it, another does not, and nothing in it is in clear. */
function checkCipher(folder: string): void {
  const path = join(folder, 'probe.db');
  const key = randomBytes(32);
  const written = openEncrypted(path, key, { readonly: false });
  written.prepare('CREATE TABLE probe (word TEXT)').run();
  written.prepare('INSERT INTO probe VALUES (?)').run('in-clear-nowhere');
  written.close();
  if (readFileSync(path).includes('in-clear-nowhere')) throw new Error('the file is not encrypted');
  openEncrypted(path, key, { readonly: true }).close();
  let opened = true;
  try {
    openEncrypted(path, randomBytes(32), { readonly: true }).close();
  } catch {
    opened = false;
  }
  if (opened) throw new Error('another key opens the file');
}

/** Lets the reading thread read a tiny file. */
async function checkWorkers(folder: string): Promise<void> {
  const path = join(folder, 'probe.csv');
  writeFileSync(path, 'time,amount\n2026-01-01 08:00,1.00\n');
  const workers = openWorkers(new URL('../work/worker.ts', import.meta.url));
  try {
    let sales = 0;
    for await (const news of workers.run('read-sales', { file: { path, name: 'probe.csv' } }))
      if (news.type === 'rows') sales += news.sales.length;
    if (sales !== 1) throw new Error('the thread did not read the file');
  } finally {
    await workers.close();
  }
}

/** Writes a probe, reads it back and removes it. */
async function checkKeychain(): Promise<Message | null> {
  try {
    const { openKeychain } = await import('../vault/keychain-vault.ts');
    const keychain = openKeychain();
    const name = `doctor/${randomBytes(8).toString('hex')}`;
    const secret = randomBytes(16).toString('hex');
    const written = await keychain.write(name, secret);
    if (!written.ok)
      return say(written.problem === 'locked' ? 'startup.keychain-locked' : 'cli.doctor.no-keychain');
    const removed = await keychain.remove(name);
    return removed.ok ? null : say('cli.doctor.no-keychain');
  } catch (error) {
    return explain('keychain', error, tmpdir());
  }
}

/** Opens the profile as the window would, and closes it again. Never makes one. Fails when nobody may look. */
async function checkProfile(profile: NamedFile, terminal: Terminal): Promise<Result<Check[]>> {
  if (!hasLedger(profile)) return succeed([{ name: 'profile', problem: say('cli.no-ledger') }]);
  const purpose = { command: 'doctor', needs: ['ledger.read'] } as const;
  const answers = openAnswers(process.stdin, process.stderr);
  const opened = await openBooks(profile, { purpose, terminal, answers, env: process.env }, () => undefined);
  if (!opened.ok) {
    if (exitCodeOf(opened.error) === 2) return opened;
    return succeed([{ name: 'profile', problem: opened.error.message }]);
  }
  const { core, close } = opened.books;
  const passwordMs = Number(readSetting(core.ledger.read, 'password-check-ms') ?? 0);
  await close();
  return succeed([
    { name: 'profile', problem: null },
    { name: 'password-time', problem: checkPasswordTime(passwordMs) },
  ]);
}

function checkPasswordTime(ms: number): Message | null {
  return ms <= LONGEST_PASSWORD_CHECK_MS
    ? null
    : say('cli.doctor.slow-password', { seconds: Math.round(ms / 1_000) });
}
