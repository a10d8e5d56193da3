import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Permission } from '#shared/domain/access/permissions.ts';
import { type Message, say } from '#shared/domain/message.ts';
import { type ColumnMap, SALE_COLUMNS } from '#shared/domain/sales/types.ts';
import type { Payload } from '#shared/ipc/contract.ts';
import { selectImportReport } from '../db/queries/import-report.ts';
import { selectScope } from '../db/queries/reconcile-report.ts';
import { matchChangedDays } from '../services/match-days.ts';
import { openAnswers } from './answers.ts';
import { type BroughtIn, bringInFiles, showJob } from './bring-in.ts';
import { writeJson } from './json.ts';
import type { Purpose } from './log-in.ts';
import { type Books, exitCodeOf, openBooks } from './open-books.ts';
import type { FileOptions } from './options.ts';
import { describeRun, describeSales, describeStatement } from './report.ts';
import { unlessStopped } from './stop.ts';
import { summarise, summariseFiles } from './summary.ts';
import type { Terminal } from './terminal.ts';

/** How many refused rows are named on standard error, a file. `--json` has them all. */
const NAMED_ROWS = 100;

const EXIT = { done: 0, failed: 1, unreadable: 2 } as const;

/** `reconcile` and `import`: brings the files in, and for `reconcile` matches and reports. */
export async function runOnFiles(
  name: 'reconcile' | 'import',
  options: FileOptions,
  terminal: Terminal,
  stop: AbortSignal,
): Promise<number> {
  const map = options.map ? readMap(options.map.path) : NO_MAP;
  if (!map.ok) {
    terminal.complain(`${options.map?.given}: ${terminal.render(map.problem)}`);
    return EXIT.unreadable;
  }
  const answers = openAnswers(process.stdin, process.stderr);
  const logInParts = { purpose: purposeOf(name, options), terminal, answers, env: process.env };
  const opened = await openBooks(options.profile, logInParts, (event, payload) => {
    // The payload of another event has no fraction; TypeScript does not follow the name of the event.
    if (event === 'job:progress' && 'fraction' in payload)
      showJob(terminal, payload as Payload<'job:progress'>);
  });
  if (!opened.ok) {
    terminal.complain(terminal.render(opened.error.message));
    return exitCodeOf(opened.error);
  }
  const { books } = opened;
  try {
    // After the password of the person, where one was asked for: the next line.
    const password = options.asksPassword
      ? await answers.ask(terminal.render(say('cli.login.question', { question: 'pdf' })), true)
      : null;
    return await work(name, books, options, { map: map.map, password }, terminal, stop);
  } finally {
    terminal.clearProgress();
    await books.close();
  }
}

/** `--short-code` says of a number in a profile that it is the shop's own, which is the owner's to say. */
function purposeOf(name: 'reconcile' | 'import', { shortCodes }: FileOptions): Purpose {
  const needs: Permission[] = ['ledger.import'];
  if (name === 'reconcile') needs.push('ledger.match');
  if (shortCodes.length > 0) needs.push('tills.write');
  return { command: name, needs };
}

async function work(
  name: 'reconcile' | 'import',
  books: Books,
  options: FileOptions,
  given: { readonly map: ColumnMap | null; readonly password: string | null },
  terminal: Terminal,
  stop: AbortSignal,
): Promise<number> {
  const { core, actor, isThrowAway } = books;
  const startedAt = performance.now();
  const files = await bringInFiles({ core, actor, isThrowAway, options, ...given, stop });
  nameRefusals(books, files, terminal);
  const failed = files.troubles.some((trouble) => !trouble.isInput);
  const isWhole = files.troubles.length === 0;
  // In a profile what came in stays, so it is matched even when another file was refused.
  if (name === 'reconcile' && (isWhole || !isThrowAway)) {
    terminal.showProgress(terminal.render(say('cli.matching')));
    const isMatched = await unlessStopped(stop, matchChangedDays(core, actor));
    if (!isMatched) throw new Error('the days could not be matched; the log says why');
  }
  const seconds = Math.round((performance.now() - startedAt) / 10) / 100;
  if (isWhole)
    await terminal.print(
      name === 'import'
        ? tellImport(books, files, options, terminal, seconds)
        : tellRun(books, files, options, terminal),
    );
  if (failed) return EXIT.failed;
  return isWhole ? EXIT.done : EXIT.unreadable;
}

function tellRun(
  { core }: Books,
  files: BroughtIn,
  { isJson }: FileOptions,
  terminal: Terminal,
): Iterable<string> {
  const db = core.ledger.read;
  const [first] = [...files.statements, ...files.sales].map((file) => file.importId).sort((a, b) => a - b);
  const salesFiles = new Map(files.sales.map(({ importId, file }) => [importId, file.given]));
  const scope = first === undefined ? null : selectScope(db, first, salesFiles);
  return isJson ? writeJson(describeRun(db, files, scope, terminal)) : summarise(db, files, scope, terminal);
}

function tellImport(
  { core }: Books,
  files: BroughtIn,
  { isJson }: FileOptions,
  terminal: Terminal,
  seconds: number,
): Iterable<string> {
  const db = core.ledger.read;
  if (!isJson) return summariseFiles(db, files, terminal);
  return writeJson({
    statement: files.statements.map((file) => describeStatement(db, file, terminal)),
    sales: files.sales.map((file) => describeSales(db, file, terminal)),
    seconds,
  });
}

/** Names every file, row and reason that did not come in: `file:row: reason`. */
function nameRefusals({ core }: Books, files: BroughtIn, terminal: Terminal): void {
  for (const { file, row, reason } of files.troubles)
    terminal.complain(`${file.given}:${row === null ? '' : `${row}:`} ${terminal.render(reason)}`);
  for (const { file, importId } of [...files.statements, ...files.sales]) {
    const { refused, missing } = selectImportReport(core.ledger.read, importId);
    for (const { row, reason } of refused.slice(0, NAMED_ROWS))
      terminal.complain(`${file.given}:${row}: ${terminal.render(reason)}`);
    if (missing.length > 0) {
      const values = { count: missing.length, names: missing.slice(0, NAMED_ROWS).join(', ') };
      terminal.complain(`${file.given}: ${terminal.render(say('cli.missing', values))}`);
    }
    const more = refused.length - NAMED_ROWS;
    if (more > 0)
      terminal.complain(`${file.given}: ${terminal.render(say('cli.more-refused', { count: more }))}`);
  }
}

const mapFile = z.record(z.string().min(1).max(200), z.enum(SALE_COLUMNS as [string, ...string[]]));
type ReadMap =
  | { readonly ok: true; readonly map: ColumnMap | null }
  | { readonly ok: false; readonly problem: Message };
const NO_MAP: ReadMap = { ok: true, map: null };

/** The column map of `--map`: their header → our column. */
function readMap(path: string): ReadMap {
  try {
    const parsed = mapFile.safeParse(JSON.parse(readFileSync(path, 'utf8').replace(/^\ufeff/, '')));
    if (parsed.success) return { ok: true, map: parsed.data as ColumnMap };
    const header = parsed.error.issues[0]?.path.join('.') ?? '';
    const values = { header: header === '' ? 'empty' : header, columns: SALE_COLUMNS.join(', ') };
    return { ok: false, problem: say('cli.bad-map', values) };
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    return { ok: false, problem: say('cli.unreadable-map', { cause: cause.slice(0, 200) }) };
  }
}
