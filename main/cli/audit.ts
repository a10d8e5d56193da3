import { z } from 'zod';
import type { ChainedEntry } from '#shared/domain/audit/entry.ts';
import { headCode } from '#shared/domain/audit/head-code.ts';
import { describeVerdict } from '#shared/domain/audit/verdict-words.ts';
import { type Verdict, verifyLog } from '#shared/domain/audit/verify.ts';
import { say } from '#shared/domain/message.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { auditCrypto } from '../audit/ed25519.ts';
import { selectAuditLog } from '../db/queries/audit-log.ts';
import { describeAlarm } from '../services/audit/alarm.ts';
import { openAnswers } from './answers.ts';
import { toJsonText, writeJson } from './json.ts';
import { type Books, exitCodeOf, hasLedger, openBooks } from './open-books.ts';
import type { Command, NamedFile } from './options.ts';
import { readLines } from './read-lines.ts';
import type { Terminal } from './terminal.ts';

type VerifyCommand = Extract<Command, { name: 'audit-verify' }>;
type AuditCommand = VerifyCommand | Extract<Command, { name: 'audit-export' }>;

const EXIT = { proved: 0, broken: 1, unreadable: 2 } as const;
const HEX_HASH = z.string().regex(/^[0-9a-f]{64}$/);

/** One line of an export: an entry as it was hashed, with the hash before it and its own, both hex. */
const exportedEntry = z.strictObject({
  seq: z.number().int().positive(),
  at: z.custom<UtcMs>((value) => Number.isSafeInteger(value)),
  staffId: z.number().int().nullable(),
  session: z.string().nullable(),
  action: z.string(),
  subject: z.string(),
  details: z.string(),
  previousHash: HEX_HASH,
  hash: HEX_HASH,
});

/** A line of the file that is no entry. */
class BadLine extends Error {
  readonly row: number;
  constructor(row: number) {
    super(`line ${row}`);
    this.row = row;
  }
}

/** `audit verify` and `audit export`. */
export async function readAudit(command: AuditCommand, terminal: Terminal): Promise<number> {
  if (command.name === 'audit-verify' && command.source.from === 'file')
    return verifyFile(command.source.file, command, terminal);
  const profile = command.name === 'audit-export' ? command.profile : command.source.file;
  if (!hasLedger(profile)) {
    terminal.complain(`${profile.given}: ${terminal.render(say('cli.no-ledger'))}`);
    return EXIT.unreadable;
  }
  const needs = [command.name === 'audit-export' ? 'audit.export' : 'audit.read'] as const;
  const answers = openAnswers(process.stdin, process.stderr);
  const purpose = { command: command.name, needs };
  const opened = await openBooks(profile, { purpose, terminal, answers, env: process.env }, () => undefined);
  if (!opened.ok) {
    terminal.complain(terminal.render(opened.error.message));
    return exitCodeOf(opened.error);
  }
  try {
    return await readBooks(command, opened.books, terminal);
  } finally {
    await opened.books.close();
  }
}

async function readBooks(command: AuditCommand, { core }: Books, terminal: Terminal): Promise<number> {
  const entries = selectAuditLog(core.ledger.read);
  if (command.name === 'audit-verify') {
    const alarm = describeAlarm(core);
    if (alarm !== null) terminal.complain(terminal.render(alarm.words));
    const proved = await tellProof(entries, command, terminal);
    return alarm === null ? proved : EXIT.broken;
  }
  await terminal.print(writeEntries(entries));
  return EXIT.proved;
}

function* writeEntries(entries: Iterable<ChainedEntry>): Generator<string> {
  for (const entry of entries) yield `${toJsonText(entry)}\n`;
}

async function verifyFile(file: NamedFile, command: VerifyCommand, terminal: Terminal): Promise<number> {
  try {
    return await tellProof(parseEntries(file.path), command, terminal);
  } catch (error) {
    const where = error instanceof BadLine ? `${file.given}:${error.row}` : file.given;
    if (error instanceof BadLine)
      terminal.complain(`${where}: ${terminal.render(say('cli.audit-bad-line'))}`);
    else if (error instanceof RangeError || (error instanceof Error && 'code' in error))
      terminal.complain(
        `${where}: ${terminal.render(say('cli.audit-unreadable', { cause: error.message }))}`,
      );
    else throw error;
    return EXIT.unreadable;
  }
}

function* parseEntries(path: string): Generator<ChainedEntry> {
  for (const { row, text } of readLines(path)) {
    if (text.trim() === '') continue;
    const parsed = exportedEntry.safeParse(parseJson(text));
    if (!parsed.success) throw new BadLine(row);
    yield parsed.data;
  }
}

/** Undefined for what is no JSON; the schema then refuses it with its row. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function tellProof(
  entries: Iterable<ChainedEntry>,
  { claims, isJson }: VerifyCommand,
  terminal: Terminal,
): Promise<number> {
  const verdict = verifyLog(entries, auditCrypto, claims);
  const { fault, ...facts } = verdict;
  const text = terminal.render(describeVerdict(verdict));
  const code = verdict.entries === 0 ? null : headCode(verdict.entries, verdict.head);
  if (isJson) {
    const { seq = null, kind = null } = fault ?? {};
    await terminal.print(writeJson({ ...facts, headCode: code, seq, fault: kind, text }));
  } else await terminal.print(writeProof(text, verdict, code, terminal));
  return verdict.ok ? EXIT.proved : EXIT.broken;
}

function* writeProof(
  text: string,
  { roots }: Verdict,
  code: string | null,
  terminal: Terminal,
): Generator<string> {
  yield `${text}\n`;
  if (code !== null) yield `${terminal.render(say('cli.audit-head', { code }))}\n`;
  if (roots.length > 0) yield `${terminal.render(say('cli.audit-roots', { prints: roots.join(', ') }))}\n`;
}
