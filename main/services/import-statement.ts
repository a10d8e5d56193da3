import { say } from '#shared/domain/message.ts';
import type { AccountChecks } from '#shared/domain/statement/checks.ts';
import { CLASSIFIER_VERSION } from '#shared/domain/statement/classify.ts';
import type { BookedLine, RowProblem, StatementHead } from '#shared/domain/statement/types.ts';
import type { DateOrder } from '#shared/domain/time.ts';
import type { Actor, WriteDb } from '../db/ledger.ts';
import { insertProblem, noRows, type RowCounts } from '../db/queries/imports.ts';
import type { LinePlace } from '../db/queries/insert-movements.ts';
import { type KeptHead, type KnownFile, selectKnownChecks } from '../db/queries/known-file.ts';
import { type LineBook, openLineBook } from '../db/queries/record-line.ts';
import type { SharperTimes } from '../db/queries/sharpen-times.ts';
import { accountOf, tillOfNumber } from '../db/queries/tills.ts';
import { countWitnessed } from '../db/queries/witness.ts';
import type { InputFile } from '../readers/types.ts';
import { unpackLines } from '../work/pack-lines.ts';
import { type Core, dayFinder } from './core.ts';
import { finishStatement } from './finish-statement.ts';
import { copyKnownFile, readingVersion, recogniseFile } from './import-known-file.ts';
import { asOutcome, type EarlyEnd, type ImportOutcome, rowsOf } from './import-outcome.ts';
import { startImport, writeBatch } from './import-writing.ts';
import { estimate, type RunningJob } from './job-book.ts';
import { noRefusedRows, noteRefused, type RefusedRows } from './report-vanished.ts';
import { claimNumber } from './tills.ts';

export type StatementRequest = {
  readonly file: InputFile;
  readonly shortCode?: string;
  readonly dates?: DateOrder;
  readonly password?: string;
  /** A throw-away ledger: every number in the files is ours. */
  readonly everyNumberIsOurs: boolean;
};

/** How far an import has come. */
export type StatementProgress = {
  importId: number | null;
  sha256: string;
  head: KeptHead | null;
  readonly counts: RowCounts;
  readonly days: Set<string>;
  readonly refused: RefusedRows;
  readonly sharper: SharperTimes;
  /** Rows of numbers that are not ours, by number: asked about once, after the file. */
  readonly foreign: Map<string, number>;
  /** Rows that show customers' payments. */
  payments: number;
  /** Rows up to this one were taken over from an earlier import of the same file. */
  copiedTo: number;
};

/** Brings one statement into the ledger, a batch a transaction; visible only once everything is in. */
export async function importStatement(
  core: Core,
  actor: Actor,
  request: StatementRequest,
  job: RunningJob,
): Promise<ImportOutcome> {
  const state: StatementProgress = {
    importId: null,
    sha256: '',
    head: null,
    counts: noRows(),
    days: new Set(),
    refused: noRefusedRows(),
    sharper: new Map(),
    foreign: new Map(),
    payments: 0,
    copiedTo: 0,
  };
  const startedAt = core.now();
  const { file, shortCode, dates, password } = request;
  const input = {
    file,
    ...(shortCode ? { shortCode } : {}),
    ...(dates ? { dates } : {}),
    ...(password ? { password } : {}),
  };
  let accounts: readonly AccountChecks[] = [];
  for await (const news of core.workers.run('read-statement', input, job.signal)) {
    if (news.type === 'hashed') {
      state.sha256 = news.sha256;
      const known = recogniseFile(core, request, news.sha256);
      if (known === null) continue;
      const failure = openImport(core, actor, request, state, { ...known, sameAs: known.importId });
      if (failure) return failure;
      job.update({ importId: state.importId });
      if (!(await takeOverRows(core, actor, known, state, job))) continue;
      accounts = selectKnownChecks(core.ledger.read, known.importId);
      break;
    } else if (news.type === 'progress')
      job.update(estimate(startedAt, core.now(), news.bytesRead, news.bytesTotal));
    else if (news.type === 'refused') return leaveImport(state, asOutcome(news.refusal));
    else if (news.type === 'checked') accounts = news.accounts;
    else if (news.type === 'head') {
      const question = takeHead(core, actor, request, state, news.head);
      if (question) return leaveImport(state, question);
      job.update({ importId: state.importId });
    } else {
      const lines = unpackLines(news.lines).filter((line) => line.row > state.copiedTo);
      await writeLines(core, actor, request, state, { ...news, lines });
      job.update({ stage: 'writing', rows: rowsOf(state.counts) });
    }
  }
  if (job.signal.aborted) return leaveImport(state, { type: 'cancelled' });
  job.update({ stage: 'checking', fraction: null, secondsLeft: null });
  return finishStatement(core, actor, request, state, accounts);
}

function leaveImport(state: StatementProgress, outcome: ImportOutcome): EarlyEnd {
  return state.importId === null ? outcome : { ...outcome, rollBack: state.importId };
}

/** Opens the import at the first head. A file of one unknown number asks whose it is before a row is written. */
function takeHead(
  core: Core,
  actor: Actor,
  request: StatementRequest,
  state: StatementProgress,
  head: StatementHead,
): ImportOutcome | null {
  const number = head.shortCode;
  if (number !== null && tillOfNumber(core.ledger.read, number) === null) {
    if (!request.everyNumberIsOurs) {
      return {
        type: 'asks',
        question: { ask: 'is-ours', numbers: [number] },
        reason: say('import.number-unknown', { number }),
      };
    }
    claimNumber(core, actor, number, head.holder ?? number, request.file.name);
  }
  if (state.importId !== null) return null;
  return openImport(core, actor, request, state, { layout: head.layout, head });
}

function openImport(
  core: Core,
  actor: Actor,
  request: StatementRequest,
  state: StatementProgress,
  { layout, head, sameAs }: { layout: string; head: KeptHead; sameAs?: number },
): ImportOutcome | null {
  const started = startImport(core, actor, {
    kind: 'statement',
    fileName: request.file.name,
    sha256: state.sha256,
    layout,
    readBy: readingVersion(request),
    ...(sameAs === undefined ? {} : { sameAs }),
  });
  if (!started.ok) return { type: 'failed', reason: started.error.message };
  state.importId = started.value;
  state.head = head;
  return null;
}

/** Takes over the rows of the same file; false when some are left, which are then read. */
async function takeOverRows(
  core: Core,
  actor: Actor,
  known: KnownFile,
  state: StatementProgress,
  job: RunningJob,
): Promise<boolean> {
  if (state.importId === null) throw new Error('rows are taken over into no import');
  const into = { importId: state.importId, counts: state.counts };
  const { copiedTo, isWhole } = await copyKnownFile(core, actor, known, into, job);
  state.copiedTo = copiedTo;
  state.payments = isWhole
    ? known.payments
    : countWitnessed(core.ledger.read, state.importId, -1, copiedTo).payments;
  return isWhole;
}

async function writeLines(
  core: Core,
  actor: Actor,
  request: StatementRequest,
  state: StatementProgress,
  batch: {
    lines: readonly BookedLine[];
    problems: readonly RowProblem[];
    warnings: readonly RowProblem[];
  },
): Promise<void> {
  const importId = state.importId;
  if (importId === null) throw new Error('rows came before the head of their file');
  if (request.everyNumberIsOurs) claimNumbers(core, actor, request, batch.lines);
  const dayOf = dayFinder(core);
  await writeBatch(core, actor, importId, state.counts, (db, counts) => {
    const placeOf = placeFinder(db);
    const book = openLineBook(db, batch.lines);
    for (const line of batch.lines) {
      const place = placeOf(line.shortCode, line.account);
      if (place)
        takeLine(
          db,
          book,
          line,
          { ...place, importId, businessDay: dayOf(line.completedAt), at: core.now() },
          state,
          counts,
        );
      else refuseForeign(db, line, importId, state, counts);
    }
    book.finish();
    for (const problem of batch.problems) insertProblem(db, importId, problem.row, 'refused', problem.reason);
    for (const warning of batch.warnings) insertProblem(db, importId, warning.row, 'warning', warning.reason);
    counts.refused += batch.problems.length;
    counts.warnings += batch.warnings.length;
  });
  noteRefused(state.refused, batch.problems);
}

function takeLine(
  db: WriteDb,
  book: LineBook,
  line: BookedLine,
  place: Omit<LinePlace, 'classifierVersion'>,
  state: StatementProgress,
  counts: RowCounts,
): void {
  const recorded = book.record(line, { ...place, classifierVersion: CLASSIFIER_VERSION });
  counts[recorded.became] += 1;
  const isPayment =
    line.kind === 'customer-payment' && line.direction === 'in' && line.status === 'completed';
  if (isPayment && recorded.became !== 'changed') state.payments += 1;
  if (recorded.became === 'known' && recorded.isFiner) {
    const { completedAt, precision } = line;
    state.sharper.set(recorded.movementId, { completedAt, precision });
  }
  if (recorded.became === 'new') {
    state.days.add(place.businessDay);
    if (isPayment) counts.totalCents += line.amountCents;
  }
  if (recorded.became !== 'changed') return;
  const why = say(REVIEWED[recorded.field], { receipt: line.receipt });
  insertProblem(db, place.importId, line.row, 'review', why);
}

const REVIEWED = {
  amount: 'import.row-changed-amount',
  status: 'import.row-changed-status',
  returned: 'import.row-returned',
} as const;

/** A row of a till that nobody has called ours: refused, counted by number, and asked about after the file. */
function refuseForeign(
  db: WriteDb,
  line: BookedLine,
  importId: number,
  state: StatementProgress,
  counts: RowCounts,
): void {
  state.foreign.set(line.shortCode, (state.foreign.get(line.shortCode) ?? 0) + 1);
  insertProblem(
    db,
    importId,
    line.row,
    'refused',
    say('import.row-of-foreign-till', { number: line.shortCode }),
  );
  counts.refused += 1;
}

type Place = { readonly tillId: number; readonly accountId: number };

/** Till and account of a printed number and account name; null for a number that is not ours. */
function placeFinder(db: WriteDb): (shortCode: string, account: string) => Place | null {
  const known = new Map<string, Place | null>();
  return (shortCode, account) => {
    const key = `${shortCode} ${account}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const tillId = tillOfNumber(db, shortCode);
    const place = tillId === null ? null : { tillId, accountId: accountOf(db, tillId, account) };
    known.set(key, place);
    return place;
  };
}

function claimNumbers(
  core: Core,
  actor: Actor,
  request: StatementRequest,
  lines: readonly BookedLine[],
): void {
  const numbers = new Set(lines.map((line) => line.shortCode));
  for (const number of numbers)
    if (tillOfNumber(core.ledger.read, number) === null)
      claimNumber(core, actor, number, number, request.file.name);
}
