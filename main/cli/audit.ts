import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type ChainedEntry, checkChain } from '#shared/domain/audit/entry.ts';
import { say } from '#shared/domain/message.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { selectAuditLog } from '../db/queries/audit-log.ts';
import { writeJson } from './json.ts';
import { type Books, hasLedger, openBooks } from './open-books.ts';
import type { Command, NamedFile } from './options.ts';
import { readLines } from './read-lines.ts';
import { type Terminal, toSelector } from './terminal.ts';

type AuditCommand = Extract<Command, { name: 'audit-verify' | 'audit-export' }>;

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
    return verifyFile(command.source.file, command.isJson, terminal);
  const profile = command.name === 'audit-export' ? command.profile : command.source.file;
  if (!hasLedger(profile)) {
    terminal.complain(`${profile.given}: ${terminal.render(say('cli.no-ledger'))}`);
    return EXIT.unreadable;
  }
  const opened = await openBooks(profile, terminal.language, () => undefined);
  if (!opened.ok) {
    terminal.complain(terminal.render(opened.error.message));
    return EXIT.broken;
  }
  try {
    return await readBooks(command, opened.books, terminal);
  } finally {
    await opened.books.close();
  }
}

async function readBooks(command: AuditCommand, { core }: Books, terminal: Terminal): Promise<number> {
  const entries = selectAuditLog(core.ledger.read);
  if (command.name === 'audit-verify') return tellProof(entries, command.isJson, terminal);
  await terminal.print(writeEntries(entries));
  return EXIT.proved;
}

function* writeEntries(entries: Iterable<ChainedEntry>): Generator<string> {
  for (const entry of entries) yield `${JSON.stringify(entry)}\n`;
}

async function verifyFile(file: NamedFile, isJson: boolean, terminal: Terminal): Promise<number> {
  try {
    return await tellProof(parseEntries(file.path), isJson, terminal);
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
  isJson: boolean,
  terminal: Terminal,
): Promise<number> {
  const proof = checkChain(entries, (text) => createHash('sha256').update(text).digest('hex'));
  const words = proof.ok
    ? say('cli.audit-proved', { entries: proof.entries, head: proof.head })
    : say('cli.audit-broken', { seq: proof.seq, fault: toSelector(proof.fault) });
  const text = terminal.render(words);
  if (isJson) await terminal.print(writeJson({ ...proof, text }));
  else await terminal.print([`${text}\n`]);
  return proof.ok ? EXIT.proved : EXIT.broken;
}
