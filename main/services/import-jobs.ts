import { say } from '#shared/domain/message.ts';
import { hidePhones, maskPhone } from '#shared/domain/party.ts';
import type { Input } from '#shared/ipc/contract.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { Job, SalesPreview } from '#shared/ipc/views.ts';
import { recordBug } from '../ipc/bug.ts';
import type { Session } from '../ipc/session.ts';
import type { PreviewRow } from '../readers/sales/types.ts';
import { actorOf, type Core } from './core.ts';
import type { FileTokens } from './file-tokens.ts';
import { importFile } from './import-file.ts';
import type { ImportOutcome } from './import-outcome.ts';
import type { JobBook, RunningJob } from './job-book.ts';
import { undoImport } from './undo-import.ts';

/** Long work that windows start, watch and stop. Imports and undos take turns: one at a time writes. */
export type ImportJobs = {
  readonly start: (session: Session, input: Input<'import:start'>) => Result<Job>;
  readonly undo: (session: Session, importId: number) => Result<Job>;
  readonly preview: (session: Session, input: Input<'import:preview-sales'>) => Promise<Result<SalesPreview>>;
  /** Resolves when nothing is under way. */
  readonly settle: () => Promise<void>;
};

export function openImportJobs(core: Core, book: JobBook, files: FileTokens): ImportJobs {
  let turn: Promise<void> = Promise.resolve();
  const inTurn = (job: RunningJob, work: () => Promise<void>) => {
    turn = turn.then(async () => {
      try {
        await work();
      } catch (error) {
        const reference = recordBug(core.log, `job:${job.view().kind}`, error);
        job.update({ state: 'failed', stage: 'finished', failure: say('error.bug', { reference }) });
      }
    });
  };
  return {
    start: (session, input) => {
      const file = files.look(session, input.token);
      if (!file) return fail('file/unknown-token', say('import.token-unknown'));
      const { token, kind, shortCode, dates, map, password } = input;
      const job = book.open('import', file.name);
      const request = {
        file,
        kind,
        everyNumberIsOurs: false,
        matchAfter: true,
        ...(shortCode ? { shortCode } : {}),
        ...(dates ? { dates } : {}),
        ...(map ? { map } : {}),
        ...(password ? { password } : {}),
      };
      inTurn(job, async () => {
        if (job.signal.aborted) return endJob(job, { type: 'cancelled' });
        const outcome = await importFile(core, actorOf(session), request, job);
        if (outcome.type === 'done') files.spend(token);
        endJob(job, outcome);
        core.tell('ledger:changed', { areas: ['imports', 'sales', 'matches', 'reviews'] });
      });
      return succeed(job.view());
    },
    undo: (session, importId) => {
      const job = book.open('undo', fileNameOf(core, importId));
      job.update({ stage: 'undoing', importId });
      inTurn(job, async () => {
        const undone = await undoImport(core, actorOf(session), importId, job);
        if (undone.ok) job.update({ state: 'done', stage: 'finished', fraction: 1, undo: undone.value });
        else job.update({ state: 'failed', stage: 'finished', failure: undone.error.message });
        core.tell('ledger:changed', { areas: ['imports', 'sales', 'matches', 'reviews'] });
      });
      return succeed(job.view());
    },
    preview: (session, input) => previewFile(core, files, session, input),
    settle: () => turn,
  };
}

function endJob(job: RunningJob, outcome: ImportOutcome): void {
  const finished = { stage: 'finished', secondsLeft: null } as const;
  if (outcome.type === 'done') {
    const question =
      outcome.foreign.length > 0 ? { ask: 'is-ours' as const, numbers: [...outcome.foreign] } : null;
    job.update({ ...finished, state: 'done', fraction: 1, outcome: outcome.sentence, question });
  } else if (outcome.type === 'asks') {
    job.update({
      ...finished,
      state: 'asking',
      question: outcome.question,
      failure: outcome.reason,
      importId: null,
    });
  } else if (outcome.type === 'cancelled') {
    job.update({ ...finished, state: 'cancelled', outcome: say('import.cancelled'), importId: null });
  } else {
    const reason = outcome.type === 'refused' ? outcome.refusal.reason : outcome.reason;
    job.update({ ...finished, state: 'failed', failure: reason, importId: null });
  }
}

function fileNameOf(core: Core, importId: number): string | null {
  return (
    core.ledger.read.get<{ name: string }>('SELECT file_name AS name FROM imports WHERE id = ?', importId)
      ?.name ?? null
  );
}

async function previewFile(
  core: Core,
  files: FileTokens,
  session: Session,
  input: Input<'import:preview-sales'>,
): Promise<Result<SalesPreview>> {
  const file = files.look(session, input.token);
  if (!file) return fail('file/unknown-token', say('import.token-unknown'));
  const request = { file, map: input.map, ...(input.dates ? { dates: input.dates } : {}) };
  for await (const preview of core.workers.run('preview-sales', request)) {
    if (preview.type === 'refused') {
      if (preview.refusal.code === 'ambiguous-dates')
        return succeed({
          rows: [],
          good: 0,
          bad: 0,
          needsDates: [sampleOf(preview.refusal.reason.values)],
          missing: [],
        });
      return fail('import/refused', preview.refusal.reason);
    }
    const good = preview.rows.filter((row) => row.sale !== null).length;
    return succeed({
      rows: preview.rows.map(asPreviewRow),
      good,
      bad: preview.rows.length - good,
      needsDates: [],
      missing: [...preview.missing],
    });
  }
  throw new Error('the preview ended without an answer');
}

function sampleOf(values: Readonly<Record<string, unknown>> | undefined): string {
  return typeof values?.sample === 'string' ? values.sample : '';
}

function asPreviewRow(row: PreviewRow): SalesPreview['rows'][number] {
  const { sale } = row;
  return {
    row: row.row,
    cells: row.cells.map((cell) => (cell === sale?.phone ? maskPhone(cell) : hidePhones(cell)) ?? ''),
    problem: row.problems[0]?.reason ?? null,
    sale: sale && {
      reference: hidePhones(sale.reference),
      at: sale.soldAt,
      day: sale.day,
      amountCents: sale.amountCents,
      tender: sale.tender,
      kind: sale.kind,
      status: sale.status,
      receipt: sale.receipt,
      accountReference: hidePhones(sale.accountReference),
      phone: maskPhone(sale.phone),
      customer: hidePhones(sale.customer),
      cashier: sale.cashier,
      till: sale.till,
      description: hidePhones(sale.description),
    },
  };
}
