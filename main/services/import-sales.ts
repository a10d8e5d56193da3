import { createHash } from 'node:crypto';
import { say } from '#shared/domain/message.ts';
import { isTillNumber } from '#shared/domain/sales/identity.ts';
import type { ColumnMap, SaleRow } from '#shared/domain/sales/types.ts';
import type { RowProblem } from '#shared/domain/statement/types.ts';
import { type DateOrder, startOfDay } from '#shared/domain/time.ts';
import { succeed } from '#shared/ipc/result.ts';
import type { Actor, WriteDb } from '../db/ledger.ts';
import { rememberMap } from '../db/queries/column-maps.ts';
import { markDaysToMatch } from '../db/queries/days.ts';
import {
  describeImport,
  insertProblem,
  noRows,
  type RowCounts,
  setImportState,
} from '../db/queries/imports.ts';
import { type FinerTime, recordSale, type SalePlace, sharpenSales } from '../db/queries/record-sale.ts';
import { tillOfNumber } from '../db/queries/tills.ts';
import type { SalesHead } from '../readers/sales/types.ts';
import type { InputFile } from '../readers/types.ts';
import { type Core, dayFinder } from './core.ts';
import { asOutcome, doneSentence, type EarlyEnd, type ImportOutcome } from './import-outcome.ts';
import { startImport, writeBatch } from './import-writing.ts';
import { estimate, type RunningJob } from './job-book.ts';
import { recordStep } from './record-step.ts';
import {
  noRefusedRows,
  noteRefused,
  type RefusedRows,
  raiseAlerts,
  reportVanishedSales,
} from './report-vanished.ts';
import { claimNumber } from './tills.ts';

export type SalesRequest = {
  readonly file: InputFile;
  readonly map?: ColumnMap;
  readonly dates?: DateOrder;
  /** A throw-away ledger: every number in the files is ours. */
  readonly everyNumberIsOurs: boolean;
};

type Progress = {
  importId: number | null;
  sha256: string;
  head: SalesHead | null;
  firstAt: number | null;
  lastAt: number | null;
  readonly refused: RefusedRows;
  readonly counts: RowCounts;
  readonly days: Set<string>;
  /** Numbers of tills that nobody has called ours: warned about once each. */
  readonly unknownTills: Set<string>;
  /** Better times of known sales: learnt only once the whole file is in. */
  readonly finerTimes: Map<number, FinerTime>;
};

/** Brings one sales file into the ledger, a batch a transaction; visible only once everything is in. */
export async function importSales(
  core: Core,
  actor: Actor,
  request: SalesRequest,
  job: RunningJob,
): Promise<EarlyEnd> {
  const state: Progress = {
    importId: null,
    sha256: '',
    head: null,
    firstAt: null,
    lastAt: null,
    refused: noRefusedRows(),
    counts: noRows(),
    days: new Set(),
    unknownTills: new Set(),
    finerTimes: new Map(),
  };
  const leave = (outcome: ImportOutcome): EarlyEnd =>
    state.importId === null ? outcome : { ...outcome, rollBack: state.importId };
  const startedAt = core.now();
  for await (const news of core.workers.run('read-sales', { ...request }, job.signal)) {
    if (news.type === 'hashed') state.sha256 = news.sha256;
    else if (news.type === 'progress')
      job.update(estimate(startedAt, core.now(), news.bytesRead, news.bytesTotal));
    else if (news.type === 'refused') return leave(asOutcome(news.refusal));
    else if (news.type === 'head') {
      const started = takeHead(core, actor, request, state, news.head);
      if (started) return leave(started);
      job.update({ importId: state.importId });
    } else {
      await writeSales(core, actor, request, state, news);
      const { new: fresh, known, changed, refused } = state.counts;
      job.update({ stage: 'writing', rows: fresh + known + changed + refused });
    }
  }
  if (job.signal.aborted) return leave({ type: 'cancelled' });
  job.update({ stage: 'checking', fraction: null, secondsLeft: null });
  return finishSales(core, actor, request, state);
}

function takeHead(
  core: Core,
  actor: Actor,
  request: SalesRequest,
  state: Progress,
  head: SalesHead,
): ImportOutcome | null {
  state.head = head;
  const about = {
    kind: 'sales' as const,
    fileName: request.file.name,
    sha256: state.sha256,
    layout: head.layout,
    readBy: null,
  };
  const started = startImport(core, actor, about);
  if (!started.ok) return { type: 'failed', reason: started.error.message };
  state.importId = started.value;
  return null;
}

/** Sales of two layouts or two header shapes are two sources: their references may well repeat. */
function sourceOf(head: SalesHead): string {
  return head.layout === 'mapped' ? `mapped-${shapeKey(head).slice(0, 16)}` : head.layout;
}

/** The key under which a column map is remembered: SHA-256 of the shape of its headers. */
export function shapeKey(head: { headerShape: string }): string {
  return createHash('sha256').update(head.headerShape).digest('hex');
}

async function writeSales(
  core: Core,
  actor: Actor,
  request: SalesRequest,
  state: Progress,
  batch: { sales: readonly SaleRow[]; problems: readonly RowProblem[]; warnings: readonly RowProblem[] },
): Promise<void> {
  const { importId, head } = state;
  if (importId === null || head === null) throw new Error('rows came before the head of their file');
  if (request.everyNumberIsOurs) claimTills(core, actor, request, batch.sales);
  const dayOf = dayFinder(core);
  await writeBatch(core, actor, importId, state.counts, (db, counts) => {
    for (const sale of batch.sales) {
      const businessDay = sale.soldAt === null ? sale.day : dayOf(sale.soldAt);
      const place = { importId, source: sourceOf(head), businessDay, at: core.now() };
      takeSale(db, sale, place, state, counts);
    }
    for (const problem of batch.problems) insertProblem(db, importId, problem.row, 'refused', problem.reason);
    for (const warning of batch.warnings) insertProblem(db, importId, warning.row, 'warning', warning.reason);
    counts.refused += batch.problems.length;
    counts.warnings += batch.warnings.length;
  });
  noteRefused(state.refused, batch.problems);
}

function takeSale(
  db: WriteDb,
  sale: SaleRow,
  place: Omit<SalePlace, 'tillId'>,
  state: Progress,
  counts: RowCounts,
): void {
  const tillId = sale.till === null ? null : tillOfNumber(db, sale.till);
  if (sale.till !== null && tillId === null)
    warnOfTill(db, sale.till, sale.row, place.importId, state, counts);
  const recorded = recordSale(db, sale, { ...place, tillId });
  counts[recorded.became] += 1;
  if (recorded.became === 'known' && recorded.finer) state.finerTimes.set(recorded.saleId, recorded.finer);
  const at = sale.soldAt ?? startOfDay(sale.day);
  state.firstAt = Math.min(state.firstAt ?? at, at);
  state.lastAt = Math.max(state.lastAt ?? at, at);
  if (recorded.became === 'new') {
    state.days.add(place.businessDay);
    counts.totalCents += sale.amountCents;
  }
  if (recorded.became !== 'changed') return;
  insertProblem(
    db,
    place.importId,
    sale.row,
    'review',
    say('import.sale-changed', { reference: sale.reference ?? '–' }),
  );
}

/** A number that is not ours yet: its sales are kept, and wait for the owner to say whose it is. */
function warnOfTill(
  db: WriteDb,
  till: string,
  row: number,
  importId: number,
  state: Progress,
  counts: RowCounts,
): void {
  if (!isTillNumber(till) || state.unknownTills.has(till)) return;
  state.unknownTills.add(till);
  insertProblem(db, importId, row, 'warning', say('import.sale-till-unknown', { number: till }));
  counts.warnings += 1;
}

function claimTills(core: Core, actor: Actor, request: SalesRequest, sales: readonly SaleRow[]): void {
  const tills = new Set(sales.map((sale) => sale.till));
  for (const till of tills)
    if (till !== null && isTillNumber(till) && tillOfNumber(core.ledger.read, till) === null)
      claimNumber(core, actor, till, till, request.file.name);
}

async function finishSales(
  core: Core,
  actor: Actor,
  request: SalesRequest,
  state: Progress,
): Promise<EarlyEnd> {
  const { importId, head } = state;
  if (importId === null || head === null) throw new Error('a sales file ended without a head');
  const questions = await reportVanishedSales(core, actor, importId, state.refused);
  const done = core.ledger.act(actor, 'import.finished', `import:${importId}`, (db) => {
    const { firstAt, lastAt } = state;
    describeImport(db, importId, {
      head: null,
      firstAt,
      lastAt,
      coveredTo: lastAt,
      isPartial: false,
      isBalanced: null,
    });
    if (request.map)
      rememberMap(db, {
        key: shapeKey(head),
        headers: head.headers,
        map: head.map,
        dates: request.dates ?? null,
        at: core.now(),
      });
    markDaysToMatch(db, state.days);
    sharpenSales(db, state.finerTimes);
    setImportState(db, importId, 'done', core.now());
    const what = say('step.imported', { file: request.file.name, new: state.counts.new });
    recordStep(db, actor, core.now(), 'import', what, { imports: [importId] });
    return succeed({ value: doneSentence(state.counts), details: { ...state.counts } });
  });
  if (!done.ok) throw new Error(`import ${importId} cannot be finished: ${done.error.code}`);
  raiseAlerts(core, questions);
  return { type: 'done', importId, counts: state.counts, sentence: done.value, foreign: [] };
}
